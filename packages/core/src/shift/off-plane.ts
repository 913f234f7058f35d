import type { Embeddings } from "../embeddings/embeddings.ts";
import type { SubclassGaussians } from "../gaussians/subclass-gaussians.ts";

/** Where rows lie on average, and how far about it. */
export interface OffPlane {
  /** Rows that were looked at: those without NaN. */
  readonly rows: number;
  /** (columns) */
  readonly center: Float64Array;
  /** Mean squared distance from the center. */
  readonly spread: number;
}

/**
 * Where rows lie from the mean of the class that they are named, off the plane through all the means. Which class a row is of, and how
 * strongly, moves it within the plane; light, lens, framing and people move it off it too. So faces that all smile are not unlike others.
 *
 * @param named (rows): the class of each row, or −1 for one that is left out
 */
export function offPlane(X: Embeddings, named: ArrayLike<number>, gaussians: SubclassGaussians): OffPlane {
  const { columns } = X;
  const means = classMeans(gaussians);
  const plane = planeThrough(means, columns);
  const center = new Float64Array(columns);
  const x = new Float64Array(columns);
  let [rows, square] = [0, 0];
  for (let i = 0; i < X.rows; i++) {
    const mean = means[named[i] as number];
    if (mean === undefined) continue;
    for (let d = 0; d < columns; d++) x[d] = (X.values[i * columns + d] as number) - (mean[d] as number);
    for (const axis of plane) takeOff(x, axis);
    rows++;
    for (let d = 0; d < columns; d++) {
      center[d] = (center[d] as number) + (x[d] as number);
      square += (x[d] as number) ** 2;
    }
  }
  if (rows === 0) return { rows, center, spread: 0 };
  for (let d = 0; d < columns; d++) center[d] = (center[d] as number) / rows;
  return { rows, center, spread: Math.max(0, square / rows - squareOf(center)) };
}

export const squareOf = (x: ArrayLike<number>): number => Array.from(x).reduce((sum, value) => sum + value ** 2, 0);

/** (classes): the mean of each, of its sub-classes by their priors; undefined for a class without any. */
function classMeans({ gaussians, parents, classes, columns }: SubclassGaussians): (Float64Array | undefined)[] {
  return Array.from({ length: classes }, (_, c) => {
    const own = [...parents.keys()].filter((s) => parents[s] === c && (gaussians.priors[s] as number) > 0);
    const weight = own.reduce((sum, s) => sum + (gaussians.priors[s] as number), 0);
    if (own.length === 0) return undefined;
    const part = (s: number, d: number) => (gaussians.priors[s] as number) * (gaussians.means[s * columns + d] as number);
    return Float64Array.from({ length: columns }, (_, d) => own.reduce((sum, s) => sum + part(s, d), 0) / weight);
  });
}

/** Axes of length 1 at right angles that span the differences between the means. */
function planeThrough(means: readonly (Float64Array | undefined)[], columns: number): Float64Array[] {
  const known = means.filter((mean) => mean !== undefined);
  const [first, ...others] = known;
  const axes: Float64Array[] = [];
  for (const mean of others) {
    const x = Float64Array.from({ length: columns }, (_, d) => (mean[d] as number) - (first?.[d] as number));
    const before = squareOf(x);
    for (const axis of axes) takeOff(x, axis);
    const after = squareOf(x);
    if (after > 1e-6 * before) axes.push(x.map((value) => value / Math.sqrt(after)));
  }
  return axes;
}

function takeOff(x: Float64Array, axis: Float64Array): void {
  let along = 0;
  for (let d = 0; d < x.length; d++) along += (x[d] as number) * (axis[d] as number);
  for (let d = 0; d < x.length; d++) x[d] = (x[d] as number) - along * (axis[d] as number);
}
