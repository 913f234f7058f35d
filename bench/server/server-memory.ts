import { readFileSync } from "node:fs";
import { residentOf } from "../resident.ts";

const MiB = 2 ** 20;

/**
 * MiB of all processes of the PostgreSQL server on this machine that has one: what they share counts once. Undefined where the server
 * runs elsewhere, or its processes are another user's.
 *
 * @param backend the process that serves a connection, as pg_backend_pid() says
 */
export function serverMemory(backend: number): number | undefined {
  const main = parentOf(backend);
  if (main === undefined || !/postgres/.test(nameOf(backend))) return undefined;
  const bytes = residentOf(main);
  return bytes === undefined || Number.isNaN(bytes) ? undefined : Math.round(bytes / MiB);
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1]);
  } catch {
    return undefined;
  }
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "latin1");
  } catch {
    return "";
  }
}
