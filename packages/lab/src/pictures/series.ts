import { type ClassStyle, expressionStyles, type MarkerShape, markerPath, paper, seriesColors } from "@semblant/photos/internals";

/** A value with its interval; without `low` and `high` it has none. */
export interface SeriesPoint {
  readonly x: number;
  readonly y: number;
  readonly low?: number;
  readonly high?: number;
}

/** Points of one name. */
export interface Series {
  readonly name: string;
  readonly points: readonly SeriesPoint[];
  /** What a paper printed, against which the others are held: hollow and dashed, in grey (false). */
  readonly published?: boolean;
}

/** How a series looks: no two of a picture share color, marker and dash. */
export interface SeriesStyle {
  readonly color: string;
  readonly shape: MarkerShape;
  /** Lengths drawn and left out along the line, in points. */
  readonly dash: readonly number[];
  /** Filled with paper. */
  readonly hollow: boolean;
}

const styleOf: ReadonlyMap<string, ClassStyle> = new Map(Object.entries(expressionStyles));
const order: readonly MarkerShape[] = ["circle", "square", "triangle", "diamond", "triangle down", "star"];
const dashes = [[], [4, 1.5], [1.2, 1.2], [5, 1.5, 1.2, 1.5]] as const;

/** Styles in the order of the series; one that is named as an expression has that expression's color and marker. */
export function seriesStyles(series: readonly Pick<Series, "name" | "published">[]): SeriesStyle[] {
  let [measured, printed] = [0, 0];
  return series.map(({ name, published = false }) => {
    if (published) return { color: paper.soft, shape: order[printed++ % order.length] as MarkerShape, dash: [2, 1.5], hollow: true };
    const expression = styleOf.get(name);
    if (expression !== undefined) return { ...expression, dash: [], hollow: false };
    const at = measured++;
    return {
      color: seriesColors[at % seriesColors.length] as string,
      shape: order[at % order.length] as MarkerShape,
      dash: dashes[Math.floor(at / seriesColors.length) % dashes.length] as readonly number[],
      hollow: false,
    };
  });
}

/** A marker for Vega, which takes path data within −1 and 1. */
export const vegaShape = (shape: MarkerShape): string => markerPath(shape, 0, 0, 0.9);

/**
 * Round ends for an axis that holds all values, with a little room.
 *
 * @example
 * roundRange([71.2, 88.9]); // [70, 90]
 */
export function roundRange(values: readonly number[]): [number, number] {
  const finite = values.filter(Number.isFinite);
  const [low, high] = finite.length === 0 ? [0, 1] : [Math.min(...finite), Math.max(...finite)];
  const span = high - low || Math.abs(high) || 1;
  const raw = span / 8;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) as number) * power;
  const round = (value: number) => Number((value * step).toPrecision(12));
  return [round(Math.floor((low - 0.02 * span) / step)), round(Math.ceil((high + 0.02 * span) / step))];
}
