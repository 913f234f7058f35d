/** A part of a picture, in its pixels. */
export interface Part {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** The square around a face with some of its surroundings, within the picture as far as it can be. */
export function partAround({ x, y, width, height }: Extent & { readonly x: number; readonly y: number }, picture: Extent): Part {
  const side = Math.min(1.4 * Math.max(width, height), Math.max(picture.width, picture.height));
  const within = (middle: number, whole: number) =>
    side >= whole ? (whole - side) / 2 : Math.min(Math.max(middle - side / 2, 0), whole - side);
  return { x: within(x + width / 2, picture.width), y: within(y + height / 2, picture.height), side };
}

const sides = [640, 1024, 1600, 2560, 4096];

/** How large the picture is asked for, so that a part of it is as sharp as the screen can show. */
export function sideFor({ side }: Part, picture: Extent, pixels: number): number | "full" {
  const longer = Math.max(picture.width, picture.height);
  const wanted = Math.min(longer, (longer * pixels) / side);
  return sides.find((one) => one >= wanted) ?? "full";
}
