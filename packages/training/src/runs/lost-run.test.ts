import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setThreads, tidy } from "@semblant/torch";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stripes, tinySettings } from "../fixtures/stripes.ts";
import { buildTraining } from "../loop/build-training.ts";
import { train } from "../loop/train.ts";
import type { PartialSettings } from "../settings/setting-types.ts";
import type { Step } from "../steps/step.ts";
import { loadRun } from "./load-run.ts";
import { refuseLost, savedStep } from "./lost-run.ts";
import { createRun, openRun } from "./run.ts";

let folder: string;
let dir: string;
beforeAll(() => setThreads(1));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lost-"));
  dir = join(folder, "run");
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Trains into the folder; a weight is no number any more after the step named. */
function lose(after: number, settings: PartialSettings = {}): Step {
  const run = createRun(dir, tinySettings(settings));
  const training = buildTraining(run.settings, stripes());
  const poison = () => tidy(() => training.network.parameters()[0]?.detach().fillInPlace(Number.NaN));
  if (after === 0) poison();
  let last: Step | undefined;
  for (const step of train({ ...training, run })) {
    last = step;
    if (step.step === after) poison();
  }
  return last as Step;
}
const weights = () => readdirSync(dir).filter((name) => name.endsWith(".safetensors"));
const advice = "Train again with a lower rate (--learning-rate, 0.002 here) into another folder (--out).";

describe("a run whose loss ceased to be a number", () => {
  it("at its first step has nothing saved, and says so to whoever asks for its weights or wants to go on", () => {
    expect(lose(0).ended?.reason).toBe("not finite");
    expect(weights()).toEqual([]);
    expect(savedStep(openRun(dir))).toBeUndefined();
    expect(() => loadRun(dir)).toThrow(
      `run at ${dir}: no file best.safetensors.\n  The training was lost at step 1, and nothing could be saved. ${advice}`,
    );
    expect(() => refuseLost(openRun(dir))).toThrow(
      `run at ${dir}: expected a run to go on with, but its training was lost at step 1 and would be again.\n  Nothing could be saved. ${advice}`,
    );
  });

  it("keeps the weights of its best validation before, though no checkpoint was due", () => {
    const last = lose(6, { validation: { every: 1 } });
    expect({ step: last.step, reason: last.ended?.reason }).toEqual({ step: 7, reason: "not finite" });
    expect(savedStep(openRun(dir))).toBe(5);
    using network = loadRun(dir).network;
    expect(tidy(() => network.parameters().every((weight) => weight.isFinite().all().item()))).toBe(true);
    expect(() => refuseLost(openRun(dir))).toThrow(
      `its training was lost at step 7 and would be again.\n  Its weights of step 5 are saved, and can be evaluated. ${advice}`,
    );
  });

  it("has its last checkpoint where one was written before", () => {
    lose(3, { checkpoint: { seconds: 0 } });
    expect([1, 2, 3]).toContain(savedStep(openRun(dir)));
  });

  it.each([
    ["embeddings", 18],
    ["weights", 0],
  ])("never saves %s that are not numbers, though the loss is one still", (what, validation) => {
    const run = createRun(dir, tinySettings({ steps: 2 }));
    const training = buildTraining(run.settings, stripes({ validation }));
    tidy(() => training.network.stateDict().get("bn1.running_mean")?.fillInPlace(Number.NaN)); // in use only, not in training
    const steps = [...train({ ...training, run })];
    expect(steps.map(({ loss }) => Number.isFinite(loss))).toEqual([true, true]);
    expect(steps.at(-1)?.ended).toEqual({
      reason: "not finite",
      message: `The ${what} are no longer numbers after step 2; a lower learning rate or a clip of gradients may help.`,
    });
    expect(weights()).toEqual([]);
  });

  it("never saves them either where the caller stops", () => {
    const run = createRun(dir, tinySettings());
    const training = buildTraining(run.settings, stripes());
    for (const _ of train({ ...training, run })) {
      tidy(() => training.network.parameters()[0]?.detach().fillInPlace(Number.NaN));
      break;
    }
    expect(weights()).toEqual([]);
  });

  it("is none where it ended as it should", () => {
    lose(-1, { steps: 2 });
    expect(() => refuseLost(openRun(dir))).not.toThrow();
    expect(savedStep(openRun(dir))).toBe(2);
  });
});
