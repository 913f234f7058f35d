import { type PictureKernels, pictureKernels } from "@semblant/core/internals";
import { placesOf } from "./places.ts";

/** How a network takes a colour: (colour · times + plus) / by. The first two are whole numbers, so that only the division rounds. */
export interface Scaling {
  readonly times: number;
  readonly plus: number;
  readonly by: number;
}

/** Pixels from which on a kernel gains more than it costs, and how many it is handed at a time: its memory stays near the processor. */
const worthKernels = 100;
const atATime = 16_384;

/** Three planes, (3, pixels), of colours, (pixels, 3). */
export function planesOf(colors: Uint8Array | Uint8ClampedArray, scaling: Scaling): Float32Array {
  const into = new Float32Array(colors.length);
  intoPlanes(colors, scaling, into, 0);
  return into;
}

/**
 * Colours, (pixels, 3), as a part of three planes.
 *
 * @param into (3, places)
 * @param at the first place of each plane
 */
export function intoPlanes(colors: Uint8Array | Uint8ClampedArray, scaling: Scaling, into: Float32Array, at: number): void {
  const kernels = colors.length < 3 * worthKernels ? undefined : pictureKernels();
  if (kernels === undefined) intoPlanesPlainly(colors, scaling, into, at);
  else intoPlanesByKernel(kernels, { colors, scaling, into, at });
}

/** {@link intoPlanes} by loops that run anywhere: the reference of the kernel. */
export function intoPlanesPlainly(colors: Uint8Array | Uint8ClampedArray, scaling: Scaling, into: Float32Array, at: number): void {
  const { times, plus, by } = scaling;
  const plane = into.length / 3;
  for (let from = 0, to = at; from < colors.length; from += 3, to++) {
    into[to] = ((colors[from] as number) * times + plus) / by;
    into[to + plane] = ((colors[from + 1] as number) * times + plus) / by;
    into[to + 2 * plane] = ((colors[from + 2] as number) * times + plus) / by;
  }
}

interface Given {
  readonly colors: Uint8Array | Uint8ClampedArray;
  readonly scaling: Scaling;
  readonly into: Float32Array;
  readonly at: number;
}

/** {@link intoPlanes} by a kernel (packages/core/kernels/pictures/planes.ts). */
export function intoPlanesByKernel(kernels: PictureKernels, { colors, scaling, into, at }: Given): void {
  const pixels = colors.length / 3;
  const most = Math.min(pixels, atATime);
  const places = placesOf([24, 3 * most + 16, 12 * most]);
  const [task, source, out] = places as [number, number, number];
  const memory = kernels.memory(places.at(-1) as number);
  const plane = into.length / 3;
  for (let first = 0; first < pixels; first += most) {
    const count = Math.min(most, pixels - first);
    new Int32Array(memory, task, 6).set([source, count, 0, 0, 0, out]);
    new Float32Array(memory, task + 8, 3).set([scaling.times, scaling.plus, scaling.by]);
    new Uint8Array(memory, source, 3 * count).set(colors.subarray(3 * first, 3 * (first + count)));
    kernels.planesOf(task);
    for (const color of [0, 1, 2]) into.set(new Float32Array(memory, out + 4 * color * count, count), color * plane + at + first);
  }
}
