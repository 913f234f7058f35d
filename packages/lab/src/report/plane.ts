import type { Embeddings } from "@semblant/core";
import type { ClassPlane, PlanePoint } from "./class-plane.ts";

const shownPoints = 1500;
const ellipsePoints = 48;

/**
 * The embeddings of labelled rows in the plane in which the class means lie farthest apart: the first two principal axes of the
 * means, each class counting once. For classes of one round width, as the loss has them, this is Fisher's discriminant plane.
 * Ellipses are those of each class's projected embeddings, at 1 and 2 standard deviations.
 */
export function classPlane(X: Embeddings, classes: readonly string[]): ClassPlane {
  const labels = X.labels ?? new Int32Array(X.rows);
  const rowsOf = classes.map((_, c) => finiteRows(X, labels, c));
  const present = classes.flatMap((_, c) => ((rowsOf[c] as number[]).length > 0 ? [c] : []));
  const means = present.map((c) => meanOf(X, rowsOf[c] as number[]));
  const [first, second] = principalAxes(means, X.columns);
  const project = (x: ArrayLike<number>) => ({ x: dot(x, first), y: dot(x, second) });

  const shown: PlanePoint[] = [];
  const every = Math.ceil(X.rows / shownPoints);
  for (let i = 0; i < X.rows; i += every)
    if (X.row(i).every(Number.isFinite)) shown.push({ ...project(X.row(i)), class: labels[i] as number });
  return {
    points: shown,
    means: present.map((c, k) => ({ ...project(means[k] as Float64Array), class: c, name: classes[c] as string })),
    ellipses: present.flatMap((c) => {
      const points = (rowsOf[c] as number[]).map((i) => project(X.row(i)));
      return points.length < 3 ? [] : [1, 2].flatMap((sigma) => ellipse(points, sigma).map((point) => ({ ...point, class: c, sigma })));
    }),
  };
}

function finiteRows(X: Embeddings, labels: Int32Array, c: number): number[] {
  const rows: number[] = [];
  for (let i = 0; i < X.rows; i++) if (labels[i] === c && X.row(i).every(Number.isFinite)) rows.push(i);
  return rows;
}

function meanOf(X: Embeddings, rows: readonly number[]): Float64Array {
  const mean = new Float64Array(X.columns);
  for (const i of rows) addTo(mean, X.row(i), 1 / rows.length);
  return mean;
}

/** The two directions of most spread among a handful of points, by orthogonal iteration. */
function principalAxes(points: readonly Float64Array[], columns: number): [Float64Array, Float64Array] {
  const center = new Float64Array(columns);
  for (const point of points) addTo(center, point, 1 / points.length);
  const centered = points.map((point) => point.map((value, j) => value - (center[j] as number)));
  const axes: [Float64Array, Float64Array] = [unit(columns, 0), unit(columns, Math.min(1, columns - 1))];
  for (let iteration = 0; iteration < 200; iteration++) {
    for (const k of [0, 1] as const) {
      const next = new Float64Array(columns);
      for (const point of centered) addTo(next, point, dot(point, axes[k]));
      if (k === 1) addTo(next, axes[0], -dot(next, axes[0]));
      const length = Math.sqrt(dot(next, next));
      if (length > 1e-12) axes[k] = next.map((value) => value / length);
    }
  }
  return axes;
}

/** An axis that no symmetry of the data is likely to share: mostly one coordinate, a little of all. */
function unit(columns: number, j: number): Float64Array {
  const axis = Float64Array.from({ length: columns }, (_, i) => (i === j ? 1 : 0.01 * (i + 1)));
  const length = Math.sqrt(dot(axis, axis));
  return axis.map((value) => value / length);
}

/** sum += weight · x, in place. */
function addTo(sum: Float64Array, x: ArrayLike<number>, weight: number): void {
  for (let j = 0; j < sum.length; j++) sum[j] = (sum[j] as number) + weight * (x[j] as number);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}

/** The outline at so many standard deviations, by the Cholesky factor of the 2 × 2 covariance. */
function ellipse(points: readonly { x: number; y: number }[], sigma: number): { x: number; y: number; order: number }[] {
  const n = points.length;
  const mx = points.reduce((sum, { x }) => sum + x, 0) / n;
  const my = points.reduce((sum, { y }) => sum + y, 0) / n;
  const xx = points.reduce((sum, { x }) => sum + (x - mx) ** 2, 0) / n;
  const yy = points.reduce((sum, { y }) => sum + (y - my) ** 2, 0) / n;
  const xy = points.reduce((sum, { x, y }) => sum + (x - mx) * (y - my), 0) / n;
  const a = Math.sqrt(xx);
  const b = a > 0 ? xy / a : 0;
  const c = Math.sqrt(Math.max(0, yy - b * b));
  return Array.from({ length: ellipsePoints + 1 }, (_, k) => {
    const angle = (2 * Math.PI * k) / ellipsePoints;
    const [u, v] = [sigma * Math.cos(angle), sigma * Math.sin(angle)];
    return { x: mx + a * u, y: my + b * u + c * v, order: k };
  });
}
