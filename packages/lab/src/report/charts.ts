import { chartSvg } from "../pictures/vega-chart.ts";
import type { ClassPlane } from "./class-plane.ts";
import { namePlaces } from "./name-places.ts";

/** One point of the training curve. `loss` is a batch's, smoothed by the chart; `validation` in percent. */
export interface CurvePoint {
  readonly step: number;
  readonly loss?: number;
  readonly validation?: number;
}

/** Share of faces answered, surest first (0 to 1), and the share of those answered wrongly (0 to 1). */
export interface RiskPoint {
  readonly coverage: number;
  readonly risk: number;
}

const width = 430;
// Colours are the page's own variables, so that one picture serves light and dark.
const ink = "var(--ink)";
const faint = "var(--line)";
const font = "system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif";

/** The loss of the steps, with a running mean, above the validation metric. */
export function trainingCurve(points: readonly CurvePoint[], metric: string): Promise<string> {
  const losses = smooth(points.flatMap(({ step, loss }) => (loss === undefined ? [] : [{ step, loss }])));
  const validations = points.flatMap(({ step, validation }) => (validation === undefined ? [] : [{ step, validation }]));
  const lastStep = Math.max(1, ...points.map(({ step }) => step));
  const x = (title: string | null) => ({
    field: "step",
    type: "quantitative" as const,
    title,
    scale: { domain: [0, lastStep] },
    axis: { tickMinStep: 1, tickCount: 6, format: ",d" },
  });
  const lossChart = {
    width,
    height: 185,
    data: { values: losses },
    layer: [
      {
        mark: { type: "line" as const, opacity: 0.35, strokeWidth: 1 },
        encoding: { y: { field: "loss", type: "quantitative" as const, title: "loss" } },
      },
      { mark: { type: "line" as const, strokeWidth: 2 }, encoding: { y: { field: "mean", type: "quantitative" as const } } },
    ],
    encoding: { x: x(validations.length > 0 ? null : "step") },
  };
  const validationChart = {
    width,
    height: 150,
    data: { values: validations },
    mark: { type: "line" as const, point: true, strokeWidth: 2 },
    encoding: {
      x: x("step"),
      y: { field: "validation", type: "quantitative" as const, title: metric, scale: { zero: false } },
    },
  };
  return draw({ vconcat: validations.length > 0 ? [lossChart, validationChart] : [lossChart], spacing: 8 });
}

/** How often the answers are wrong when only the surest share is answered. */
export function riskCoverage(points: readonly RiskPoint[]): Promise<string> {
  return draw({
    width,
    height: 260,
    data: { values: thin(points, 200) },
    mark: { type: "line", strokeWidth: 2 },
    encoding: {
      x: {
        field: "coverage",
        type: "quantitative",
        title: "faces answered, surest first",
        axis: { format: "%", tickCount: 5 },
        scale: { domain: [0, 1] },
      },
      y: { field: "risk", type: "quantitative", title: "answered wrongly", axis: { format: "%" }, scale: { domainMin: 0 } },
    },
  });
}

/** The classes as Gaussians in the plane: points, ellipses, and each mean under its name; `styles` has the palette's row of each class. */
export function classGaussians(plane: ClassPlane, styles: readonly number[]): Promise<string> {
  const { points, ellipses } = plane;
  const height = 400;
  const { domains, names } = namePlaces(plane, { width, height });
  const scale = (domain: readonly [number, number]) => ({ zero: false, nice: false, domain: [...domain] });
  const position = {
    x: { field: "x", type: "quantitative" as const, axis: null, scale: scale(domains.x) },
    y: { field: "y", type: "quantitative" as const, axis: null, scale: scale(domains.y) },
  };
  const color = { field: "color", type: "nominal" as const, scale: null };
  const colored = <T extends { class: number }>(list: readonly T[]) =>
    list.map((item) => ({ ...item, color: `var(--class-${styles[item.class]})` }));
  return draw({
    width,
    height,
    layer: [
      { data: { values: colored(points) }, mark: { type: "circle", size: 9, opacity: 0.45 }, encoding: { ...position, color } },
      {
        data: { values: colored(ellipses) },
        mark: { type: "line", strokeWidth: 1.5 },
        encoding: {
          ...position,
          color,
          detail: [{ field: "class" }, { field: "sigma" }],
          order: { field: "order" },
          opacity: { field: "sigma", type: "quantitative", legend: null, scale: { domain: [1, 2], range: [1, 0.5] } },
        },
      },
      {
        data: { values: names },
        mark: {
          type: "text",
          fontWeight: 700,
          fontSize: 13,
          stroke: "var(--card)",
          strokeWidth: 4,
          strokeJoin: "round",
          fill: "var(--card)",
        },
        encoding: { ...position, text: { field: "name" } },
      },
      {
        data: { values: names },
        mark: { type: "text", fontWeight: 700, fontSize: 13 },
        encoding: { ...position, text: { field: "name" } },
      },
    ],
  });
}

/** A Vega-Lite picture as SVG that fills its place and takes the page's colours. */
function draw(spec: object): Promise<string> {
  return chartSvg({
    ...spec,
    background: "transparent",
    padding: 4,
    config: {
      font,
      axis: {
        labelColor: ink,
        titleColor: ink,
        gridColor: faint,
        domainColor: faint,
        tickColor: faint,
        labelFontSize: 12,
        titleFontSize: 12,
        titleFontWeight: 400,
      },
      view: { stroke: null },
      line: { color: "var(--accent)" },
      point: { color: "var(--accent)", filled: true, size: 30 },
      text: { color: ink },
    },
  });
}

/** Adds the running mean over about a fiftieth of the steps, and keeps at most 400 of them. */
function smooth(points: readonly { step: number; loss: number }[]): { step: number; loss: number; mean: number }[] {
  const share = 1 / Math.max(1, points.length / 50);
  let mean = points[0]?.loss ?? 0;
  const smoothed = points.map(({ step, loss }) => {
    mean += share * (loss - mean);
    return { step, loss, mean };
  });
  return thin(smoothed, 400);
}

/** Every so-many-th item, the last always. */
function thin<T>(items: readonly T[], most: number): T[] {
  const every = Math.ceil(items.length / most);
  return items.filter((_, i) => i % every === 0 || i === items.length - 1);
}
