import { closeSync, fstatSync, ftruncateSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { OptionError } from "@semblant/core";
import { inFileWords } from "@semblant/core/internals";
import { lockFile } from "@semblant/torch/internals";
import { bootOf, startedAfter } from "./process-identity.ts";

/** Held by the one process that trains into a run's folder. */
export interface RunLock {
  release(): void;
}

/** What a lock's file says of who holds it. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Which start of which machine; absent where that is not known, and in files of earlier versions. */
  readonly boot?: string;
  /** Whether the operating system's lock was held: then that decides, on the same machine. */
  readonly locked?: boolean;
}

/**
 * Takes a run's folder for this process, so that no two train into it: the operating system's lock on a file `lock`, which names process
 * and machine. The lock ends with its process, so that the number of a process that is gone means nothing, though another has it by now
 * (in a container each is 1).
 *
 * A lock of another machine is respected: on a network drive the operating system's may not reach there. Where there is none, a process
 * of this machine counts as gone if it is, or began after the file was written.
 *
 * @throws OptionError if another process holds it, saying which
 */
export function lockRun(dir: string): RunLock {
  const path = join(dir, "lock");
  for (;;) {
    const file = opened(path);
    const taken = lockFile(file);
    if (!isThere(path, file)) {
      closeSync(file); // released and removed meanwhile
      continue;
    }
    const before = holder(file);
    if (taken === false || (before !== undefined && isHeld(before, path, taken))) {
      closeSync(file);
      const { pid, host } = before ?? { pid: "unknown", host: hostname() };
      throw new OptionError(
        `run at ${dir}: process ${pid} on ${host} trains into it already.\n  Wait for it or stop it; if there is none, delete ${path}.`,
      );
    }
    try {
      write(file, { pid: process.pid, host: hostname(), ...bootOf(), locked: taken === true });
    } catch (error) {
      rmSync(path, { force: true });
      closeSync(file);
      throw inFileWords(error, path);
    }
    return {
      release() {
        rmSync(path, { force: true }); // while it is held, so that nobody else's is removed
        closeSync(file);
      },
    };
  }
}

/**
 * Who trains into a run's folder now, found without taking it and without libtorch; undefined where nobody does. The operating system's
 * lock is not asked: a process of this machine counts as gone if it is, or began after the file was written.
 *
 * @example
 * holderOf("runs/nothing"); // undefined
 */
export function holderOf(dir: string): { readonly pid: number; readonly host: string } | undefined {
  const path = join(dir, "lock");
  const there = holder(path);
  try {
    return there !== undefined && isHeld(there, path, null) ? { pid: there.pid, host: there.host } : undefined;
  } catch {
    return undefined; // released meanwhile
  }
}

function opened(path: string): number {
  try {
    return openSync(path, "a+");
  } catch (error) {
    throw inFileWords(error, path);
  }
}

/** Whether the name still is that of the open file. */
function isThere(path: string, file: number): boolean {
  const now = statSync(path, { throwIfNoEntry: false });
  const own = fstatSync(file);
  return now !== undefined && now.ino === own.ino && now.dev === own.dev;
}

/** Of a file on which the operating system's lock was free, or is not to be had. */
function isHeld(holder: Holder, path: string, taken: boolean | null): boolean {
  const { boot } = bootOf();
  const sameBoot = boot !== undefined && holder.boot === boot;
  if (holder.locked === true && taken === true && (sameBoot || holder.host === hostname())) return false;
  if (holder.host !== hostname()) return true;
  if (boot !== undefined && holder.boot !== undefined && !sameBoot) return false; // the machine was started again
  return isAlive(holder.pid) && !startedAfter(holder.pid, after(path));
}

const after = (path: string): number => statSync(path).mtimeMs;

function write(file: number, holder: Holder): void {
  ftruncateSync(file);
  writeSync(file, JSON.stringify(holder));
}

/** Who holds the lock; undefined of a file that is new or was torn by a kill: nobody. */
function holder(file: number | string): Holder | undefined {
  try {
    const { pid, host, boot, locked } = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
    if (typeof pid !== "number" || typeof host !== "string") return undefined;
    return { pid, host, ...(typeof boot === "string" && { boot }), ...(locked === true && { locked }) };
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
