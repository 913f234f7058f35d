import { invalidOption } from "@semblant/core/internals";
import type { Region } from "./region.ts";

/**
 * Which part of a picture is taken:
 *
 * - `auto`: the face, wherever the source does not come as faces: its face boxes, or the face that is found
 * - `detect`: the face that is found in each picture and turned upright, as in photos
 * - `source`: what the source says (its face boxes, CelebA's middle square), and all of it where the source says nothing
 * - `whole`: all of it
 * - left, top, width and height as shares of the picture, for instance `0.2,0.25,0.6,0.6`
 */
export type Crop = "auto" | "detect" | "source" | "whole" | `${number},${number},${number},${number}`;

/**
 * What a source's pictures hold: faces that were cut out already; heads, or whole photos; or photos of which the source
 * says where the face is.
 */
export type PictureKind = "faces" | "heads" | "boxed photos";

/** The part of a picture that is taken: a region; the face that is found in it; or all of it. */
export type Part = Region | "face" | undefined;

/** What a setting or option `crop` may be, as an error says it. */
export const cropExpected = "auto, detect, source, whole, or left,top,width,height as shares of the picture, like 0.2,0.25,0.6,0.6";

/** Whether it is a {@link Crop}: four shares lie in the picture and have an area. */
export function isCrop(value: unknown): value is Crop {
  return (
    value === "auto" ||
    value === "detect" ||
    value === "source" ||
    value === "whole" ||
    (typeof value === "string" && sharesOf(value) !== undefined)
  );
}

/**
 * The part of a picture that a crop takes.
 *
 * @param of what the source's pictures hold, and where it says that the face is, if it does
 * @throws OptionError if the crop is none
 *
 * @example
 * partOf("readDataset", "0.25,0,0.5,1", { pictures: "faces" }); // { left: 0.25, top: 0, width: 0.5, height: 1, unit: "share" }
 * partOf("readDataset", "auto", { pictures: "heads" }); // "face"
 * partOf("readDataset", "auto", { pictures: "faces" }); // undefined
 */
export function partOf(
  where: string,
  crop: Crop,
  { pictures, own }: { readonly pictures: PictureKind; readonly own?: Region | undefined },
): Part {
  if (crop === "whole") return undefined;
  if (crop === "source") return own;
  if (crop === "detect") return "face";
  if (crop === "auto") return pictures === "heads" || (pictures === "boxed photos" && own === undefined) ? "face" : own;
  const shares = sharesOf(crop);
  if (shares === undefined) throw invalidOption(where, "crop", cropExpected, crop);
  return shares;
}

function sharesOf(text: string): Region | undefined {
  const parts = text.split(",");
  const [left, top, width, height] = parts.map((part) => (part.trim() === "" ? Number.NaN : Number(part))) as [
    number,
    number,
    number,
    number,
  ];
  const fits = left >= 0 && top >= 0 && width > 0 && height > 0 && left + width <= 1 + 1e-9 && top + height <= 1 + 1e-9;
  return parts.length === 4 && fits ? { left, top, width, height, unit: "share" } : undefined;
}
