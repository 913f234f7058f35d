import { type MarkerShape, markerPath } from "@semblant/answers/internals";

/** How the points of one group look: a colour as 0xRRGGBB, and a shape. */
export interface PointStyle {
  readonly color: number;
  readonly shape: MarkerShape;
}

/** A shape at one size and one place between pixels: which pixels it covers, and how much of each, 0 to 255. */
export interface Sprite {
  /** Side of the square of pixels. */
  readonly side: number;
  readonly coverage: Uint8Array;
}

/** Places between two pixels that are told apart, along each axis: so points do not jump when one zooms. */
export const PHASES = 4;

/** A shape at every place between pixels: sprite `py * PHASES + px`. Its middle lies at pixel `side / 2` plus the phase. */
export type SpriteMaker = (shape: MarkerShape, radius: number) => Sprite[];

/** Draws shapes by the browser's own canvas, from the one place where they stand. */
export function canvasSprites(): SpriteMaker {
  const kept = new Map<string, Sprite[]>();
  return (shape, radius) => {
    const key = `${shape} ${radius}`;
    const there = kept.get(key);
    if (there !== undefined) return there;
    if (kept.size > 400) kept.clear();
    const made = draw(shape, radius);
    kept.set(key, made);
    return made;
  };
}

function draw(shape: MarkerShape, radius: number): Sprite[] {
  const side = 2 * Math.ceil(1.5 * radius + 1);
  const context = new OffscreenCanvas(side * PHASES, side * PHASES).getContext("2d", { willReadFrequently: true });
  if (context === null) throw new Error("This browser draws nothing off the screen.");
  for (let phase = 0; phase < PHASES * PHASES; phase++) {
    const [px, py] = [phase % PHASES, Math.floor(phase / PHASES)];
    context.fill(new Path2D(markerPath(shape, side * (px + 0.5) + px / PHASES, side * (py + 0.5) + py / PHASES, radius)));
  }
  return Array.from({ length: PHASES * PHASES }, (_, phase) => {
    const { data } = context.getImageData(side * (phase % PHASES), side * Math.floor(phase / PHASES), side, side);
    return { side, coverage: Uint8Array.from({ length: side * side }, (_, i) => data[4 * i + 3] as number) };
  });
}
