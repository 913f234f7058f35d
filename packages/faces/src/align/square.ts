import type { Point } from "../picture.ts";

/**
 * A turned, scaled and moved square of a picture: where its corners are. `x`, `y` is the picture's place of the square's upper left
 * corner, `right` the way from there to its upper right one; down is at right angles to it.
 */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly right: Point;
}

/** The length of a square's side, in pixels of the picture. */
export const sideOf = ({ right }: Square): number => lengthOf(right);

/** The length of a way; a square root, unlike `hypot`, is the same number everywhere. */
export function lengthOf({ x, y }: Point): number {
  return Math.sqrt(x * x + y * y);
}

/** The way from one point to another, of length 1; to the right, where they are the same. */
export function directionOf(from: Point, to: Point): Point {
  const way = { x: to.x - from.x, y: to.y - from.y };
  const length = lengthOf(way);
  return length > 0 ? { x: way.x / length, y: way.y / length } : { x: 1, y: 0 };
}

/**
 * The square of a side about a center.
 *
 * @param along the direction of its upper edge, of length 1
 *
 * @example
 * squareAbout({ x: 10, y: 10 }, 4); // { x: 8, y: 8, right: { x: 4, y: 0 } }
 */
export function squareAbout(center: Point, side: number, along: Point = { x: 1, y: 0 }): Square {
  const right = { x: side * along.x, y: side * along.y };
  return { x: center.x - (right.x - right.y) / 2, y: center.y - (right.y + right.x) / 2, right };
}

/** The picture's place of a point of the square, given as parts of its side. */
export function placeIn({ x, y, right }: Square, u: number, v: number): Point {
  return { x: x + u * right.x - v * right.y, y: y + u * right.y + v * right.x };
}
