import { invalidOption } from "@semblant/core";
import type { Region } from "../images/region.ts";

/**
 * Which part of a picture is taken: what the source says (its face boxes, CelebA's middle square; all of it where the source
 * says nothing), `whole`, or left, top, width and height as shares of the picture, for instance `0.2,0.25,0.6,0.6`.
 */
export type Crop = "source" | "whole" | `${number},${number},${number},${number}`;

/** What a setting or option `crop` may be, as an error says it. */
export const cropExpected = "source, whole, or left,top,width,height as shares of the picture, like 0.2,0.25,0.6,0.6";

/** Whether it is a {@link Crop}: four shares lie in the picture and have an area. */
export function isCrop(value: unknown): value is Crop {
  return value === "source" || value === "whole" || (typeof value === "string" && sharesOf(value) !== undefined);
}

/**
 * The region of a picture that a crop takes, given what its source says of it; undefined for all of it.
 *
 * @throws OptionError if the crop is none
 *
 * @example
 * regionOf("readDataset", "0.25,0,0.5,1", undefined); // { left: 0.25, top: 0, width: 0.5, height: 1, unit: "share" }
 */
export function regionOf(where: string, crop: Crop, own: Region | undefined): Region | undefined {
  if (crop === "source") return own;
  if (crop === "whole") return undefined;
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
