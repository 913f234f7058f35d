import type { Random } from "@semblant/core";
import { noGrad, type Tensor, tidy } from "@semblant/torch";
import type { NetworkInput } from "../networks/embedding-network.ts";
import { mapNumbers, warpBy } from "./affine.ts";
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
export function augment(batch: Tensor, input: NetworkInput, { geometry, steps }: Augmentation, random: Random): Tensor {
  checkImages("augment", batch);
  const rows = [...Array(batch.shape[0] as number).keys()];
  const shape = { channels: batch.shape[1] as number, height: input.size, width: input.size };
  const maps = geometry === undefined ? [] : rows.map(() => drawMap(random, geometry, input.size));
  const drawn = steps.map((step) => rows.map(() => step.draw(random, shape)));
  const numbers = steps.map((step, k) => step.numbers(drawn[k] as Parameters, shape));

  return noGrad(() =>
    tidy(() => {
      const [theta, ...moved] = upload([mapNumbers(maps), ...numbers.flat()], batch.device) as [Tensor, ...Tensor[]];
      let images = pixels(batch);
      images = geometry === undefined ? resize(images, input.size) : warpBy(halve(images, input.size), theta, input.size);
      steps.forEach((step, k) => {
        images = step.apply(images, drawn[k] as Parameters, moved.splice(0, numbers[k]?.length));
      });
      return normalize(images, input);
    }),
  );
}
