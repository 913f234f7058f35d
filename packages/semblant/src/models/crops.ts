import type { LabeledImages } from "@semblant/training";

/** (images, channels, size, size): a split's pixels, one image after the other. */
export function cropsOf({ images }: Pick<LabeledImages, "images">): Uint8Array {
  const crops = new Uint8Array(images.count * images.channels * images.width * images.height);
  images.gather(
    Int32Array.from({ length: images.count }, (_, i) => i),
    crops,
  );
  return crops;
}
