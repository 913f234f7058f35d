import type { ScoredBox } from "../face.ts";
import type { Box } from "../picture.ts";

/** The area that two boxes share. */
export function sharedArea(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

/**
 * How far two boxes are the same, 0 to 1: the area they share by the area they cover together.
 *
 * @example
 * intersectionOverUnion({ x: 0, y: 0, width: 2, height: 2 }, { x: 1, y: 0, width: 2, height: 2 }); // 0.3333333333333333
 */
export function intersectionOverUnion(a: Box, b: Box): number {
  const shared = sharedArea(a, b);
  return shared === 0 ? 0 : shared / (a.width * a.height + b.width * b.height - shared);
}

/** Two boxes are one face from this overlap on, or where one lies in the other to that part. */
const sameOverlap = 0.3;
const sameContained = 0.65;

/** Whether two boxes are of one face, or one of a part of the other's. */
export function isSameFace(a: Box, b: Box): boolean {
  const smaller = Math.min(a.width * a.height, b.width * b.height);
  return intersectionOverUnion(a, b) > sameOverlap || sharedArea(a, b) > sameContained * smaller;
}

/**
 * One box a face: the surest first, and each other that is not the same face as one before it.
 *
 * @example
 * const box = { x: 0, y: 0, width: 10, height: 10 };
 * oneBoxAFace([{ box, score: 0.8 }, { box: { ...box, x: 1 }, score: 0.9 }]).map(({ score }) => score); // [0.9]
 */
export function oneBoxAFace(found: readonly ScoredBox[]): ScoredBox[] {
  const kept: ScoredBox[] = [];
  for (const one of [...found].sort((a, b) => b.score - a.score)) {
    if (!kept.some(({ box }) => isSameFace(box, one.box))) kept.push(one);
  }
  return kept;
}
