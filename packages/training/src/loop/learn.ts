import { autocast, clipGradNorm, normalize, stack, type Tensor, tidy } from "@semblant/torch";
import { augment } from "../augmentation/augment.ts";
import { imageBatch, knownBatch } from "../embedding/batches.ts";
import type { Signs } from "../steps/health.ts";
import type { Step } from "../steps/step.ts";
import type { Training } from "./set-up.ts";

/** One step on a batch. Weights stay as they are when the loss is not finite. */
export function learn(training: Training, rows: Int32Array, step: number): Signs & Pick<Step, "gradientNorm"> {
  const { network, loss, images, device, precision, optimizer, settings } = training;
  return tidy(() => {
    const pixels = imageBatch(images.images, rows, device);
    const known = knownBatch(images, rows, training.targets, device); //                                P(w | x)  (batch, classes)
    const X = augment(pixels, network.input, training.augmentation, training.random).contiguous("channelsLast");
    const Z = autocast(precision, () => network.forward(X), device).to("float32"); //                   f(x)      (batch, dimensions)
    const L = loss(Z, known); //                                                                        eqs. 1–4
    const { activeTriplets } = loss.report?.() ?? {};
    const { margin } = loss.settings;
    const ofTriplets = activeTriplets !== undefined && typeof margin === "number" ? { activeTriplets, margin } : {};
    const signs = { ...lossAndSpread(L.detach(), loss.normalized ? normalize(Z.detach()) : Z.detach()), ...ofTriplets };
    if (!Number.isFinite(signs.loss)) return signs;

    optimizer.zeroGrad();
    L.backward();
    const clipped = settings.clip === null ? {} : { gradientNorm: clipGradNorm(training.parameters, settings.clip) };
    optimizer.learningRate = training.learningRate(step);
    optimizer.step();
    training.average?.update(step);
    return { ...signs, ...clipped };
  });
}

/**
 * The loss, and the variance of the embeddings about their mean as a share of their mean squared length: 0 where all are one point.
 * They are read together: each reading waits until a GPU is done.
 */
function lossAndSpread(L: Tensor, Z: Tensor): Pick<Signs, "loss" | "spread"> {
  const squaredLength = Z.square().sum(1).mean();
  const variance = Z.variance(0, { correction: 0 }).sum();
  const [loss, length, around] = stack([L.reshape([]), squaredLength, variance]).data() as unknown as [number, number, number];
  return { loss, spread: length === 0 ? 0 : around / length };
}
