import { DataError } from "@semblant/core";

/** A rectangle of a picture: in pixels from its top left corner, or as shares of its width and height from 0 to 1. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly unit: "pixels" | "share";
}

/**
 * The whole pixels of a picture that a region names, cut off at the picture's borders.
 *
 * @param width of the picture
 * @param height of the picture
 * @throws DataError if less than half of the region lies in the picture, or it has no area; the message starts with a small letter
 *
 * @example
 * pixelsOf({ left: 30, top: 30, width: 118, height: 158, unit: "pixels" }, 178, 218); // { left: 30, top: 30, width: 118, height: 158 }
 * pixelsOf({ left: 0.25, top: 0, width: 0.5, height: 1, unit: "share" }, 100, 40); // { left: 25, top: 0, width: 50, height: 40 }
 */
export function pixelsOf(region: Region, width: number, height: number): { left: number; top: number; width: number; height: number } {
  const [across, down] = region.unit === "share" ? [width, height] : [1, 1];
  const asked = [region.left * across, region.top * down, region.width * across, region.height * down] as const;
  const [left, right] = [Math.max(0, Math.round(asked[0])), Math.min(width, Math.round(asked[0] + asked[2]))];
  const [top, bottom] = [Math.max(0, Math.round(asked[1])), Math.min(height, Math.round(asked[1] + asked[3]))];
  const inside = Math.max(0, right - left) * Math.max(0, bottom - top);
  if (inside > 0 && inside >= 0.5 * asked[2] * asked[3]) return { left, top, width: right - left, height: bottom - top };
  const [x, y, w, h] = asked.map((value) => Math.round(value));
  throw new DataError(`expected a box inside the picture of ${width} x ${height}, but got one of ${w} x ${h} at ${x}, ${y}.`);
}
