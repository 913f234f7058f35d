import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setThreads, writeSafetensors } from "@semblant/torch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stripes, tinySettings } from "../fixtures/stripes.ts";
import { buildTraining } from "../loop/build-training.ts";
import { train } from "../loop/train.ts";
import { embedSplits } from "../runs/embed-splits.ts";
import { loadRun } from "../runs/load-run.ts";
import { createRun, openRun } from "../runs/run.ts";
import { buildNetwork } from "./build.ts";

const data = stripes();
let folder: string;
beforeAll(() => {
  setThreads(1);
  folder = mkdtempSync(join(tmpdir(), "build-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const classifier = () => tinySettings({ loss: { name: "cross-entropy" }, steps: 6 });

describe("buildTraining", () => {
  it("gives a network with the head classes a logit for each class of the data, whatever the dimensions", () => {
    const { network, loss } = buildTraining(classifier(), data);
    expect([network.dimensions, network.settings.head, loss.settings.classes]).toEqual([3, "classes", 3]);
    expect(network.numberOfParameters()).toBe(buildNetwork(tinySettings({ network: { dimensions: 3 } }), 8).numberOfParameters());
  });

  it("trains, resumes and loads the classifier, whose own posterior comes with the embeddings", () => {
    const run = createRun(join(folder, "cnn"), classifier());
    for (const step of train({ ...buildTraining(run.settings, data), run })) if (step.step === 3) break;
    const again = openRun(run.dir);
    const steps = Array.from(train({ ...buildTraining(again.settings, data, again), run: again }), ({ step }) => step);
    expect(steps).toEqual([4, 5, 6]);
    const { test, head } = embedSplits(loadRun(run.dir), data);
    expect([test.columns, head?.length]).toEqual([3, 3 * test.rows]);
    const sums = Array.from({ length: test.rows }, (_, i) => head?.slice(3 * i, 3 * i + 3).reduce((a, b) => a + b) ?? 0);
    expect(Math.max(...sums.map((sum) => Math.abs(sum - 1)))).toBeLessThan(1e-6);
  });

  it("starts from the weights that settings name, says what came of them, and resumes without the file", () => {
    const weights = join(folder, "start.safetensors");
    const source = buildNetwork(tinySettings({ network: { dimensions: 5 }, seed: 7 }), 3);
    writeSafetensors(weights, source.stateDict());
    const settings = tinySettings({ network: { weights }, steps: 2 });
    const { network, start } = buildTraining(settings, data);
    expect(start?.kept.map(({ name }) => name)).toEqual(["fc.weight", "fc.bias"]);
    expect(network.stateDict().get("conv1.weight")?.data()).toEqual(source.stateDict().get("conv1.weight")?.data());
    expect(buildTraining(tinySettings(), data).start).toBeUndefined();

    const run = createRun(join(folder, "started"), settings);
    for (const step of train({ ...buildTraining(settings, data, run), run })) if (step.step === 1) break;
    rmSync(weights);
    expect(buildTraining(settings, data, run).start).toBeUndefined();
    expect(() => buildTraining(settings, data)).toThrow("safetensors start.safetensors: cannot be opened");
    expect(loadRun(run.dir).step).toBe(1);
  });
});
