import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Step } from "../steps/step.ts";
import { readSteps, StepsLog } from "./steps-log.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "steps-"));
  path = join(folder, "steps.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true }));

const step = (number: number, loss = 1): Step => ({
  step: number,
  steps: 9,
  epoch: 1,
  epochs: 1,
  loss,
  learningRate: 1,
  imagesPerSecond: 1,
  secondsLeft: 1,
});

function write(after: number, ...numbers: number[]): void {
  const log = new StepsLog(path, after);
  for (const number of numbers) log.append(step(number));
  log.close();
}
const numbers = () => readSteps(path).map((record) => record.step);

describe("steps.jsonl", () => {
  it("has a line of JSON a step", () => {
    write(0, 1, 2);
    expect(readFileSync(path, "utf8")).toBe(`${JSON.stringify(step(1))}\n${JSON.stringify(step(2))}\n`);
    expect(readSteps(path)).toEqual([step(1), step(2)]);
  });

  it("goes on after the step of the checkpoint, and drops the lines behind it", () => {
    write(0, 1, 2, 3, 4);
    write(2, 3);
    expect(numbers()).toEqual([1, 2, 3]);
  });

  it("drops half a line, wherever it was cut", () => {
    write(0, 1, 2);
    const whole = readFileSync(path);
    const second = whole.indexOf(10) + 1;
    for (let cut = second; cut < whole.length; cut++) {
      writeFileSync(path, whole.subarray(0, cut));
      expect(numbers()).toEqual([1]);
      write(2, 3);
      expect(numbers()).toEqual([1, 3]);
    }
  });

  it("begins anew after step 0", () => {
    write(0, 1, 2);
    write(0, 1);
    expect(numbers()).toEqual([1]);
  });

  it("keeps a loss that is not a number", () => {
    const log = new StepsLog(path, 0);
    log.append(step(1, Number.NaN));
    log.close();
    expect(readSteps(path)[0]?.loss).toBeNaN();
  });

  it("says which line is not a step", () => {
    write(0, 1);
    appendFileSync(path, "[]\n");
    expect(() => readSteps(path)).toThrow(`${path}: expected line 2 to be a step, but got "[]".`);
  });
});
