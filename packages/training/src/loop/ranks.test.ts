import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hasGloo, setThreads } from "@semblant/torch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { doInRanks, type RankResult, type RanksJob } from "../fixtures/ranks.ts";
import { stripes, tinySettings } from "../fixtures/stripes.ts";
import { createRun, openRun } from "../runs/run.ts";
import type { PartialSettings } from "../settings/setting-types.ts";
import type { Step } from "../steps/step.ts";
import { buildTraining } from "./build-training.ts";
import type { TrainOptions } from "./set-up.ts";
import { train } from "./train.ts";

const IMAGES = 30;
const VALIDATION = 9;
const STEPS = 4;
const optimizer = { name: "sgd", learningRate: 0.05 } as const;

/** By name: three kinds of losses, each sampler; nine rows or seven, which neither two ranks nor three share evenly. */
const alike: Readonly<Record<string, PartialSettings>> = {
  "sgm, nine balanced rows": { perClass: 3, augmentation: "wild" },
  "sgm, by square roots, with a cut gradient and an average": { sampler: "square-root", perClass: 3, clip: 0.1, ema: 0.9 },
  "triplets that are looked for": { loss: { name: "triplet", mining: "semi-hard" }, perClass: 3 },
  "triplets in thirds of the batch": { loss: { name: "triplet", mining: "random" }, batch: 3 },
  "proxies, seven plain rows": { loss: { name: "proxy-anchor" }, sampler: "plain", batch: 7 },
  "a head, seven plain rows": { loss: { name: "softmax" }, sampler: "plain", batch: 7 },
  "logits, seven plain rows": { loss: { name: "cross-entropy" }, sampler: "plain", batch: 7 },
  "pairs with a memory": { loss: { name: "contrastive", memory: 20 }, perClass: 3 },
  "AdamW, as presets have it": { perClass: 3, optimizer: { name: "adamw", learningRate: 1e-3 } },
};
const equal = Object.entries(alike).map(([name, settings]) => ({
  name,
  job: { settings: { optimizer, steps: STEPS, augmentation: "mild", ...settings }, images: IMAGES } as RanksJob,
}));
/** Of a third each, or two rows, two and three. */
const inThree = equal.filter((_, k) => k % 4 === 0);

const data = () => stripes({ train: IMAGES, validation: VALIDATION });

/** One process: its steps, and how all weights were before and after. */
function alone({ settings }: Pick<RanksJob, "settings">, more: Partial<TrainOptions> = {}) {
  const training = buildTraining(tinySettings(settings), data(), more.run);
  const before = numbersOf(training);
  const steps = [...train({ ...training, ...more })];
  return { steps, before, weights: numbersOf(training) };
}

function numbersOf({ network, loss }: Pick<TrainOptions, "network" | "loss">): Float32Array {
  const all = [...network.stateDict().values(), ...(loss.module?.stateDict().values() ?? [])];
  return Float32Array.from(all.flatMap((tensor) => Array.from(tensor.to("float32").data() as Float32Array)));
}

const distance = (a: Float32Array, b: Float32Array) => Math.sqrt(a.reduce((sum, x, i) => sum + (x - (b[i] as number)) ** 2, 0));

/**
 * How far weights may be from those of one process, as a share of the way that those went. Sums over ranks are rounded in another order,
 * at 6e-8 of each: that makes 1e-6 of the way, as a change of the first weights by their last bit does. Where it takes an activation
 * across 0, or a number across the largest of its pool, one step is another by some 1e-3. Batch norms that know their own rows alone
 * make 0.08 and more, and so do gradients that are not summed.
 */
const CLOSE = 0.01;
const apart = ({ before, weights }: Pick<ReturnType<typeof alone>, "before" | "weights">, other: Float32Array) =>
  distance(other, weights) / distance(before, weights);

describe.skipIf(!hasGloo())("training in several processes", () => {
  let folder: string;
  let two: RankResult[][];
  let three: RankResult[][];
  const job = (given: Omit<RanksJob, "images" | "settings"> & { settings?: PartialSettings }): RanksJob => ({
    images: IMAGES,
    ...given,
    settings: { optimizer, perClass: 3, steps: STEPS, ...given.settings },
  });
  const others: RanksJob[] = [
    job({ odd: { rank: 1, settings: { perClass: 4 } } }),
    job({ odd: { rank: 1, settings: { loss: { name: "triplet" } } } }),
    job({ odd: { rank: 1, data: 5 } }),
    job({ odd: { rank: 1, version: "1.0.1" } }),
    job({ odd: { rank: 1, settings: { targets: "votes" } } }),
  ];

  beforeAll(async () => {
    setThreads(1);
    folder = mkdtempSync(join(tmpdir(), "ranks-"));
    const run = createRun(join(folder, "one"), tinySettings({ optimizer, perClass: 3, steps: 6 }));
    const abort = new AbortController();
    for (const { step } of train({ ...buildTraining(run.settings, data(), run), run, signal: abort.signal })) if (step === 2) abort.abort();
    two = await doInRanks(2, [
      ...equal.map(({ job }) => job),
      job({ run: join(folder, "two"), settings: { steps: 6 }, stop: { rank: 1, after: 2 } }),
      job({ settings: { network: { name: "cvgg13" }, steps: 2 } }),
      ...others,
    ]);
    three = await doInRanks(3, [
      ...inThree.map(({ job }) => job),
      job({ run: run.dir, resume: true, settings: { steps: 6 } }),
      job({ settings: { sampler: "plain", batch: 2 } }),
    ]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(equal.map(({ name }, k) => [name, k] as const))("two ranks end at the weights of one process: %s", (_, k) => {
    const one = alone(equal[k]?.job as RanksJob);
    expect(two[k]?.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(apart(one, two[k]?.[0]?.weights as Float32Array)).toBeLessThan(CLOSE);
    expect(two[k]?.[1]?.weights).toEqual(two[k]?.[0]?.weights);
    expect(told(two[k]?.[1]?.steps)).toEqual(told(two[k]?.[0]?.steps));
    two[k]?.[0]?.steps.forEach(({ loss }, step) => {
      expect(Math.abs(loss / (one.steps[step]?.loss as number) - 1)).toBeLessThan(CLOSE);
    });
  });

  it.each(inThree.map(({ name }, k) => [name, k] as const))("three ranks end at the weights of one process: %s", (_, k) => {
    const one = alone(inThree[k]?.job as RanksJob);
    for (const { weights } of three[k] as RankResult[]) expect(apart(one, weights)).toBeLessThan(CLOSE);
  });

  it("validates all images, and says the same on every rank", () => {
    const validations = two[0]?.map(({ steps }) => steps.at(-1)?.validation);
    expect(validations?.[0]).toEqual(alone(equal[0]?.job as RanksJob).steps.at(-1)?.validation);
    expect(validations?.[1]).toEqual(validations?.[0]);
  });

  it("leaves no tensor behind after a step", () => {
    for (const { live } of two.slice(0, equal.length).flat()) expect(live[2]).toBe(live[1]);
  });

  it("stops every rank after the step in which one is told to stop, and one process goes on from there", () => {
    const [first, second] = two[equal.length] as RankResult[];
    for (const { steps } of [first, second] as RankResult[]) {
      expect(steps.at(-1)).toMatchObject({ step: 3, ended: { reason: "stopped", message: "Stopped after step 3 of 6." } });
    }
    const run = openRun(join(folder, "two"));
    expect([run.last()?.state.step, run.steps().length]).toEqual([3, 3]);
    const resumed = alone({ settings: run.settings }, { run });
    const one = alone(job({ settings: { steps: 6 } }));
    expect(apart(one, resumed.weights)).toBeLessThan(CLOSE);
    expect(resumed.steps.map(({ step }) => step)).toEqual([4, 5, 6]);
  });

  it("keeps the weights of all ranks the same where each draws its own dropout", () => {
    const [first, second] = two[equal.length + 1] as RankResult[];
    expect(second?.weights).toEqual(first?.weights);
    expect(told(second?.steps)).toEqual(told(first?.steps));
    expect(first?.weights.every(Number.isFinite)).toBe(true);
  });

  it("goes on in three ranks from the run of one process", () => {
    const ranks = three[inThree.length] as RankResult[];
    const one = alone(job({ settings: { steps: 6 } }));
    for (const rank of ranks) {
      expect(rank.steps.map(({ step }) => step)).toEqual([4, 5, 6]);
      expect(apart(one, rank.weights)).toBeLessThan(CLOSE);
    }
    const run = openRun(join(folder, "one"));
    expect(run.steps().map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(run.last()?.state.ended?.reason).toBe("finished");
  });

  it("stops every rank, before the first step and with the same words, where one has other settings, data or another version", () => {
    const errors = two.slice(-others.length).map((ranks) => ranks.map(({ error, steps }) => [error, steps.length]));
    const everywhere = (words: string) => [
      [words, 0],
      [words, 0],
    ];
    expect(errors[0]).toEqual(
      everywhere(
        "OptionError: train: expected perClass to be 3 on every rank, as on rank 0, but rank 1 has 4.\n  Start every rank with the same settings.",
      ),
    );
    expect(errors[1]).toEqual(
      everywhere(
        'OptionError: train: expected loss.name to be "structuredGaussianManifold" on every rank, as on rank 0, but rank 1 has "triplet".\n  ' +
          "Start every rank with the same settings.",
      ),
    );
    expect(errors[2]).toEqual(
      everywhere(
        "DataError: train: expected the data of rank 0 on every rank, but rank 1 has other pixels.\n  Give every rank the same data.",
      ),
    );
    expect(errors[3]).toEqual(
      everywhere(
        "EngineError: train: expected Semblant 1.0.0 on every rank, as on rank 0, but rank 1 has 1.0.1.\n  Install the same version everywhere.",
      ),
    );
  });

  it("tells every rank why one cannot begin", () => {
    const words = "train: expected training images with votes for targets=votes, but they have labels only.";
    expect(two.at(-1)?.map(({ error }) => error)).toEqual([
      `OptionError: train: rank 1 stopped before the first step.\n  ${words}`,
      `OptionError: ${words}\n  Use targets=auto or targets=labels.`,
    ]);
  });

  it("refuses batches of fewer images than ranks", () => {
    const words =
      "OptionError: train: expected a batch of at least one image for each of the 3 ranks, but got batches of 2.\n  " +
      "Take larger batches (batch, perClass), or fewer ranks.";
    expect(three.at(-1)?.map(({ error }) => error)).toEqual([words, words, words]);
  });
});

/** What steps say of the training, but not of the clock. */
const told = (steps: readonly Step[] = []) => steps.map(({ imagesPerSecond: _speed, secondsLeft: _left, ...rest }) => rest);
