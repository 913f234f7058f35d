import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync } from "node:fs";
import { DataError } from "@semblant/core";
import { inFileWords, show } from "@semblant/core/internals";
import { readText } from "@semblant/datasets";
import { writeAll } from "@semblant/files/internals";
import type { Step } from "../steps/step.ts";

/**
 * `steps.jsonl`: one line a step, appended as it happens.
 *
 * A process killed while it writes leaves half a line, and lines of steps that the last checkpoint does not know. Opening
 * drops both, so that the file always reads as one training without a break.
 */
export class StepsLog {
  readonly #path: string;
  readonly #file: number;
  #end: number;

  /** Opens for appending after the line of step `after`; 0 begins anew. */
  constructor(path: string, after: number) {
    this.#path = path;
    try {
      this.#file = openSync(path, existsSync(path) ? "r+" : "w+");
      this.#end = endOfStep(readFileSync(this.#file), after);
      ftruncateSync(this.#file, this.#end);
    } catch (error) {
      throw inFileWords(error, path);
    }
  }

  append(step: Step): void {
    const line = Buffer.from(`${JSON.stringify(step)}\n`);
    try {
      writeAll(this.#file, line, this.#end);
    } catch (error) {
      throw inFileWords(error, this.#path);
    }
    this.#end += line.length;
  }

  /** Makes everything appended so far durable. */
  flush(): void {
    fsyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }
}

/**
 * The steps of a log; half a line at the end, left by a killed process, is not one.
 *
 * @throws DataError if a line before the last is not a step
 */
export function readSteps(path: string): Step[] {
  const lines = readText(path).split("\n");
  lines.pop(); // what follows the last line break: nothing, or half a line
  return lines.map((line, i) => {
    const step = parse(line);
    if (step === undefined) throw new DataError(`${path}: expected line ${i + 1} to be a step, but got ${show(line.slice(0, 40))}.`);
    return step;
  });
}

/** The byte after the last whole line whose step is at most `after`. */
function endOfStep(bytes: Buffer, after: number): number {
  let end = 0;
  for (let next = bytes.indexOf(10); next >= 0; next = bytes.indexOf(10, end)) {
    const step = parse(bytes.toString("utf8", end, next));
    if (step === undefined || step.step > after) break;
    end = next + 1;
  }
  return end;
}

function parse(line: string): Step | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null || !Number.isInteger((value as Step).step)) return undefined;
    return { ...(value as Step), loss: (value as Step).loss ?? Number.NaN }; // JSON has no NaN and writes null
  } catch {
    return undefined;
  }
}
