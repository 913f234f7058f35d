import type { PictureKernels } from "@semblant/core/internals";
import type { Picture } from "../picture.ts";
import { placesOf } from "./places.ts";
import type { Square } from "./square.ts";
import { samplesOf } from "./warp-plainly.ts";

/** Samples from which on a kernel gains more than it costs to lay its task out. */
const leastSamples = 2_000;
/** Bytes of the picture under a square for each sample, up to which it pays to hand them to a kernel. */
const mostBytesASample = 40;
/** Of more pixels under it, a square is cut by the plain loops, so that the kernels' memory has a bound. */
const mostPixels = 2 ** 24;

/** Whether a square is one that kernels cut sooner than plain loops. */
export function isWorthKernels(square: Square, size: number): boolean {
  const samples = (size * samplesOf(square, size)) ** 2;
  const pixels = (Math.abs(square.right.x) + Math.abs(square.right.y) + 4) ** 2;
  return samples >= leastSamples && pixels <= mostPixels && 3 * pixels <= mostBytesASample * samples;
}

/** The part of a picture that lies under a square, and a pixel around. */
interface Part {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What `warp` gives, by kernels (packages/core/kernels/pictures/cut.ts). */
export function warpByKernel(kernels: PictureKernels, picture: Picture, square: Square, size: number): Uint8Array {
  const under = partUnder(picture, square);
  if (under === undefined) return new Uint8Array(3 * size * size);
  const samples = samplesOf(square, size);
  const { right } = square;
  const kernel = samples === 1 ? "cutBetween" : right.y === 0 && right.x > 0 ? "cutUpright" : "cutTurned";
  const border = kernel === "cutTurned" ? 1 : 0;
  const part = { left: under.left - border, top: under.top - border, width: under.width + 2 * border, height: under.height + 2 * border };
  const wide = samples + (samples % 2); // samples of a pixel, in pairs
  const [bytes, bytesOut] = [part.width * part.height * 3, size * size * 3];
  const places = placesOf([fields * 4, bytes + 16, size * wide * 16, size * samples * 16, part.width * 6 + 64, bytesOut + 1]);
  const [task, source, across, down, sums, out] = places as [number, number, number, number, number, number];
  const memory = kernels.memory(places.at(-1) as number);
  copyPart(picture, under, border, new Uint8Array(memory, source, bytes));
  const steps = new Steps(square, size * samples);
  if (kernel === "cutUpright") {
    steps.places(part, new Int32Array(memory, across, size * samples), new Int32Array(memory, down, size * samples));
  } else {
    const columns = new Float64Array(memory, across, 2 * size * wide);
    if (kernel === "cutBetween") steps.columns(columns);
    else steps.columnsInPairs(columns, samples);
    steps.rows(new Float64Array(memory, down, 2 * size * samples));
  }
  const { left, top, width, height } = part;
  new Int32Array(memory, task, fields).set([source, width, height, left, top, size, samples, across, down, sums, out]);
  kernels[kernel](task);
  return new Uint8Array(memory, out, bytesOut).slice();
}

/** Fields of a task. */
const fields = 11;

function partUnder(picture: Picture, { x, y, right }: Square): Part | undefined {
  const [xs, ys] = [
    [x, x + right.x, x - right.y, x + right.x - right.y],
    [y, y + right.y, y + right.x, y + right.y + right.x],
  ];
  const left = Math.max(0, Math.floor(Math.min(...xs)) - 1);
  const top = Math.max(0, Math.floor(Math.min(...ys)) - 1);
  const width = Math.min(picture.width, Math.ceil(Math.max(...xs)) + 2) - left;
  const height = Math.min(picture.height, Math.ceil(Math.max(...ys)) + 2) - top;
  return width > 0 && height > 0 ? { left, top, width, height } : undefined; // also where a place is not a number
}

/** Copies a part of a picture, with so many black pixels around it. */
function copyPart(picture: Picture, { left, top, width, height }: Part, border: number, into: Uint8Array): void {
  const line = 3 * (width + 2 * border);
  if (border > 0) into.fill(0);
  for (let row = 0, at = border * (line + 3); row < height; row++, at += line) {
    const from = 3 * ((top + row) * picture.width + left);
    into.set(picture.data.subarray(from, from + 3 * width), at);
  }
}

/** Places of samples along a square's sides, by the plain loops' sums and products, so that they are the same numbers. */
class Steps {
  readonly #square: Square;
  readonly #count: number;
  readonly #step: number;

  constructor(square: Square, count: number) {
    this.#square = square;
    this.#count = count;
    this.#step = 1 / count;
  }

  /** Of an upright square: how far into a row of the part each column lies, and where each row begins; -1 outside. */
  places({ left, top, width, height }: Part, columns: Int32Array, rows: Int32Array): void {
    const { x, y, right } = this.#square;
    for (let i = 0; i < this.#count; i++) {
      const far = (i + 0.5) * this.#step * right.x;
      const [column, row] = [Math.floor(x + far) - left, Math.floor(y + far) - top];
      columns[i] = column >= 0 && column < width ? 3 * column : -1;
      rows[i] = row >= 0 && row < height ? 3 * row * width : -1;
    }
  }

  /** x and y of each. */
  columns(into: Float64Array): void {
    const { x, y, right } = this.#square;
    for (let i = 0; i < this.#count; i++) {
      const u = (i + 0.5) * this.#step;
      into[2 * i] = x + u * right.x;
      into[2 * i + 1] = y + u * right.y;
    }
  }

  /** x of all, then y of all; where the samples of a pixel are odd, one more, far outside. */
  columnsInPairs(into: Float64Array, samples: number): void {
    const { x, y, right } = this.#square;
    const wide = samples + (samples % 2);
    const half = into.length / 2;
    if (wide > samples) into.fill(-1e9);
    for (let i = 0; i < this.#count; i++) {
      const u = (i + 0.5) * this.#step;
      const at = Math.floor(i / samples) * wide + (i % samples);
      into[at] = x + u * right.x;
      into[half + at] = y + u * right.y;
    }
  }

  /** What each row adds to x and y. */
  rows(into: Float64Array): void {
    const { right } = this.#square;
    for (let i = 0; i < this.#count; i++) {
      const v = (i + 0.5) * this.#step;
      into[2 * i] = -(v * right.y);
      into[2 * i + 1] = v * right.x;
    }
  }
}
