import type { Picture } from "../picture.ts";

/** Up to this side a square picture is taken for a face that was cut already, as data sets of faces have them. */
const cropSide = 64;

/** Whether a picture is a face that was cut already: it is not searched for any. */
export function isFaceAlready({ width, height }: Pick<Picture, "width" | "height">): boolean {
  return width === height && width <= cropSide;
}
