import { Random } from "@semblant/core";
import { type Dataset, type LabeledImages, MemoryImages, subset } from "@semblant/datasets";
import { seed } from "@semblant/torch";
import type { PartialSettings, Settings } from "../settings/setting-types.ts";
import { resolveSettings } from "../settings/settings.ts";
import { buildTraining } from "./build-training.ts";
import { train } from "./train.ts";

/** How long a training step takes here. */
export interface StepSpeed {
  /** Images in a step. */
  readonly batch: number;
  /** Of one step. */
  readonly milliseconds: number;
  readonly imagesPerSecond: number;
  /** Images in the step that was timed: fewer than `batch` where a whole one takes too long, and the time is then reckoned from them. */
  readonly timed: number;
}

const FEW = 8;
const STEPS = 3;

/**
 * Times training steps on noise, with the network, loss and precision of settings, without augmentation: the quickest of three, after one
 * that warms up. Where a step of a few images shows that a whole one takes longer than `seconds`, those few are all that is timed; so it
 * answers after some seconds on any machine. Seeds the engine.
 *
 * @param options `batch`: images in a step; `seconds`: when to be content with fewer steps
 * @example
 * const { imagesPerSecond } = timeSteps({ network: { baseChannels: 4 } }, { batch: 8 });
 * imagesPerSecond > 0; // true
 */
export function timeSteps(given: PartialSettings, { batch = 64, seconds = 4 }: { batch?: number; seconds?: number } = {}): StepSpeed {
  const settings = resolveSettings({ ...given, sampler: "plain", augmentation: "none", ema: null, steps: STEPS + 1, batch });
  const few = Math.min(FEW, batch);
  const guess = (quickest({ ...settings, batch: few }, { seconds: 0 }) * batch) / few;
  const whole = guess <= 1000 * seconds && few < batch;
  const milliseconds = whole ? quickest(settings, { seconds }) : guess;
  return { batch, milliseconds, imagesPerSecond: (1000 * batch) / milliseconds, timed: whole ? batch : few };
}

/** Milliseconds of the quickest step after the first; one is enough once the time is up. */
function quickest(settings: Settings, { seconds }: { seconds: number }): number {
  const training = buildTraining(settings, noise(settings));
  const times: number[] = [];
  try {
    const steps = train(training);
    const first = performance.now();
    for (let began = first; !steps.next().done; began = performance.now()) {
      times.push(performance.now() - began);
      if (times.length > 1 && performance.now() - first > 1000 * seconds) break;
    }
    steps.return();
  } finally {
    training.network.dispose();
    training.loss.module?.dispose();
    seed(settings.seed);
  }
  return Math.min(...times.slice(1));
}

/** A batch of grey noise in eight classes. */
function noise({ batch, network: { size, channels }, seed: from }: Settings): Dataset {
  const random = new Random(from).fork("noise");
  const classes = Array.from({ length: 8 }, (_, c) => `class ${c}`);
  const images = new MemoryImages(
    Uint8Array.from({ length: batch * size * size * channels }, () => random.integer(256)),
    { width: size, height: size, channels },
  );
  const labels = Int32Array.from({ length: batch }, (_, i) => i % classes.length);
  const all: LabeledImages = { images, labels, classes, ids: Array.from(labels, (_, i) => `noise ${i}`) };
  const none = subset(all, []);
  return { name: "noise", labelSource: "by number", classes, train: all, validation: none, test: none, dropped: [] };
}
