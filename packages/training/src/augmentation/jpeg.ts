import { changeSome, chosen, luminance, type PixelStep, perImage, pixelStep } from "./pixel-step.ts";

export interface JpegOptions {
  /** Share of the images that are changed, 0 to 1. */
  readonly share: number;
  /** Quality as libjpeg counts it, from and to, within 1 to 100. */
  readonly quality: readonly [number, number];
}

/** Pixels along a side of a block. */
const BLOCK = 8;

/** Steps of the luminance's frequencies at quality 50 (ITU-T T.81, table K.1), row by row. */
const steps = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62, 18, 22,
  37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
] as const;

/**
 * Kept as a JPEG: each block of 8×8 pixels is taken apart into frequencies, and each frequency rounded to its step of table K.1
 * at the quality drawn. Colours get the change of their luminance. Two parameters: 1 to change the image, and the scale of the
 * steps, 1 at quality 50. Blocks at the right and lower border that are not whole have as many frequencies as pixels.
 */
export function jpeg({ share, quality }: JpegOptions): PixelStep {
  return pixelStep({
    name: "jpeg",
    draw(random) {
      const [drawn, drawnQuality] = [random.uniform() < share, random.uniform(...quality)];
      return [Number(drawn), drawnQuality < 50 ? 50 / drawnQuality : 2 - drawnQuality / 50];
    },
    numbers(parameters, { height, width }) {
      const some = chosen(parameters);
      if (some.rows.length === 0) return [];
      const scales = Float32Array.from(some.parameters, ([, scale]) => scale as number);
      return [some.rows, scales, frequencies(height), frequencies(width), stepsOf(height, width)];
    },
    change: (images, _, [rows, scales, down, across, table]) =>
      changeSome(images, rows, (some) => {
        const [height, width] = some.shape.slice(2) as [number, number];
        const toRows = down?.reshape([1, 1, height, height]) as NonNullable<typeof down>;
        const toColumns = across?.reshape([1, 1, width, width]) as NonNullable<typeof across>;
        const grey = luminance(some);
        const step = perImage(scales)
          .mul((table as NonNullable<typeof table>).reshape([1, 1, height, width]))
          .maximum(1 / 255);
        const levels = toRows.matmul(grey.sub(128 / 255)).matmul(toColumns.transpose(2, 3));
        const rounded = levels.div(step).round().mul(step);
        const kept = toRows
          .transpose(2, 3)
          .matmul(rounded)
          .matmul(toColumns)
          .add(128 / 255);
        return (some.shape[1] === 1 ? kept : some.add(kept.sub(grey))).clamp(0, 1);
      }),
  });
}

/** (size, size): the discrete cosine transform (DCT-II, orthonormal) of each block of a line. */
function frequencies(size: number): Float32Array {
  const matrix = new Float32Array(size * size);
  for (let start = 0; start < size; start += BLOCK) {
    const length = Math.min(BLOCK, size - start);
    for (let k = 0; k < length; k++) {
      const scale = Math.sqrt((k === 0 ? 1 : 2) / length);
      for (let x = 0; x < length; x++) {
        matrix[(start + k) * size + start + x] = scale * Math.cos((Math.PI * (2 * x + 1) * k) / (2 * length));
      }
    }
  }
  return matrix;
}

/** (height, width): table K.1 over and over, as a share of white. */
function stepsOf(height: number, width: number): Float32Array {
  return Float32Array.from({ length: height * width }, (_, i) => {
    const [row, across] = [Math.floor(i / width) % BLOCK, (i % width) % BLOCK];
    return (steps[row * BLOCK + across] as number) / 255;
  });
}
