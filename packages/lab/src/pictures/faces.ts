import { ShapeError } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import type { Html } from "@semblant/photos/internals";
import { image } from "./figure.ts";

/** A face in its place: which one, and its upper left corner and side in points. */
export interface PlacedFace {
  readonly set: LabeledImages;
  readonly row: number;
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** More pixels to the inch than this show on no paper. */
const mostResolution = 450;
const quality = 90;

/**
 * Faces in their places. The most that share a set and a side become one embedded JPEG, white between them, so that a picture of a
 * thousand faces stays small; it comes first, and the others, which may stand in its gaps, each on its own after it.
 *
 * @throws ShapeError if a row is not one of its set's
 */
export async function placedFaces(faces: readonly PlacedFace[]): Promise<Html[]> {
  const alike: PlacedFace[][] = [];
  for (const face of faces) {
    refuseRow(face.set, face.row);
    const group = alike.find(([first]) => first?.set === face.set && first.side === face.side);
    if (group === undefined) alike.push([face]);
    else group.push(face);
  }
  const [most = [], ...others] = alike.sort((a, b) => b.length - a.length);
  return Promise.all([most, ...others.flat().map((face) => [face])].filter((group) => group.length > 0).map(sheet));
}

/** Faces of one set and side on one image that just covers them. */
async function sheet(faces: readonly PlacedFace[]): Promise<Html> {
  const [{ set, side }] = faces as readonly [PlacedFace];
  const { width: w, height: h, channels } = set.images;
  const [left, top] = [Math.min(...faces.map(({ x }) => x)), Math.min(...faces.map(({ y }) => y))];
  const tiles = faces.map(({ row, x, y }) => ({ row, x: Math.round(((x - left) * w) / side), y: Math.round(((y - top) * h) / side) }));
  const [width, height] = [Math.max(...tiles.map(({ x }) => x)) + w, Math.max(...tiles.map(({ y }) => y)) + h];
  const pixels = new Uint8Array(width * height * channels).fill(255);
  const face = new Uint8Array(w * h * channels);
  for (const { row, x, y } of tiles) {
    set.images.gather([row], face);
    for (let line = 0; line < h; line++) {
      pixels.set(face.subarray(line * w * channels, (line + 1) * w * channels), ((y + line) * width + x) * channels);
    }
  }
  const { default: sharp } = await import("sharp");
  const most = Math.ceil((((width * side) / w) * mostResolution) / 72);
  const jpeg = await sharp(pixels, { raw: { width, height, channels: channels === 3 ? 3 : 1 } })
    .resize({ width: most, withoutEnlargement: true })
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .jpeg({ quality, chromaSubsampling: "4:4:4" })
    .toBuffer();
  const place = { x: left, y: top, width: (width * side) / w, height: (height * side) / h };
  return image(place, `data:image/jpeg;base64,${jpeg.toString("base64")}`);
}

function refuseRow({ images }: LabeledImages, row: number): void {
  if (Number.isInteger(row) && row >= 0 && row < images.count) return;
  throw new ShapeError(`pictures: expected rows from 0 to ${images.count - 1}, one for each image, but got ${row}.`);
}
