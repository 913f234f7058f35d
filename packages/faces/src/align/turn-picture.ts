import type { Box, Picture, Point } from "../picture.ts";

/** Quarters of a turn, clockwise. */
export type Quarter = 0 | 1 | 2 | 3;

type Extent = Pick<Picture, "width" | "height">;

/**
 * A picture turned by quarters, clockwise: the same pixels in other places.
 *
 * @example
 * turnPicture({ width: 2, height: 1, data: Uint8Array.of(1, 1, 1, 9, 9, 9) }, 2).data; // Uint8Array [9, 9, 9, 1, 1, 1]
 */
export function turnPicture(picture: Picture, quarter: Quarter): Picture {
  if (quarter === 0) return picture;
  const { width, height, data } = picture;
  const [wide, high] = quarter === 2 ? [width, height] : [height, width];
  const turned = new Uint8Array(data.length);
  // Where the pixel at 0, 0 of the turned picture comes from, and how far its neighbours to the right and below lie from there.
  const [first, right, down] = (
    {
      1: [(height - 1) * width, -width, 1],
      2: [height * width - 1, -1, -width],
      3: [width - 1, width, -1],
    } as const
  )[quarter];
  let to = 0;
  for (let y = 0; y < high; y++) {
    let from = 3 * (first + y * down);
    for (let x = 0; x < wide; x++, from += 3 * right, to += 3) {
      turned[to] = data[from] as number;
      turned[to + 1] = data[from + 1] as number;
      turned[to + 2] = data[from + 2] as number;
    }
  }
  return { width: wide, height: high, data: turned };
}

/**
 * The place in a picture of a point of the same picture turned by quarters.
 *
 * @param extent of the picture, before it was turned
 *
 * @example
 * turnedBack({ x: 1, y: 0 }, { width: 10, height: 4 }, 1); // { x: 0, y: 3 }
 */
export function turnedBack({ x, y }: Point, { width, height }: Extent, quarter: Quarter): Point {
  if (quarter === 1) return { x: y, y: height - x };
  if (quarter === 2) return { x: width - x, y: height - y };
  return quarter === 3 ? { x: width - y, y: x } : { x, y };
}

/** The box in a picture of a box of the same picture turned by quarters. */
export function boxTurnedBack({ x, y, width, height }: Box, extent: Extent, quarter: Quarter): Box {
  const [a, b] = [turnedBack({ x, y }, extent, quarter), turnedBack({ x: x + width, y: y + height }, extent, quarter)];
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

/** The direction in a picture that points right once it is turned by quarters: along the upper edge of what is upright then. */
export function alongOf(quarter: Quarter): Point {
  return (
    [
      { x: 1, y: 0 },
      { x: 0, y: -1 },
      { x: -1, y: 0 },
      { x: 0, y: 1 },
    ] as const
  )[quarter];
}

/** The quarters by which a picture is to be turned, clockwise, so that a direction in it points to the right, as nearly as may be. */
export function quarterOf({ x, y }: Point): Quarter {
  if (Math.abs(x) >= Math.abs(y)) return x >= 0 ? 0 : 2;
  return y >= 0 ? 3 : 1;
}
