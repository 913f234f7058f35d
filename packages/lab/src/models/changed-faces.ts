import { Random } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import { tensor, tidy } from "@semblant/torch";
import { type Augmentation, augment, type Geometry, gamma, jpeg, type PixelStep, resolution } from "@semblant/training";
import { cropsOf } from "./crops.ts";

/** As faces of another camera or another detector are: coarse, dark, badly kept, framed otherwise, turned. */
const changes: readonly Augmentation[] = [
  ...[24, 16, 12].map((pixels) => drawn(`${pixels} pixels`, [resolution({ share: 1, pixels: [pixels, pixels] })])),
  drawn("dark", [gamma({ share: 1, factor: [2, 2] })]),
  drawn("JPEG of quality 15", [jpeg({ share: 1, quality: [15, 15] })]),
  ...[0.7, 1.25, 1.5].map((zoom) => moved(`magnified ${zoom} times`, { zoom: [zoom, zoom] })),
  moved("turned", { moved: 1, rotation: 40 }),
];

/** Faces at a time, so that a batch takes little memory. */
const most = 256;

/**
 * Copies of the same faces, each changed in one way: pixels as a network of `semblant export` takes them. Made one at a time.
 *
 * @param rows of the images
 */
export function* changedFaces(
  { images }: Pick<LabeledImages, "images">,
  rows: Int32Array,
): Generator<{ readonly name: string; readonly crops: Uint8Array }> {
  const { channels, width } = images;
  const input = { size: width, channels: channels as 1 | 3, mean: Array(channels).fill(0), std: Array(channels).fill(1) };
  for (const change of changes) {
    const random = new Random(0);
    const crops = new Uint8Array(rows.length * channels * width ** 2);
    for (let first = 0; first < rows.length; first += most) {
      const part = rows.subarray(first, first + most);
      const pixels = tidy(() => {
        const batch = tensor(cropsOf({ images }, part), { shape: [part.length, channels, width, width] });
        return augment(batch, input, change, random).contiguous().data() as Float32Array;
      });
      crops.set(
        pixels.map((value) => Math.round(255 * Math.min(1, Math.max(0, value)))),
        first * channels * width ** 2,
      );
    }
    yield { name: change.name, crops };
  }
}

function drawn(name: string, steps: readonly PixelStep[]): Augmentation {
  return { name, geometry: undefined, steps };
}

function moved(name: string, geometry: Partial<Geometry>): Augmentation {
  const still: Geometry = { zoom: [1, 1], moved: 0, rotation: 0, shift: 0, corners: 0, mirrored: 0, margin: 0, outside: 0 };
  return { name, geometry: { ...still, ...geometry }, steps: [] };
}
