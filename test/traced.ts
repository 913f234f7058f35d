import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

const calls = "socket,connect,sendto,sendmsg,sendmmsg,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2";

/** Whether strace is here and may watch a process. */
export function canTrace(): boolean {
  return process.platform === "linux" && spawnSync("strace", ["-f", "--seccomp-bpf", "-o", "/dev/null", "true"]).status === 0;
}

/** Whether a process can be cut off from every network, which only root may. */
export function canCutOff(): boolean {
  return spawnSync("unshare", ["-n", "true"]).status === 0;
}

/** What a process did outside of itself. */
export interface Traced {
  readonly status: number | null;
  readonly said: string;
  /** Calls that open a way to other machines, or ask for a machine's name. */
  readonly reached: readonly string[];
  /** Files and folders that it made or opened for writing, and what something was renamed to. */
  readonly written: readonly string[];
}

/** Runs a command, with all its threads and children, under strace. */
export function traced(command: readonly string[], { cwd, env, log }: { cwd: string; env: NodeJS.ProcessEnv; log: string }): Traced {
  const around = [
    ...(canCutOff() ? ["unshare", "-n"] : []),
    "strace",
    "-f",
    "--seccomp-bpf",
    "-qq",
    "-s",
    "4096",
    "-e",
    `trace=${calls}`,
    "-o",
    log,
  ];
  const [first, ...args] = [...around, ...command] as [string, ...string[]];
  const { status, stdout, stderr } = spawnSync(first, args, { cwd, env, encoding: "utf8" });
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  return {
    status,
    said: stdout + stderr,
    reached: lines.filter(reaches),
    written: [...new Set(lines.flatMap(writtenBy))].map((path) => (isAbsolute(path) ? path : resolve(cwd, path))),
  };
}

/** A socket of any family but the machine's own, or a read of what names are looked up by. */
function reaches(line: string): boolean {
  if (/\bsocket\(/.test(line)) return !/\bsocket\(AF_(?:UNIX|LOCAL)\b/.test(line);
  if (/sa_family=AF_/.test(line)) return !/sa_family=AF_(?:UNIX|LOCAL)\b/.test(line) && !/inet_addr\("127\.|"::1"/.test(line);
  return /"\/etc\/(?:resolv\.conf|hosts)"/.test(line);
}

function writtenBy(line: string): string[] {
  if (/= -1 E/.test(line)) return [];
  const path = '"((?:[^"\\\\]|\\\\.)*)"';
  const opened = new RegExp(`\\bopen(?:at)?\\((?:\\w+, )?${path}, ([A-Z_|]+)`).exec(line);
  if (opened !== null) return /O_WRONLY|O_RDWR|O_CREAT/.test(opened[2] as string) ? [opened[1] as string] : [];
  const made = new RegExp(`\\b(?:creat|mkdir|mkdirat)\\((?:\\w+, )?${path}`).exec(line);
  if (made !== null) return [made[1] as string];
  const renamed = new RegExp(`\\brename\\w*\\(.*, ${path}[^"]*\\)`).exec(line);
  return renamed === null ? [] : [renamed[1] as string];
}
