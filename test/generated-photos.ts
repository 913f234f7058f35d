import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { type Dataset, generateFaces } from "@semblant/datasets";
import sharp from "sharp";

let drawn: Dataset | undefined;

/** Generated faces large enough for photos of ours, drawn once. */
export function facesForPhotos(): Dataset["train"] {
  drawn ??= generateFaces({ count: 240, difficulty: 0.3 });
  return drawn.train;
}

/**
 * Writes a photo of ours: generated faces side by side before a coloured ground, upright, in the format that its name ends in.
 *
 * @param faces rows of {@link facesForPhotos}
 * @param options `side`: pixels of each face; `taken`: EXIF's DateTimeOriginal
 */
export async function writePhoto(
  path: string,
  faces: readonly number[],
  { side = 160, ground = "#8a9ba8", taken }: { readonly side?: number; readonly ground?: string; readonly taken?: string } = {},
): Promise<void> {
  const { images } = facesForPhotos();
  const placed = await Promise.all(
    faces.map(async (row, i) => {
      const pixels = new Uint8Array(images.width * images.height);
      images.gather([row], pixels);
      const raw = { width: images.width, height: images.height, channels: 1 as const };
      const input = await sharp(Buffer.from(pixels), { raw })
        .resize(side, side, { kernel: "cubic" })
        .toColourspace("srgb")
        .png()
        .toBuffer();
      return { input, left: Math.round((i + 0.5) * 1.5 * side - side / 4), top: Math.round(side / 2) };
    }),
  );
  mkdirSync(dirname(path), { recursive: true });
  const width = Math.round(1.5 * side * Math.max(1, faces.length) + side / 2);
  let photo = sharp({ create: { width, height: 2 * side, channels: 3, background: ground } }).composite(placed);
  if (taken !== undefined) photo = photo.withExif({ IFD2: { DateTimeOriginal: taken } });
  await photo.toFile(path);
}
