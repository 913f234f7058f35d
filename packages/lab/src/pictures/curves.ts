import { DataError } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import { paper, readable } from "@semblant/photos/internals";
import { type PrintOptions, titleHeight, widthInPoints } from "./figure.ts";
import { roundRange, type Series, type SeriesPoint, type SeriesStyle, seriesStyles, vegaShape } from "./series.ts";
import { printChart } from "./vega-chart.ts";

/** What curves show. */
export interface Curves extends PrintOptions {
  readonly series: readonly Series[];
  /** `log`: a logarithmic axis, base 2, as for K = 1, 2, 4, … (false). */
  readonly x: { readonly label: string; readonly log?: boolean };
  /** Ends of the axis, by default round ones around all values and intervals. */
  readonly y: { readonly label: string; readonly from?: number; readonly to?: number };
  /** Inches in print, 1 to 20 (0.64 of the width). */
  readonly height?: number;
}

const labelHeight = 8.5;
/** What the horizontal axis takes of the height, in points. */
const axisRoom = 30;

/**
 * Curves with their intervals as bands, as SVG text, each named at its right end instead of in a legend.
 *
 * Color, marker and, past six series, dash tell them apart. A published value is hollow, dashed and grey; one point alone is a marker
 * with an error bar.
 *
 * @param width inches in print, 2 to 20 (3.5)
 * @throws DataError if a value is not finite, or not above 0 where x is logarithmic
 * @throws OptionError if a size is out of range, there is no series with points or an option unknown
 *
 * @example
 * const svg = await curves({
 *   series: [{ name: "SGM", points: [{ x: 1, y: 71, low: 69, high: 73 }, { x: 2, y: 80, low: 78, high: 82 }] }],
 *   x: { label: "K", log: true },
 *   y: { label: "Recall@K, %" },
 * });
 * svg.includes("SGM"); // true
 */
export async function curves(options: Curves): Promise<string> {
  const where = "curves";
  refuseUnknown(where, options, ["series", "x", "y", "title", "width", "height"]);
  const { x, y, title } = options;
  const series = options.series.filter(({ points }) => points.length > 0);
  if (series.length === 0) throw invalidOption(where, "series", "at least one with points", options.series);
  refuseValues(where, series, x.log ?? false);
  const width = widthInPoints(where, options.width ?? 3.5);
  const inches = options.height ?? (0.64 * width) / 72;
  if (!(inches >= 1 && inches <= 20)) throw invalidOption(where, "height", "1 to 20 inches", inches);
  const height = 72 * inches;

  const styles = seriesStyles(series);
  const all = series.flatMap(({ points }) => points);
  const [low, high] = roundRange(all.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]));
  const domain = [y.from ?? low, y.to ?? high] as const;
  const positions = [...new Set(all.map((point) => point.x))].sort((a, b) => a - b);
  const plot = height - axisRoom - titleHeight(title);
  const places = spread(
    series.map(({ points }) => (points.at(-1) as SeriesPoint).y),
    ((domain[1] - domain[0]) * labelHeight) / plot,
    domain,
  );

  const encodeX = {
    field: "x",
    type: "quantitative",
    title: x.label,
    scale: x.log ? { type: "log", base: 2, nice: false, padding: 5 } : { zero: false, nice: false, padding: 5 },
    axis: x.log ? { values: positions, format: ",d", grid: false } : { grid: false, tickMinStep: 1, tickCount: 6, format: ",~f" },
  };
  const scaleY = { domain, nice: false, zero: false };
  const encodeY = { field: "y", type: "quantitative", title: y.label, scale: scaleY, axis: { tickCount: 5 } };
  const layer = series.flatMap((one, i) => seriesLayers(one, styles[i] as SeriesStyle, encodeX, encodeY));
  const labels = series.map(({ name }, i) => ({
    data: { values: [{ x: positions.at(-1), y: places[i] }] },
    mark: { type: "text", align: "left", baseline: "middle", dx: 6, text: name, color: readable((styles[i] as SeriesStyle).color) },
    encoding: { x: encodeX, y: encodeY },
  }));
  return printChart({ layer: [...layer, ...labels] }, { width, height, title, description: describe(options) });
}

/** Band or error bar, line, markers. */
function seriesLayers({ points, published = false }: Series, style: SeriesStyle, x: object, y: object): object[] {
  const values = points.map((point) => ({ ...point }));
  const bounded = values.filter(({ low, high }) => low !== undefined && high !== undefined);
  const data = { values };
  const interval = { x, y: { ...y, field: "low" }, y2: { field: "high" } };
  const layers: object[] = [];
  if (bounded.length > 1) {
    layers.push({ data: { values: bounded }, mark: { type: "area", color: style.color, opacity: 0.14 }, encoding: interval });
  } else if (bounded.length === 1) {
    layers.push({ data: { values: bounded }, mark: { type: "rule", color: style.color, strokeWidth: 0.8 }, encoding: interval });
  }
  if (points.length > 1) {
    layers.push({
      data,
      mark: { type: "line", color: style.color, strokeWidth: published ? 0.9 : 1.2, strokeDash: style.dash },
      encoding: { x, y },
    });
  }
  layers.push({
    data: { values: points.length > 24 ? values.slice(-1) : values },
    mark: {
      type: "point",
      shape: vegaShape(style.shape),
      size: 18,
      filled: true,
      fill: style.hollow ? paper.ground : style.color,
      stroke: style.color,
      strokeWidth: 0.8,
      opacity: 1,
    },
    encoding: { x, y },
  });
  return layers;
}

/** Values at least `apart` from each other, as near to where they were as that allows, within the ends as far as they fit. */
export function spread(values: readonly number[], apart: number, [low, high]: readonly [number, number]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  // Runs of values that touch are laid out around their mean, and merged until none touch.
  const runs: { rows: number[]; middle: number }[] = [];
  const half = (rows: readonly number[]) => (apart * (rows.length - 1)) / 2;
  const within = (rows: readonly number[], middle: number) =>
    Math.min(Math.max(middle, low + half(rows)), Math.max(high - half(rows), low + half(rows)));
  for (const row of order) {
    let run = { rows: [row], middle: within([row], values[row] as number) };
    for (
      let last = runs.at(-1);
      last !== undefined && run.middle - half(run.rows) - apart < last.middle + half(last.rows) - 1e-9;
      last = runs.at(-1)
    ) {
      runs.pop();
      const rows = [...last.rows, ...run.rows];
      run = { rows, middle: within(rows, rows.reduce((sum, i) => sum + (values[i] as number), 0) / rows.length) };
    }
    runs.push(run);
  }
  const places = [...values];
  for (const { rows, middle } of runs) for (const [k, row] of rows.entries()) places[row] = middle - half(rows) + k * apart;
  return places;
}

function refuseValues(where: string, series: readonly Series[], log: boolean): void {
  for (const { name, points } of series) {
    for (const { x, y, low = y, high = y } of points) {
      if (![x, y, low, high].every(Number.isFinite))
        throw new DataError(`${where}: expected finite values in ${name}, but got (${x}, ${y}).`);
      if (log && x <= 0) throw new DataError(`${where}: expected x above 0 on a logarithmic axis, but got ${x} in ${name}.`);
    }
  }
}

function describe({ title, series, x, y }: Curves): string {
  const told = series.map(({ name, points }) => `${name}: ${points.map((point) => `${point.y} at ${point.x}`).join(", ")}`);
  return `${title ?? `${y.label} over ${x.label}`}. ${told.join("; ")}`.slice(0, 1000);
}
