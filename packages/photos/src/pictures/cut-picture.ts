import { resolve } from "node:path";
import type { Box, Picture } from "@semblant/faces";
import type { Sharp } from "sharp";
import { fileBytes } from "./file-bytes.ts";

/** What has to be known of a photo to cut something from it. */
export interface CutPhoto {
  readonly id: number;
  /** From the folder that paths start from. */
  readonly path: string;
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
}

/** A small picture to be cut from a photo: a face with what is around it, the photo three quarters as high as wide, or all of it. */
export interface Cutting {
  readonly photo: CutPhoto;
  /** In pixels of the photo. */
  readonly face?: Box;
  /** Faces that the cut photo is to keep in sight. */
  readonly focus?: readonly Box[];
  /** Its width in pixels; of a whole photo at most this. */
  readonly width: number;
  /** Of a whole photo in its own shape: most pixels of its height. */
  readonly height?: number;
}

/** What a face's square shows, as a multiple of its box. */
const AROUND = 1.5;
/** Wider than high by this. */
const ASPECT = 4 / 3;

/**
 * Small pictures of one photo as WebP. The photo is decoded once, as small as its cuttings allow. It is only read, and nothing of its
 * metadata is kept.
 *
 * @param root the folder that the photo's path starts from
 * @param cuttings all of one photo
 * @throws DataError if the photo cannot be read
 */
export async function cutPicture(root: string, cuttings: readonly Cutting[]): Promise<Uint8Array[]> {
  const picture = await decode(root, cuttings);
  const cut: Uint8Array[] = [];
  for (const cutting of cuttings) cut.push(await cutOut(picture, cutting));
  return cut;
}

/** The photo, upright, as small as the greatest enlargement among its cuttings allows. */
async function decode(root: string, cuttings: readonly Cutting[]): Promise<Picture> {
  const [{ photo }] = cuttings as [Cutting];
  const path = resolve(root, photo.path);
  const scale = Math.min(1, Math.max(...cuttings.map((cutting) => sizeOf(cutting).width / windowOf(cutting).width)));
  const width = Math.max(1, Math.ceil(photo.width * scale));
  try {
    const { openPicture } = await import("./open-picture.ts");
    const { image } = await openPicture(await fileBytes(path), { failOn: "none" });
    const { data, info } = await image
      .autoOrient()
      .resize({ width })
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    if (info.channels === 3) return { width: info.width, height: info.height, data };
  } catch {} // what sharp does not decode (HEIC), our own reader does
  const { readPhoto } = await import("./read-photo.ts");
  return readPhoto(path);
}

async function cutOut(picture: Picture, cutting: Cutting): Promise<Uint8Array> {
  const { photo } = cutting;
  const { x, y, width: wide, height: high } = windowOf(cutting);
  const scale = picture.width / photo.width;
  const left = Math.min(picture.width - 1, Math.max(0, Math.round(x * scale)));
  const top = Math.min(picture.height - 1, Math.max(0, Math.round(y * scale)));
  const region = {
    left,
    top,
    width: Math.max(1, Math.min(picture.width - left, Math.round(wide * scale))),
    height: Math.max(1, Math.min(picture.height - top, Math.round(high * scale))),
  };
  const { width, height } = sizeOf(cutting);
  const { default: sharp } = await import("sharp");
  return (sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } }) as Sharp)
    .extract(region)
    .resize(width, height, { fit: "cover" })
    .webp({ quality: 76 })
    .toBuffer();
}

/** Its pixels. */
function sizeOf(cutting: Cutting): { readonly width: number; readonly height: number } {
  const { photo, face, width, height } = cutting;
  if (face !== undefined) return { width, height: width };
  if (height === undefined) return { width, height: Math.round(width / ASPECT) };
  const scale = Math.min(1, height / photo.height);
  const high = Math.max(1, Math.round(photo.height * scale));
  return { width: Math.max(1, Math.min(width, Math.round(photo.width * scale))), height: high };
}

/** The part of the photo that is shown, in its pixels. */
function windowOf(cutting: Cutting): Box {
  const { photo, face, focus = [], height: most } = cutting;
  if (face !== undefined) {
    const side = Math.min(photo.width, photo.height, AROUND * Math.max(face.width, face.height));
    return inside(photo, { x: face.x + face.width / 2, y: face.y + face.height / 2 }, side, side);
  }
  const own = most === undefined ? undefined : sizeOf(cutting);
  const aspect = own === undefined ? ASPECT : Math.max(own.width / own.height, 1 / photo.height);
  const width = Math.min(photo.width, photo.height * aspect);
  const height = Math.min(photo.height, photo.width / aspect);
  const middle = { x: photo.width / 2, y: photo.height / 2 };
  if (focus.length === 0) return inside(photo, middle, width, height);
  const ends = (low: (box: Box) => number, high: (box: Box) => number) => (Math.min(...focus.map(low)) + Math.max(...focus.map(high))) / 2;
  const x = ends(
    (box) => box.x,
    (box) => box.x + box.width,
  );
  const y = ends(
    (box) => box.y,
    (box) => box.y + box.height,
  );
  return inside(photo, { x, y: y + 0.08 * height }, width, height); // faces a little above the middle
}

function inside(photo: CutPhoto, center: { readonly x: number; readonly y: number }, width: number, height: number): Box {
  const place = (middle: number, size: number, all: number) => Math.max(0, Math.min(all - size, middle - size / 2));
  return { x: place(center.x, width, photo.width), y: place(center.y, height, photo.height), width, height };
}
