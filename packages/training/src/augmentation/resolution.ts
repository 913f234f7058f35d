import { column, type PixelStep, pixelStep } from "./pixel-step.ts";

export interface ResolutionOptions {
  /** Share of the images that are changed, 0 to 1. */
  readonly share: number;
  /** Pixels along a side that are left, from and to; both whole, at least 1. */
  readonly pixels: readonly [number, number];
}

/**
 * A face seen from afar: the image made as small as drawn, each pixel the mean of what it covers, and enlarged again between the
 * centres of its pixels. One parameter: the pixels along a side that are left, 0 for an image that stays. Images that have no
 * more pixels than that stay as they are.
 */
export function resolution({ share, pixels: [least, most] }: ResolutionOptions): PixelStep {
  return pixelStep({
    name: "resolution",
    draw: (random) => {
      const [drawn, pixels] = [random.uniform() < share, least + random.integer(most - least + 1)];
      return [drawn ? pixels : 0];
    },
    numbers(parameters, { height, width }) {
      if (parameters.every(([pixels]) => pixels === 0)) return [];
      return [height, width].map((size) => joined(Array.from(column(parameters, 0), (pixels) => matrix(size, pixels))));
    },
    change(images, parameters, [down, across]) {
      if (down === undefined || across === undefined) return images;
      const [height, width] = images.shape.slice(2) as [number, number];
      const count = parameters.length;
      const rows = down.reshape([count, 1, height, height]);
      const columns = across.reshape([count, 1, width, width]).transpose(2, 3);
      return rows.matmul(images).matmul(columns).clamp(0, 1);
    },
  });
}

const kept = new Map<string, Float32Array>();

/** What a line of `size` pixels becomes, as (size, size): so many pixels and back. */
function matrix(size: number, pixels: number): Float32Array {
  const key = `${size} ${pixels}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const made = pixels === 0 || pixels >= size ? identity(size) : product(enlarging(size, pixels), shrinking(size, pixels), size, pixels);
  if (kept.size > 200) kept.clear();
  kept.set(key, made);
  return made;
}

function identity(size: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, i) => Number(i % (size + 1) === 0));
}

/** (pixels, size): the share of each pixel that a coarse one covers. */
function shrinking(size: number, pixels: number): Float32Array {
  const covered = size / pixels;
  return Float32Array.from({ length: pixels * size }, (_, i) => {
    const [coarse, fine] = [Math.floor(i / size), i % size];
    const overlap = Math.min((coarse + 1) * covered, fine + 1) - Math.max(coarse * covered, fine);
    return Math.max(0, overlap) / covered;
  });
}

/** (size, pixels): the weights of the two nearest coarse pixels, the outermost alone beyond their centres. */
function enlarging(size: number, pixels: number): Float32Array {
  return Float32Array.from({ length: size * pixels }, (_, i) => {
    const [fine, coarse] = [Math.floor(i / pixels), i % pixels];
    const at = Math.min(pixels - 1, Math.max(0, ((fine + 0.5) * pixels) / size - 0.5));
    return Math.max(0, 1 - Math.abs(at - coarse));
  });
}

function product(left: Float32Array, right: Float32Array, size: number, pixels: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, i) => {
    const [row, at] = [Math.floor(i / size), i % size];
    let sum = 0;
    for (let k = 0; k < pixels; k++) sum += (left[row * pixels + k] as number) * (right[k * size + at] as number);
    return sum;
  });
}

function joined(matrices: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(matrices.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const one of matrices) {
    all.set(one, end);
    end += one.length;
  }
  return all;
}
