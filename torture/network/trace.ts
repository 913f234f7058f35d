import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

/** The system calls by which a process reaches other machines or writes files. */
const calls =
  "socket,connect,sendto,sendmsg,sendmmsg,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat";

/** Whether `strace` is here and may be used. */
export function canTrace(): boolean {
  return process.platform === "linux" && spawnSync("strace", ["-f", "-o", "/dev/null", "true"]).status === 0;
}

/** What stands before a command to have its system calls written to a file. */
export const tracing = (log: string): string[] => ["strace", "-f", "-qq", "-s", "4096", "-e", `trace=${calls}`, "-o", log];

export interface Traced {
  /** System calls that reach, or ask for, another machine. */
  readonly reached: readonly string[];
  /** Files and folders that were made, written or renamed. */
  readonly written: readonly string[];
}

/** Reads what strace wrote of a command that ran in `cwd`. */
export function readTrace(log: string, cwd: string): Traced {
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  const reached = lines.filter((line) => reaches(line)).map((line) => line.replace(/^\d+\s+/, "").slice(0, 160));
  const written = lines.flatMap((line) => {
    if (/= -1 E/.test(line)) return [];
    const opened = /\bopen(?:at)?\((?:AT_FDCWD, )?"((?:[^"\\]|\\.)*)", ([A-Z_|]+)/.exec(line);
    if (opened !== null) return /O_WRONLY|O_RDWR|O_CREAT/.test(opened[2] as string) ? [opened[1] as string] : [];
    const made = /\b(?:creat|mkdir|mkdirat)\((?:AT_FDCWD, )?"((?:[^"\\]|\\.)*)"/.exec(line);
    if (made !== null) return [made[1] as string];
    const renamed = /\b(?:rename|link|symlink)\w*\(.*"((?:[^"\\]|\\.)*)"[^"]*\)/.exec(line);
    return renamed !== null ? [renamed[1] as string] : [];
  });
  return { reached, written: [...new Set(written.map((path) => (isAbsolute(path) ? path : resolve(cwd, path))))] };
}

/** A socket of the internet's family, or the system's own service for look-ups. Within this machine all else is allowed. */
function reaches(line: string): boolean {
  if (/\bsocket\(AF_INET6?,/.test(line)) return true;
  if (/nscd|systemd\/resolve|resolv\.conf/.test(line) && !/= -1 E/.test(line)) return true;
  return /sa_family=AF_INET6?,/.test(line) && !/inet_addr\("127\.|"::1"/.test(line);
}
