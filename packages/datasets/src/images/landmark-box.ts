import type { Region } from "./region.ts";

/** How much larger than the points the square is: they end at the brows, and a face has a forehead. */
const margin = 1.25;

/**
 * A square around a face, from its 68 landmarks (a line each: x and y in pixels): a quarter larger than the points, and as much of that
 * quarter above them as below and at the sides together, so that the forehead is in. Undefined if the text is not 68 pairs.
 *
 * @example
 * const points = Array.from({ length: 68 }, (_, i) => `${100 + 80 * (i % 2)} ${50 + 100 * (i > 33)}`).join("\n");
 * faceOfLandmarks(points); // { left: 77.5, top: 31.25, width: 125, height: 125, unit: "pixels" }
 */
export function faceOfLandmarks(text: string): Region | undefined {
  const points = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/).map(Number));
  if (points.length !== 68 || !points.every((point) => point.length === 2 && point.every(Number.isFinite))) return undefined;
  const [xs, ys] = [points.map((point) => point[0] as number), points.map((point) => point[1] as number)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const inner = Math.max(right - left, bottom - top);
  const side = margin * inner;
  const above = 0.75 * (side - inner);
  return { left: (left + right - side) / 2, top: bottom - inner - above, width: side, height: side, unit: "pixels" };
}
