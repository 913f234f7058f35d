import { ShapeError } from "@semblant/core";
import { avgPool2d, interpolate, noGrad, type Tensor, tensor, tidy } from "@semblant/torch";
import type { NetworkInput } from "../networks/embedding-network.ts";
import { luminance } from "./pixel-step.ts";

/**
 * Images as the network takes them, unchanged otherwise: resized to its size, in its channels, normalised.
 *
 * @param batch (batch, channels, height, width), uint8, on any device
 * @returns (batch, input.channels, input.size, input.size), float32, on the same device
 * @throws ShapeError if the batch is not of that form
 *
 * @example
 * const input = { size: 2, channels: 1, mean: [0.5], std: [0.5] };
 * prepare(tensor(Uint8Array.of(0, 255, 255, 0), { shape: [1, 1, 2, 2] }), input).data(); // Float32Array [-1, 1, 1, -1]
 */
export function prepare(batch: Tensor, input: NetworkInput): Tensor {
  checkImages("prepare", batch);
  return noGrad(() => tidy(() => normalize(resize(pixels(batch), input.size), input)));
}

/** @throws ShapeError unless the batch is (batch, 1 or 3, height, width) in uint8 */
export function checkImages(where: string, batch: Tensor): void {
  const channels = batch.shape[1];
  if (batch.shape.length === 4 && (channels === 1 || channels === 3) && batch.dtype === "uint8") return;
  throw new ShapeError(
    `${where}: expected uint8 images of shape (batch, 1 or 3, height, width), but got ${batch.dtype} of (${batch.shape.join(", ")}).`,
  );
}

/** From 0 to 255 to 0 to 1. */
export function pixels(batch: Tensor): Tensor {
  return batch.to("float32").mul(1 / 255);
}

/** In the network's channels, grey repeated or colours weighed, less its mean and by its deviation. */
export function normalize(images: Tensor, { channels, mean, std }: NetworkInput): Tensor {
  if (channels === 1)
    return luminance(images)
      .mul(1 / (std[0] as number))
      .add(-(mean[0] as number) / (std[0] as number));
  const perChannel = (values: readonly number[]) =>
    tensor(Float32Array.from(values), { shape: [1, channels, 1, 1], device: images.device });
  return images.mul(perChannel(std.map((s) => 1 / s))).add(perChannel(mean.map((m, k) => -m / (std[k] as number))));
}

/**
 * Bilinear, after averaging blocks of pixels where the image is more than twice too large: bilinear alone would then
 * skip pixels.
 */
export function resize(images: Tensor, size: number): Tensor {
  const [height, width] = images.shape.slice(2) as [number, number];
  if (height === size && width === size) return images;
  const smaller = halve(images, size);
  return interpolate(smaller, { size: [size, size], mode: "bilinear", alignCorners: false });
}

/** Averages blocks, as many pixels to one as still leave `size`. */
export function halve(images: Tensor, size: number): Tensor {
  const [height, width] = images.shape.slice(2) as [number, number];
  const block = Math.floor(Math.min(height, width) / size);
  return block < 2 ? images : avgPool2d(images, { kernel: block, stride: block });
}
