import { resolve } from "node:path";
import type { PhotoRecord } from "@semblant/answers";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import type { Box, Picture } from "@semblant/faces";
import type { Sharp } from "sharp";
import { fileBytes } from "../pictures/file-bytes.ts";

/** A small picture to be cut from a photo: a face with what is around it, or the photo itself, three quarters as high as wide. */
export interface Cutting {
  readonly photo: PhotoRecord;
  /** In pixels of the photo. */
  readonly face?: Box;
  /** Faces that the cut photo is to keep in sight. */
  readonly focus?: readonly Box[];
  /** Its width in pixels. */
  readonly width: number;
}

/** One photo's cuttings are made. */
export interface CuttingStep {
  readonly done: number;
  readonly total: number;
}

/** What a face's square shows, as a multiple of its box. */
const AROUND = 1.5;
/** Wider than high by this. */
const ASPECT = 4 / 3;

/**
 * Small pictures as WebP in data URIs, a photo at a time: each is decoded once, as small as its cuttings allow. Photos are only read, and
 * nothing of their metadata is kept. A generator that yields one record per photo and returns the pictures in the order
 * asked for; undefined where a photo cannot be read any more, and for those after the first `most`.
 *
 * @param root the folder that photos' paths start from
 * @param options.most pictures that are cut, so that a sheet stays small (600)
 * @throws OptionError if `most` is not a whole number from 0, or an option is unknown
 */
export async function* cutThumbnails(
  root: string,
  cuttings: readonly Cutting[],
  options: { readonly most?: number } = {},
): AsyncGenerator<CuttingStep, (string | undefined)[]> {
  refuseUnknown("cutThumbnails", options, ["most"]);
  const { most = 600 } = options;
  if (!(Number.isInteger(most) && most >= 0)) throw invalidOption("cutThumbnails", "most", "a whole number from 0", most);
  const uris: (string | undefined)[] = cuttings.map(() => undefined);
  const byPhoto = new Map<number, number[]>();
  for (let i = 0; i < Math.min(most, cuttings.length); i++) {
    const { photo } = cuttings[i] as Cutting;
    byPhoto.set(photo.id, [...(byPhoto.get(photo.id) ?? []), i]);
  }
  const total = byPhoto.size;
  let done = 0;
  for (const [, rows] of byPhoto) {
    const own = rows.map((row) => cuttings[row] as Cutting);
    try {
      const picture = await decode(root, own);
      for (const [i, row] of rows.entries()) uris[row] = await cut(picture, own[i] as Cutting);
    } catch {} // a photo that went away since it was indexed is a gap in the sheet, which says so
    yield { done: ++done, total };
  }
  return uris;
}

/** The photo, upright, as small as the greatest enlargement among its cuttings allows. */
async function decode(root: string, cuttings: readonly Cutting[]): Promise<Picture> {
  const [{ photo }] = cuttings as [Cutting];
  const path = resolve(root, photo.path);
  const scale = Math.min(1, Math.max(...cuttings.map((cutting) => cutting.width / windowOf(cutting).width)));
  const width = Math.max(1, Math.ceil(photo.width * scale));
  try {
    const { openPicture } = await import("../pictures/open-picture.ts");
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
  const { readPhoto } = await import("../pictures/read-photo.ts");
  return readPhoto(path);
}

async function cut(picture: Picture, cutting: Cutting): Promise<string> {
  const { photo, width } = cutting;
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
  const height = cutting.face ? width : Math.round(width / ASPECT);
  const sharp = await loadSharp();
  const webp = await (sharp(picture.data, { raw: { width: picture.width, height: picture.height, channels: 3 } }) as Sharp)
    .extract(region)
    .resize(width, height, { fit: "cover" })
    .webp({ quality: 76 })
    .toBuffer();
  return `data:image/webp;base64,${webp.toString("base64")}`;
}

/** The part of the photo that is shown, in its pixels. */
function windowOf({ photo, face, focus = [] }: Cutting): Box {
  if (face !== undefined) {
    const side = Math.min(photo.width, photo.height, AROUND * Math.max(face.width, face.height));
    return inside(photo, { x: face.x + face.width / 2, y: face.y + face.height / 2 }, side, side);
  }
  const width = Math.min(photo.width, photo.height * ASPECT);
  const height = Math.min(photo.height, photo.width / ASPECT);
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

function inside(photo: PhotoRecord, center: { readonly x: number; readonly y: number }, width: number, height: number): Box {
  const place = (middle: number, size: number, all: number) => Math.max(0, Math.min(all - size, middle - size / 2));
  return { x: place(center.x, width, photo.width), y: place(center.y, height, photo.height), width, height };
}

async function loadSharp(): Promise<typeof import("sharp").default> {
  return (await import("sharp")).default;
}
