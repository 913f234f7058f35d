import { autocast, gatherRows, inProcessGroup, normalize, stack, sumGradientsDuring, type Tensor, tidy } from "@semblant/torch";
import { beside, gradientNorm, shrinkGradients } from "@semblant/torch/internals";
import { countsOf } from "../distributed/parts.ts";
import type { Signs } from "../steps/health.ts";
import type { Step } from "../steps/step.ts";
import type { Batch } from "./batches.ts";
import type { Training } from "./set-up.ts";

/** What a step says of itself, and how many images it learned from. */
export interface Learned {
  readonly images: number;
  readonly signs: Signs & Pick<Step, "gradientNorm">;
}

/** One step on the next batch. Weights stay as they are when the loss is not finite. */
export function learn(training: Training, step: number): Learned {
  const batch = training.batches.take();
  try {
    return { images: batch.images, signs: tidy(() => together(training.group, () => learnFrom(training, batch, step))) };
  } finally {
    batch.X.dispose();
    batch.known.dispose();
  }
}

function learnFrom(training: Training, batch: Batch, step: number): Learned["signs"] {
  const { loss, optimizer, settings, batches, parameters } = training;
  const { known } = batch;
  const Z = embedBatch(training, batch); //                                                             f(x)      (batch, dimensions)
  const L = loss(Z, known); //                                                                          eqs. 1–4
  const { activeTriplets } = loss.report?.() ?? {};
  const { margin } = loss.settings;
  const ofTriplets = activeTriplets !== undefined && typeof margin === "number" ? { activeTriplets, margin } : {};
  const vitals = lossAndSpread(L.detach(), loss.normalized ? normalize(Z.detach()) : Z.detach());

  optimizer.zeroGrad();
  summedOverRanks(training, () =>
    beside(L, () => {
      if (step < training.steps) batches.prepare();
    }),
  );
  const norms = settings.clip === null ? [] : [gradientNorm(parameters)];
  // All is read at once: each reading waits until a GPU is done.
  const [value, length, around, gradient] = stack([...vitals, ...norms]).data() as unknown as [number, number, number, number?];
  const signs = { loss: value, spread: length === 0 ? 0 : around / length, ...ofTriplets };
  if (!Number.isFinite(value)) {
    optimizer.zeroGrad();
    return signs;
  }

  if (settings.clip !== null) shrinkGradients(parameters, gradient as number, settings.clip);
  optimizer.learningRate = training.learningRate(step);
  optimizer.step();
  training.average?.update(step);
  return { ...signs, ...(gradient !== undefined && { gradientNorm: gradient }) };
}

/** With batch norms over the rows of all ranks. */
const together = <T>(group: Training["group"], work: () => T): T => (group === undefined ? work() : inProcessGroup(group, work));

/** The whole batch's embeddings. Of several ranks each embeds its part, and gradients flow through that part alone. */
function embedBatch({ network, precision, device, group }: Training, { X, images }: Batch): Tensor {
  const forward = () => autocast(precision, () => network.forward(X), device).to("float32");
  return group === undefined ? forward() : gatherRows(forward(), group, countsOf(images, group.size));
}

/**
 * The network's gradients are those of each rank's rows, to be summed, and travel while the backward pass goes on. The loss's own are
 * whole: each rank computes it of the whole batch.
 */
function summedOverRanks({ network, group }: Training, backward: () => void): void {
  if (group === undefined) backward();
  else sumGradientsDuring(network.parameters(), group, backward);
}

/**
 * The loss, the mean squared length of the embeddings, and their variance about their mean. The last as a share of the second is the
 * spread: 0 where all are one point.
 */
function lossAndSpread(L: Tensor, Z: Tensor): Tensor[] {
  return [L.reshape([]), Z.square().sum(1).mean(), Z.variance(0, { correction: 0 }).sum()];
}
