import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

/** What was measured on one machine of two cores, as bench/results has it. */
export interface Measured {
  /** Of a library that is a file, by its faces. */
  readonly files: readonly FileMeasured[];
  /** Of `best`, which reads every face: by the faces. */
  readonly reading: readonly { readonly faces: number; readonly seconds: number; readonly mib: number }[];
  /** Of photos, by one core each: with many faces, and with one. */
  readonly photos: readonly { readonly facesPerPhoto: number; readonly coreSecondsPerPhoto: number }[];
  /** Of a library on a server; undefined where none was measured yet. */
  readonly server: ServerMeasured | undefined;
}

export interface FileMeasured {
  readonly faces: number;
  readonly exact: number;
  readonly approximate: number;
  /** Bytes of the file, of the index beside it, and of the process that searches. */
  readonly file: number;
  readonly index: number;
  readonly memory: number;
}

export interface ServerMeasured {
  readonly faces: number;
  /** Milliseconds, half of the queries below. */
  readonly exact: number;
  readonly approximate: number;
  readonly recall: number;
  /** Bytes of all tables, and of the index for approximate search, which is not among them. */
  readonly tables: number;
  readonly index: number;
  /** Seconds in which that index was made, and by how many cores. */
  readonly indexSeconds: number;
  readonly cores: number;
  /** Photos a second that the server took of workers whose reading costs nothing, on the same cores. */
  readonly photosPerSecond: number;
}

const MiB = 2 ** 20;

interface Searched {
  readonly searches: readonly { readonly kind: string; readonly p50: number }[];
  readonly residentMiB: number;
  readonly libraryMiB: number;
  readonly indexMiB: number;
}
interface Asked {
  readonly questions: readonly { readonly question: string; readonly growth: Measured["reading"] }[];
}
interface Read {
  readonly ours: { readonly value: number };
  readonly photos: number;
  readonly processes: number;
  readonly faces: { readonly ours: number };
}
interface Served {
  readonly faces: number;
  readonly engines: readonly {
    readonly kind: string;
    readonly searches: readonly { readonly kind: string; readonly p50: number }[];
    readonly recall: number;
    readonly tablesMiB: number;
    readonly indexMiB: number;
    readonly indexSeconds: number;
    readonly indexed: readonly { readonly workers: number; readonly photosPerSecond: number }[];
  }[];
  readonly cores: number;
}

/** Reads it. */
export function readMeasured(folder = resolve(import.meta.dirname, "../results")): Measured {
  const read = <T>(name: string): T | undefined => {
    const path = resolve(folder, `${name}.json`);
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : undefined;
  };
  const files = [100_000, 1_000_000].flatMap((faces): FileMeasured[] => {
    const found = read<Searched>(`search-${faces}`);
    if (found === undefined) return [];
    const { searches, libraryMiB, indexMiB, residentMiB } = found;
    const [exact, approximate] = [p50Of(searches, "exact"), p50Of(searches, "approximate")];
    return [{ faces, exact, approximate, file: libraryMiB * MiB, index: indexMiB * MiB, memory: residentMiB * MiB }];
  });
  const reading = read<Asked>("questions-100000")?.questions.find(({ question }) => question === "best")?.growth ?? [];
  const photos = ["groups", "portraits"].flatMap((name) => {
    const found = read<Read>(`photos-${name}`);
    if (found === undefined) return [];
    return [{ facesPerPhoto: found.faces.ours / found.photos, coreSecondsPerPhoto: found.processes / found.ours.value }];
  });
  return { files, reading, photos, server: serverOf(read<Served>("server-100000")) };
}

function serverOf(found: Served | undefined): ServerMeasured | undefined {
  const own = found?.engines.find(({ kind }) => kind === "postgres");
  if (found === undefined || own === undefined) return undefined;
  return {
    faces: found.faces,
    exact: p50Of(own.searches, "exact"),
    approximate: p50Of(own.searches, "approximate"),
    recall: own.recall,
    tables: own.tablesMiB * MiB,
    index: own.indexMiB * MiB,
    indexSeconds: own.indexSeconds,
    cores: found.cores,
    photosPerSecond: Math.max(...own.indexed.map(({ photosPerSecond }) => photosPerSecond)),
  };
}

const p50Of = (searches: Searched["searches"], kind: string): number => searches.find((one) => one.kind === kind)?.p50 ?? Number.NaN;
