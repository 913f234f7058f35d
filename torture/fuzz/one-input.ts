import { mkdirSync, rmSync } from "node:fs";
import { DataError, EngineError, OptionError, Random, ShapeError } from "@semblant/core";
import { runProgram } from "../../packages/semblant/src/program.ts";
import type { Stock } from "../stock.ts";
import { type Ended, faultOf, faultOfText } from "../verdict.ts";
import type { Trial } from "./kind.ts";
import { kindOf } from "./kinds.ts";

/** Which input: its kind, and the seed that damaged it. */
export interface Input {
  readonly kind: string;
  readonly seed: number;
  /** Whether the command itself is to read it, not a process that reads many. */
  readonly byCommand?: boolean;
}

/** Makes an input in a folder that is emptied first. */
export async function makeInput({ kind, seed }: Input, stock: Stock, folder: string): Promise<Trial> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return kindOf(kind).make({ stock, folder, random: new Random(seed) });
}

/** Has this process read an input; what is wrong with its answer, or undefined. */
export async function readInput(trial: Trial): Promise<string | undefined> {
  if (trial.call !== undefined) return faultOfCall(trial.call);
  return faultOf(await runHere(trial.args ?? []));
}

async function faultOfCall(call: () => unknown): Promise<string | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    const ours = [DataError, EngineError, OptionError, ShapeError].some((kind) => error instanceof kind);
    if (!ours) return `an error that is none of ours: ${error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : error}`;
    return faultOfText((error as Error).message);
  }
}

/** The command within this process. */
async function runHere(args: readonly string[]): Promise<Ended> {
  const began = performance.now();
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const status = await runProgram(args, {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    env: { NO_COLOR: "1" },
  });
  return { status, signal: null, stdout: stdout.join(""), stderr: stderr.join(""), seconds: (performance.now() - began) / 1000 };
}
