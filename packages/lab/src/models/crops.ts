import type { LabeledImages } from "@semblant/datasets";

/**
 * (images, channels, height, width): pixels as networks take them, one channel after the other.
 *
 * @param rows those wanted; all of them where left out
 */
export function cropsOf(
  { images }: Pick<LabeledImages, "images">,
  rows: ArrayLike<number> = Int32Array.from({ length: images.count }, (_, i) => i),
): Uint8Array {
  const { channels, width, height } = images;
  const pixels = new Uint8Array(rows.length * channels * width * height);
  images.gather(rows, pixels);
  if (channels === 1) return pixels;
  const places = width * height;
  const crops = new Uint8Array(pixels.length);
  for (let i = 0; i < rows.length; i++) {
    const first = i * places * channels;
    for (let place = 0; place < places; place++)
      for (let c = 0; c < channels; c++) crops[first + c * places + place] = pixels[first + place * channels + c] as number;
  }
  return crops;
}
