import { closeSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { inFileWords, OptionError } from "@semblant/core";

/** Held by the one process that trains into a run's folder. */
export interface RunLock {
  release(): void;
}

/**
 * Takes a run's folder for this process, so that no two train into it: a file `lock` that names process and machine.
 *
 * The lock of a process of this machine that is gone, killed in mid-step, is taken over.
 *
 * @throws OptionError if another process holds it, saying which
 */
export function lockRun(dir: string): RunLock {
  const path = join(dir, "lock");
  try {
    take(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw inFileWords(error, path);
    const { pid, host } = holder(path);
    if (host === hostname() && !isAlive(pid)) {
      rmSync(path, { force: true });
      return lockRun(dir);
    }
    throw new OptionError(
      `run at ${dir}: process ${pid} on ${host} trains into it already.\n  Wait for it or stop it; if there is none, delete ${path}.`,
    );
  }
  return { release: () => rmSync(path, { force: true }) };
}

/** Makes the file, which fails where it is there. */
function take(path: string): void {
  const file = openSync(path, "wx");
  try {
    writeSync(file, JSON.stringify({ pid: process.pid, host: hostname() }));
  } finally {
    closeSync(file);
  }
}

/** Who holds the lock; a file torn by a kill is nobody's, and process 0 stands for nobody. */
function holder(path: string): { pid: number; host: string } {
  try {
    const { pid, host } = JSON.parse(readFileSync(path, "utf8")) as { pid?: unknown; host?: unknown };
    if (typeof pid === "number" && typeof host === "string") return { pid, host };
  } catch {
    // Gone meanwhile, or torn.
  }
  return { pid: 0, host: hostname() };
}

function isAlive(pid: number): boolean {
  if (pid === 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
