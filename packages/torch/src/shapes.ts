import { ShapeError } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";

/** Sizes, outermost first: (batch, channels, height, width). */
export type Shape = readonly number[];

/** A shape as messages show it: `(2, 3)`. */
export const shown = (shape: Shape): string => `(${shape.join(", ")})`;

/** Whether two shapes broadcast: aligned at the right, sizes are equal or one of them is 1. */
export function broadcasts(a: Shape, b: Shape): boolean {
  for (let i = 1; i <= Math.min(a.length, b.length); i++) {
    const [m, n] = [a.at(-i), b.at(-i)];
    if (m !== n && m !== 1 && n !== 1) return false;
  }
  return true;
}

/** The complaint about two shapes that do not broadcast. */
export const unfit = (where: string, a: Shape, b: Shape): ShapeError =>
  new ShapeError(`${where}: shapes ${shown(a)} and ${shown(b)} do not broadcast.`);

/** Refuses a dimension that a tensor of that shape does not have; negative ones count from the end. */
export function checkDim(where: string, dim: number, shape: Shape): void {
  const rank = Math.max(shape.length, 1);
  if (Number.isInteger(dim) && dim >= -rank && dim < rank) return;
  throw new ShapeError(`${where}: expected dim to be from ${-rank} to ${rank - 1} for shape ${shown(shape)}, but got ${dim}.`);
}

/** Refuses a tensor of another rank. `layout` names the dimensions: "(batch, channels, height, width)". */
export function checkRank(where: string, name: string, layout: string, shape: Shape): void {
  if (shape.length === layout.split(",").length) return;
  throw new ShapeError(`${where}: expected ${name} to be ${layout}, but got ${shown(shape)}.`);
}

/** Refuses sizes that are not whole numbers from 0. */
export function checkShape(where: string, shape: Shape): void {
  for (const size of shape)
    if (!Number.isSafeInteger(size) || size < 0) throw invalidOption(where, "shape", "whole numbers from 0", [...shape]);
}

/** How many elements a shape has. */
export const sizeOf = (shape: Shape): number => shape.reduce((product, size) => product * size, 1);
