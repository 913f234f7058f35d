/** Scoring a face detector against boxes drawn by hand. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Box, type DetectedFace, intersectionOverUnion } from "@semblant/faces";
import { type Photo, readPhoto } from "@semblant/photos";

const root = resolve(import.meta.dirname, "..");
export const groupPhotos = resolve(root, "../shared/photos/groups");
export const havePhotos = existsSync(groupPhotos);

/** A face; one too blurred or hidden to say; or, where a crowd is too large to draw, a region outside which nothing was marked. */
type Kind = "face" | "unclear" | "region";
interface Marked {
  readonly kind: Kind;
  /** Fractions of the picture's width and height. */
  readonly box: Box;
}
export interface MarkedPhoto {
  readonly file: string;
  /** Thresholds are chosen on one half of the photos, and scored on the other. */
  readonly half: "chosen" | "scored";
  readonly marked: readonly Marked[];
}

/** The 30 group photos' boxes, of packages/semblant/src/photos/fixtures. */
export function readMarks(): MarkedPhoto[] {
  const text = readFileSync(join(root, "packages/photos/src/pictures/fixtures/group-photo-boxes.csv"), "utf8");
  const photos = new Map<string, { file: string; half: "chosen" | "scored"; marked: Marked[] }>();
  for (const line of text.trim().split("\n").slice(1)) {
    const [file = "", half = "", kind = "", ...numbers] = line.split(",");
    const [x = 0, y = 0, width = 0, height = 0] = numbers.map(Number);
    const photo = photos.get(file) ?? { file, half: half as "chosen" | "scored", marked: [] };
    photo.marked.push({ kind: kind as Kind, box: { x, y, width, height } });
    photos.set(file, photo);
  }
  return [...photos.values()];
}

export interface Scored {
  /** Of each marked face: square root of the box's area in pixels, and whether it was found. */
  readonly faces: readonly { readonly side: number; readonly found: boolean }[];
  /** Boxes on nothing that was marked. */
  readonly falseAlarms: readonly DetectedFace[];
}

/** Two boxes are of one face from this overlap on: people draw chins and foreheads differently. */
const sameFace = 0.3;

/** Pairs what a detector found in a photo with what was marked there, the surest first, each once. */
export function scoreDetections(
  found: readonly DetectedFace[],
  marked: readonly Marked[],
  size: { readonly width: number; readonly height: number },
): Scored {
  const pixels = marked.map(({ kind, box }) => ({
    kind,
    taken: false,
    box: { x: box.x * size.width, y: box.y * size.height, width: box.width * size.width, height: box.height * size.height },
  }));
  const regions = pixels.filter(({ kind }) => kind === "region");
  const falseAlarms: DetectedFace[] = [];
  for (const face of [...found].sort((a, b) => b.score - a.score)) {
    const [best] = pixels
      .filter((mark) => mark.kind !== "region" && !mark.taken)
      .map((mark) => ({ mark, overlap: intersectionOverUnion(mark.box, face.box) }))
      .sort((a, b) => b.overlap - a.overlap);
    if (best !== undefined && best.overlap >= sameFace) best.mark.taken = true;
    else if (regions.length === 0 || regions.some(({ box }) => holds(box, face.box))) falseAlarms.push(face);
  }
  const faces = pixels
    .filter(({ kind }) => kind === "face")
    .map(({ box, taken }) => ({ side: Math.sqrt(box.width * box.height), found: taken }));
  return { faces, falseAlarms };
}

function holds(region: Box, { x, y, width, height }: Box): boolean {
  const [u, v] = [x + width / 2, y + height / 2];
  return u >= region.x && u <= region.x + region.width && v >= region.y && v <= region.y + region.height;
}

/** Scores a detector on the photos of a half, each read as the library reads it. */
export async function scorePhotos(
  half: "chosen" | "scored",
  detect: (photo: Photo) => Promise<readonly DetectedFace[]>,
): Promise<(Scored & { readonly file: string })[]> {
  const scored: (Scored & { file: string })[] = [];
  for (const { file, marked } of readMarks().filter((photo) => photo.half === half)) {
    const photo = await readPhoto(join(groupPhotos, file));
    scored.push({ file, ...scoreDetections(await detect(photo), marked, photo) });
  }
  return scored;
}
