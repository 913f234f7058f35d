import type { Point } from "./view.ts";

/** The Gaussian of a class' points on the map, as the ellipse that is drawn. */
export interface Ellipse {
  /** The mean. */
  readonly x: number;
  readonly y: number;
  /** Half axes, the longer first. */
  readonly long: number;
  readonly short: number;
  /** Of the long axis against the map's x, in radians. */
  readonly angle: number;
  readonly rows: number;
}

/** Standard deviations at which a Gaussian in the plane holds two of three of its points: √(−2 ln ⅓). */
const HELD = Math.sqrt(2 * Math.log(3));

/**
 * The mean and covariance of each group's points, as ellipses that hold two thirds of a Gaussian; `undefined` for a group of fewer than
 * three points, or of points on one spot. Both are of the map alone: t-SNE keeps neighbourhoods, not the spread of a class.
 *
 * @param groups of each row, its group; those from `count` on are left out
 */
export function ellipsesOf(positions: Float32Array, groups: Uint8Array, count: number): (Ellipse | undefined)[] {
  const [n, x, y, xx, xy, yy] = Array.from({ length: 6 }, () => new Float64Array(256)) as [Sums, Sums, Sums, Sums, Sums, Sums];
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] as number;
    const [u, v] = [positions[2 * row] as number, positions[2 * row + 1] as number];
    n[group] = (n[group] as number) + 1;
    x[group] = (x[group] as number) + u;
    y[group] = (y[group] as number) + v;
    xx[group] = (xx[group] as number) + u * u;
    xy[group] = (xy[group] as number) + u * v;
    yy[group] = (yy[group] as number) + v * v;
  }
  return Array.from({ length: count }, (_, group) => {
    const rows = n[group] as number;
    if (rows < 3) return undefined;
    const mean = (sums: Sums) => (sums[group] as number) / rows;
    const [mx, my] = [mean(x), mean(y)];
    return fromMoments(rows, { x: mx, y: my }, [mean(xx) - mx * mx, mean(xy) - mx * my, mean(yy) - my * my]);
  });
}

type Sums = Float64Array;

function fromMoments(rows: number, { x, y }: Point, [xx, xy, yy]: readonly [number, number, number]): Ellipse | undefined {
  const middle = (xx + yy) / 2;
  const half = Math.hypot((xx - yy) / 2, xy);
  if (!(middle + half > 0)) return undefined;
  return {
    x,
    y,
    long: HELD * Math.sqrt(middle + half),
    short: HELD * Math.sqrt(Math.max(middle - half, 0)),
    angle: Math.atan2(2 * xy, xx - yy) / 2,
    rows,
  };
}
