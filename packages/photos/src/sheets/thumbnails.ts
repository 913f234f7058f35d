import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import { type Cutting, cutPicture } from "../pictures/cut-picture.ts";

export type { Cutting } from "../pictures/cut-picture.ts";

/** One photo's cuttings are made. */
export interface CuttingStep {
  readonly done: number;
  readonly total: number;
}

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
      const pictures = await cutPicture(root, own);
      for (const [i, row] of rows.entries()) uris[row] = inPage(pictures[i] as Uint8Array);
    } catch {} // a photo that went away since it was indexed is a gap in the sheet, which says so
    yield { done: ++done, total };
  }
  return uris;
}

const inPage = (webp: Uint8Array) => `data:image/webp;base64,${Buffer.from(webp).toString("base64")}`;
