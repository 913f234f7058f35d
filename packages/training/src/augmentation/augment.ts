import type { Random } from "@semblant/core";
import { noGrad, type Tensor, tidy } from "@semblant/torch";
import type { NetworkInput } from "../networks/embedding-network.ts";
import { type Affine, mapNumbers, warpBy } from "./affine.ts";
import { drawMap, type Geometry } from "./geometry.ts";
import type { Parameters, PixelStep } from "./pixel-step.ts";
import { checkImages, halve, normalize, pixels, resize } from "./prepare.ts";
import { upload } from "./upload.ts";

/** What is done to training images, as a list to read: first all moves at once, then each step in order. */
export interface Augmentation {
  readonly name: string;
  /** Undefined leaves images where they are. */
  readonly geometry: Geometry | undefined;
  readonly steps: readonly PixelStep[];
}

/**
 * Images as the network takes them, each changed in its own random way.
 *
 * Everything random is drawn here, from `random`, and the rest is tensor arithmetic where the batch lies: the same seed gives
 * the same images (to rounding) on every device. Without geometry and steps it is {@link prepare}.
 *
 * @param batch (batch, channels, height, width), uint8, on any device
 * @returns (batch, input.channels, input.size, input.size), float32, normalised, on the same device
 * @throws ShapeError if the batch is not of that form
 *
 * @example
 * const input = { size: 48, channels: 1, mean: [0.5], std: [0.2] };
 * const faces = tensor(new Uint8Array(2 * 48 * 48).fill(128), { shape: [2, 1, 48, 48] });
 * augment(faces, input, paperAugmentation, new Random(0)).shape; // [2, 1, 48, 48]
 */
export function augment(batch: Tensor, input: NetworkInput, augmentation: Augmentation, random: Random): Tensor {
  checkImages("augment", batch);
  const [rows, channels] = batch.shape as [number, number];
  return change(batch, input, augmentation, drawChanges(augmentation, random, { rows, channels, size: input.size }));
}

/** What was drawn for a batch: a row an image, in its moves and in each step. */
export interface DrawnChanges {
  /** Empty without geometry. */
  readonly maps: readonly Affine[];
  readonly steps: readonly Parameters[];
}

/** Everything random of a batch of so many images, whose channels are the images' own; `size` is the network's. */
export function drawChanges(
  { geometry, steps }: Augmentation,
  random: Random,
  { rows, channels, size }: { readonly rows: number; readonly channels: number; readonly size: number },
): DrawnChanges {
  const each = <T>(draw: () => T): T[] => Array.from({ length: rows }, draw);
  const maps = geometry === undefined ? [] : each(() => drawMap(random, geometry, size));
  return { maps, steps: steps.map((step) => each(() => step.draw(random, { channels, height: size, width: size }))) };
}

/** What was drawn for some of the images that lie side by side. */
export function changesOf({ maps, steps }: DrawnChanges, first: number, end: number): DrawnChanges {
  return { maps: maps.slice(first, end), steps: steps.map((parameters) => parameters.slice(first, end)) };
}

/** {@link augment} with what was drawn before. */
export function change(batch: Tensor, input: NetworkInput, { geometry, steps }: Augmentation, drawn: DrawnChanges): Tensor {
  checkImages("augment", batch);
  const shape = { channels: batch.shape[1] as number, height: input.size, width: input.size };
  const numbers = steps.map((step, k) => step.numbers(drawn.steps[k] as Parameters, shape));

  return noGrad(() =>
    tidy(() => {
      const [theta, ...moved] = upload([mapNumbers(drawn.maps), ...numbers.flat()], batch.device) as [Tensor, ...Tensor[]];
      let images = pixels(batch);
      images = geometry === undefined ? resize(images, input.size) : warpBy(halve(images, input.size), theta, input.size);
      steps.forEach((step, k) => {
        images = step.apply(images, drawn.steps[k] as Parameters, moved.splice(0, numbers[k]?.length));
      });
      return normalize(images, input);
    }),
  );
}
