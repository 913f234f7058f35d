import { DataError } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import { paper } from "@semblant/photos/internals";
import { type PrintOptions, titleHeight, widthInPoints } from "./figure.ts";
import { legend } from "./legend.ts";
import { roundRange, type SeriesStyle, seriesStyles, vegaShape } from "./series.ts";
import { printChart } from "./vega-chart.ts";

/** One measured value with its interval, and what a paper printed for it. */
export interface IntervalRow {
  readonly name: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
  readonly published?: number;
  /** Rows of one series share color and marker: a loss, a network. One series where left out. */
  readonly series?: string;
}

/** What an interval plot shows. */
export interface IntervalPlot extends PrintOptions {
  readonly rows: readonly IntervalRow[];
  /** Ends of the axis, by default round ones around all values. */
  readonly x: { readonly label: string; readonly from?: number; readonly to?: number };
}

/**
 * Values with their intervals as SVG text, a line for each name, several series of one name side by side; a published value is hollow
 * and grey. For tables of results: positions on one axis compare better than bars.
 *
 * @param width inches in print, 2 to 20 (3.5)
 * @throws DataError if a value is not finite
 * @throws OptionError if there are no rows, width is out of range or an option unknown
 *
 * @example
 * const svg = await intervalPlot({ rows: [{ name: "Acc", value: 84.1, low: 82.8, high: 85.3, published: 83.9 }], x: { label: "%" } });
 * svg.includes("Acc"); // true
 */
export async function intervalPlot(options: IntervalPlot): Promise<string> {
  const where = "intervalPlot";
  refuseUnknown(where, options, ["rows", "x", "title", "width"]);
  const { rows, x, title } = options;
  if (rows.length === 0) throw invalidOption(where, "rows", "at least one", rows);
  for (const { name, value, low = value, high = value, published = value } of rows) {
    if ([value, low, high, published].every(Number.isFinite)) continue;
    throw new DataError(`${where}: expected finite values in ${name}, but got ${value}.`);
  }
  const width = widthInPoints(where, options.width ?? 3.5);
  const names = [...new Set(rows.map(({ name }) => name))];
  const series = [...new Set(rows.map((row) => row.series ?? "measured"))];
  const styles = seriesStyles(series.map((name) => ({ name })));
  const printed = rows.some(({ published }) => published !== undefined);
  const [low, high] = roundRange(
    rows.flatMap((row) => [row.value, row.low ?? row.value, row.high ?? row.value, row.published ?? row.value]),
  );

  const lines = { field: "name", type: "nominal", sort: names, title: null };
  const y = { ...lines, axis: { grid: true, ticks: false, domain: false, labelPadding: 4, labelLimit: 200 } };
  const beside = series.length > 1 && { yOffset: { field: "series", type: "nominal", sort: series, scale: { paddingOuter: 0.35 } } };
  const scale = { domain: [x.from ?? low, x.to ?? high], nice: false, zero: false };
  const across = (field: string) => ({ field, type: "quantitative", title: x.label, scale, axis: { tickCount: 5, grid: false } });
  const layer = series.flatMap((name, i): object[] => {
    const { color, shape } = styles[i] as SeriesStyle;
    const own = rows.filter((row) => (row.series ?? "measured") === name).map((row) => ({ ...row, series: name }));
    const point = { type: "point", shape: vegaShape(shape), size: 22, filled: true, opacity: 1, strokeWidth: 0.8 };
    const bounded = own.filter((row) => row.low !== undefined && row.high !== undefined);
    return [
      {
        data: { values: bounded },
        mark: { type: "rule", color, strokeWidth: 1 },
        encoding: { y, ...beside, x: across("low"), x2: { field: "high" } },
      },
      { data: { values: own }, mark: { ...point, fill: color, stroke: color }, encoding: { y, ...beside, x: across("value") } },
      {
        data: { values: own.filter(({ published }) => published !== undefined) },
        mark: { ...point, fill: "transparent", stroke: paper.soft },
        encoding: { y, ...beside, x: across("published") },
      },
    ];
  });
  const entries = [
    ...(series.length > 1 || printed ? series.map((name, i) => ({ name, style: styles[i] as SeriesStyle })) : []),
    ...(printed ? [{ name: "published", style: { color: paper.soft, shape: (styles[0] as SeriesStyle).shape, hollow: true } }] : []),
  ];
  const chartHeight = titleHeight(title) + names.length * Math.max(13, 7 * series.length + 4) + 30;
  const key = entries.length === 0 ? { drawn: [], height: 0 } : legend(entries, { x: 4, y: chartHeight + 2, width: width - 8 });
  const height = chartHeight + (key.height > 0 ? key.height + 4 : 0);
  const spoken = rows.map((row) => `${row.name}${row.series === undefined ? "" : ` (${row.series})`} ${row.value}`);
  const description = `${title ?? x.label}: ${spoken.join(", ")}`;
  return printChart({ layer }, { width, height, title, description }, { ...key, height: height - chartHeight });
}
