import type { Random } from "@semblant/core";
import { type Affine, compose, cornerShift, mirror, type Offset, rotation, scaling, translation } from "./affine.ts";

/** How far images are moved about. Every range is drawn from uniformly. */
export interface Geometry {
  /** Magnification, from and to; 1 leaves the size alone. */
  readonly zoom: readonly [number, number];
  /** Share of the images that are turned, shifted and skewed, 0 to 1. */
  readonly moved: number;
  /** Largest turn to either side, in degrees. */
  readonly rotation: number;
  /** Largest shift to either side, as a share of the image. */
  readonly shift: number;
  /** Largest shift of each of three corners, as a share of the image: an affine skew. */
  readonly corners: number;
  /** Share of the images that are mirrored left to right, 0 to 1. */
  readonly mirrored: number;
  /** Pixels by which the canvas is larger than the part cut from it at random. */
  readonly margin: number;
  /** Pixels by which that part may lie outside the canvas. */
  readonly outside: number;
}

/** Nothing moves. */
export const still: Geometry = { zoom: [1, 1], moved: 0, rotation: 0, shift: 0, corners: 0, mirrored: 0, margin: 0, outside: 0 };

/**
 * One map for one image, all of its moves in one, so that pixels are interpolated once: canvas (larger than the
 * network's input by the margin), zoom, turn, shift, skew, mirror, and a random part of the canvas at its own scale.
 *
 * @param size of the network's input, in pixels
 */
export function drawMap(random: Random, geometry: Geometry, size: number): Affine {
  const { zoom, moved, rotation: degrees, shift, corners, mirrored, margin, outside } = geometry;
  const canvas = size + margin;
  const within = (limit: number) => random.uniform(-limit, limit);
  const offset = (): Offset => [2 * within(corners), 2 * within(corners)];

  // Maps run from output to input, so that the last move of the list is the innermost map.
  let map = scaling(1 / random.uniform(...zoom));
  if (random.uniform() < moved) {
    const turn = rotation((-within(degrees) * Math.PI) / 180);
    const move = translation(-2 * within(shift), -2 * within(shift));
    map = compose(map, compose(turn, compose(move, cornerShift(offset(), offset(), offset()))));
  }
  if (random.uniform() < mirrored) map = compose(map, mirror);
  const place = () => (2 * (random.integer(margin + 2 * outside + 1) - outside - margin / 2)) / canvas;
  return compose(map, compose(translation(place(), place()), scaling(size / canvas)));
}
