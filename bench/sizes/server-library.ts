import { type Assumed, hoursPerMonth } from "./assumed.ts";
import type { ServerMeasured } from "./measured.ts";

/** What a library of so many faces takes on PostgreSQL servers. */
export interface ServerSize {
  readonly faces: number;
  /** Libraries, each on a server of its own, over which the faces are spread. */
  readonly servers: number;
  /** Of each server: GiB of memory, cores, and bytes of disk. */
  readonly memoryEach: number;
  readonly coresEach: number;
  readonly diskEach: number;
  /** Bytes of the index for approximate search, all servers together. */
  readonly index: number;
  /** Milliseconds of one search, all servers asked at the same time. */
  readonly exact: number;
  readonly approximate: number;
  /** Hours in which the index is made, all servers at the same time. */
  readonly indexHours: number;
  readonly perMonth: number;
  readonly measured: boolean;
}

const GiB = 2 ** 30;
/** Memory is this much of the index: what else is read often, and what connections take. */
const room = 1.5;
/** GiB of the smallest server. */
const least = 4;

/**
 * Bytes grow as the faces do. Exact search reads every vector. A search by the graph, and adding one to it, takes as many steps as the
 * logarithm of its faces. The graph is in memory, or none of this holds; that decides how many servers there are.
 */
export function serverSize(faces: number, measured: ServerMeasured, assumed: Assumed): ServerSize {
  const index = (measured.index / measured.faces) * faces;
  const servers = Math.max(1, Math.ceil((room * index) / GiB / assumed.serverMemory));
  const each = faces / servers;
  const memoryEach = powerOfTwo(Math.max(least, (room * index) / servers / GiB));
  const coresEach = Math.max(2, memoryEach / 8);
  const diskEach = 2 * ((measured.tables + measured.index) / measured.faces) * each; // room for what is written anew, and for a dump
  const steps = Math.log(Math.max(each, 2)) / Math.log(measured.faces);
  const coreSeconds = measured.indexSeconds * measured.cores * (each / measured.faces) * steps;
  const machine = coresEach * assumed.coreHour + Math.max(0, memoryEach - 4 * coresEach) * assumed.memoryHour;
  return {
    faces,
    servers,
    memoryEach,
    coresEach,
    diskEach,
    index,
    exact: measured.exact * (each / measured.faces),
    approximate: measured.approximate * steps,
    indexHours: coreSeconds / coresEach / 3600,
    perMonth: servers * (machine * hoursPerMonth + (diskEach / 1e9) * assumed.diskMonth),
    measured: faces === measured.faces,
  };
}

const powerOfTwo = (x: number): number => 2 ** Math.ceil(Math.log2(x));
