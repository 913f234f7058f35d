import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";

/** The system calls by which a process reaches other machines or writes files. */
const calls =
  "socket,connect,sendto,sendmsg,sendmmsg,openat,open,creat,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,symlink,symlinkat";

/** Whether `strace` is here and may watch a process. */
export function canTrace(): boolean {
  return process.platform === "linux" && spawnSync("strace", ["-f", "--seccomp-bpf", "-o", "/dev/null", "true"]).status === 0;
}

/** Whether a process can be cut off from every network, which only root may. */
function canCutOff(): boolean {
  return spawnSync("unshare", ["-n", "true"]).status === 0;
}

/** What a process did outside of itself, by its system calls. */
export interface Trace {
  /** Calls that reach, or ask for, another machine. */
  readonly reached: readonly string[];
  /** Where connections were opened to, this machine too: `127.0.0.1:5432`. */
  readonly connected: readonly string[];
  /** Files and folders that were made, opened for writing, linked or renamed to. */
  readonly written: readonly string[];
}

/** How a watched command ended, and what it did. */
export interface Traced extends Trace {
  readonly status: number | null;
  /** What it said, answers and messages. */
  readonly said: string;
}

/** Where a command runs, and the file that its system calls go to. */
export interface TracedOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: string;
  /** Seconds it may take; by default as many as it wants. */
  readonly seconds?: number;
}

/** Runs a command, with all its threads and children, under strace; where that is allowed, cut off from every network. */
export function traced(command: readonly string[], { cwd, env, log, seconds }: TracedOptions): Traced {
  const tracing = ["strace", "-f", "--seccomp-bpf", "-qq", "-s", "4096", "-e", `trace=${calls}`, "-o", log];
  const [first, ...args] = [...(canCutOff() ? ["unshare", "-n"] : []), ...tracing, ...command] as [string, ...string[]];
  const timeout = seconds === undefined ? undefined : 1000 * seconds;
  const { status, stdout, stderr } = spawnSync(first, args, { cwd, env, encoding: "utf8", timeout });
  return { status, said: stdout + stderr, ...readTrace(log, cwd) };
}

/** Reads what strace wrote of a command that ran in `cwd`. */
export function readTrace(log: string, cwd: string): Trace {
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
  const reached = lines.filter(reaches).map((line) => line.replace(/^\d+\s+/, "").slice(0, 160));
  const connected = [...new Set(lines.flatMap(connectedBy))];
  const written = lines.flatMap(writtenBy).map((path) => (isAbsolute(path) ? path : resolve(cwd, path)));
  return { reached, connected, written: [...new Set(written)] };
}

/** A socket of any family but the machine's own, or a read of what names are looked up by. */
function reaches(line: string): boolean {
  if (/\bsocket\(/.test(line)) return !/\bsocket\(AF_(?:UNIX|LOCAL)\b/.test(line);
  if (/"\/etc\/(?:resolv\.conf|hosts)"/.test(line)) return true;
  if (/nscd|systemd\/resolve/.test(line) && !/= -1 E/.test(line)) return true;
  return /sa_family=AF_/.test(line) && !/sa_family=AF_(?:UNIX|LOCAL)\b/.test(line) && !/inet_addr\("127\.|"::1"/.test(line);
}

function connectedBy(line: string): string[] {
  const [, port, old, newer] = /\bconnect\(.*_port=htons\((\d+)\).*?(?:inet_addr\("([^"]*)"\)|"([^"]*)", &sin6_addr)/.exec(line) ?? [];
  return port === undefined ? [] : [`${old ?? newer}:${port}`];
}

function writtenBy(line: string): string[] {
  if (/= -1 E/.test(line)) return [];
  const path = '"((?:[^"\\\\]|\\\\.)*)"';
  const opened = new RegExp(`\\bopen(?:at)?\\((?:\\w+, )?${path}, ([A-Z_|]+)`).exec(line);
  if (opened !== null) return /O_WRONLY|O_RDWR|O_CREAT/.test(opened[2] as string) ? [opened[1] as string] : [];
  const made = new RegExp(`\\b(?:creat|mkdir|mkdirat)\\((?:\\w+, )?${path}`).exec(line);
  if (made !== null) return [made[1] as string];
  const named = new RegExp(`\\b(?:rename|link|symlink)\\w*\\(.*, ${path}[^"]*\\)`).exec(line);
  return named === null ? [] : [named[1] as string];
}
