import { pushApart } from "../pictures/map-layout.ts";
import type { ClassPlane } from "./class-plane.ts";

/** Of a letter of the names, bold at 13 pixels, and of a line of them: pixels. */
const letter = 8;
const line = 17;

/** What a chart of the plane shows along x and y, and where the names of the classes stand in it. */
export interface NamePlaces {
  readonly domains: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
  readonly names: readonly { readonly x: number; readonly y: number; readonly name: string }[];
}

/** Each class's name at its mean, moved up or down where it would cover another in a chart of this many pixels. */
export function namePlaces({ points, means, ellipses }: ClassPlane, frame: { width: number; height: number }): NamePlaces {
  const shown = [...points, ...means, ...ellipses];
  const domains = { x: extent(shown.map(({ x }) => x)), y: extent(shown.map(({ y }) => y)) };
  const scale = { x: frame.width / (domains.x[1] - domains.x[0]), y: frame.height / (domains.y[1] - domains.y[0]) };
  const boxes = means.map(({ x, y, name }) => ({
    x: (x - domains.x[0]) * scale.x,
    y: (y - domains.y[0]) * scale.y,
    width: letter * name.length,
    height: line,
    name,
  }));
  const names = pushApart(boxes, frame).map(({ x, y, name }) => ({ x: domains.x[0] + x / scale.x, y: domains.y[0] + y / scale.y, name }));
  return { domains, names };
}

/** From the least to the greatest, with a little room; a unit about a single value. */
function extent(values: readonly number[]): [number, number] {
  const [least, greatest] = values.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as [number, number]);
  if (!(greatest > least)) return Number.isFinite(least) ? [least - 0.5, least + 0.5] : [0, 1];
  const room = 0.03 * (greatest - least);
  return [least - room, greatest + room];
}
