import { mkdirSync, rmSync } from "node:fs";
import { DataError, EngineError, OptionError, Random, ShapeError } from "@semblant/core";
import type { Reading } from "../reading-process.ts";
import { runHere } from "../run-here.ts";
import type { Stock } from "../stock.ts";
import { faultOf, faultOfText } from "../verdict.ts";
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

/** Has this process read an input. */
export async function readHere(input: Input, stock: Stock, folder: string): Promise<Reading> {
  const { call, args = [], refused = false } = await makeInput(input, stock, folder);
  const fault = call === undefined ? faultOf(await runHere(args), args) : await faultOfCall(call, refused);
  return fault === undefined ? {} : { fault };
}

async function faultOfCall(call: () => unknown, refused: boolean): Promise<string | undefined> {
  try {
    await call();
    return refused ? "it was read, though it is no such thing" : undefined;
  } catch (error) {
    const ours = [DataError, EngineError, OptionError, ShapeError].some((kind) => error instanceof kind);
    if (!ours) return `an error that is none of ours: ${error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : error}`;
    return faultOfText((error as Error).message);
  }
}
