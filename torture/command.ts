import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { alarmAfter } from "./alarm.ts";
import type { Ended } from "./verdict.ts";

/** Marks every process that a torture starts, so that none is left unseen. */
export const mark = "SEMBLANT_TORTURE";

const cli = resolve(import.meta.dirname, "../packages/semblant/dist/cli.js");

/** How the command is started; what follows are its own arguments. */
export function command(): { readonly file: string; readonly args: readonly string[] } {
  return { file: process.execPath, args: [cli] };
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Milliseconds since it was started. */
  age(): number;
}

/** Starts the command. After `seconds` it is killed and has ended late. */
export function start(args: readonly string[], options: { cwd: string; seconds?: number; label?: string; home?: string }): Running {
  const { cwd, seconds = 60, label = "1", home } = options;
  const { file, args: first } = command();
  const ours = { NO_COLOR: "1", OMP_NUM_THREADS: "1", OMP_WAIT_POLICY: "passive", [mark]: label };
  const env = { ...process.env, ...ours, ...(home !== undefined && { HOME: home }) };
  const began = performance.now();
  const child = spawn(file, [...first, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let [stdout, stderr, late] = ["", "", false];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const off = alarmAfter(child.pid, seconds, () => {
    late = true;
    child.kill("SIGKILL");
  });
  const ended = new Promise<Ended>((settle, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => {
      off();
      settle({ status, signal, stdout, stderr, late, seconds: (performance.now() - began) / 1000 });
    });
  });
  return { child, ended, age: () => performance.now() - began };
}

/** Runs the command to its end. */
export function run(args: readonly string[], options: Parameters<typeof start>[1]): Promise<Ended> {
  return start(args, options).ended;
}

/** Runs the command where it must succeed: to make what a check starts from. */
export async function mustRun(args: readonly string[], options: Parameters<typeof start>[1]): Promise<Ended> {
  const ended = await run(args, options);
  if (ended.status === 0) return ended;
  throw new Error(`semblant ${args.join(" ")}: expected status 0, but got ${ended.status ?? ended.signal}.\n${ended.stderr.slice(-500)}`);
}

export const pause = (milliseconds: number): Promise<void> => new Promise((wake) => setTimeout(wake, milliseconds));
