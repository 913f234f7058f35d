import { type Html, paper, trusted } from "@semblant/photos/internals";
import type { TopLevelSpec } from "vega-lite";
import { figure, fontFamily, pt, textWidth, titleHeight, type } from "./figure.ts";
import { loadCharts } from "./load-charts.ts";

declare module "vega" {
  /** How Vega measures words; its types leave it out. */
  export const textMetrics: { width(item: { fontSize?: number; fontWeight?: number | string }, words: unknown): number };
}

/** A Vega-Lite specification as SVG text, its size in the units of the specification. */
export async function chartSvg(spec: object): Promise<string> {
  const { parse, textMetrics, View, compile } = await loadCharts();
  // Without a canvas Vega takes every letter for 0.8 of the size of type; with the true widths margins are as wide as their words.
  textMetrics.width = (item, words) => textWidth(String(words ?? ""), item.fontSize ?? 11, Number(item.fontWeight) >= 600 ? 700 : 400);
  const view = new View(parse(compile(spec as TopLevelSpec).spec), { renderer: "none" });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}

const config = {
  font: fontFamily,
  axis: {
    labelColor: paper.ink,
    titleColor: paper.ink,
    gridColor: "#e6e9ee",
    domainColor: paper.soft,
    tickColor: paper.soft,
    gridWidth: 0.5,
    domainWidth: 0.6,
    tickWidth: 0.6,
    tickSize: 3,
    tickRound: false,
    translate: 0,
    labelPadding: 2,
    titlePadding: 5,
    labelFlush: false,
    labelFontSize: type.body,
    titleFontSize: type.body,
    titleFontWeight: 400,
  },
  view: { stroke: null },
  text: { fontSize: type.body },
};

/**
 * A Vega-Lite picture for print, in the type of the other pictures and exactly as large as asked for, in points, with
 * what stands beneath it.
 */
export async function printChart(
  spec: object,
  size: { width: number; height: number; title?: string | undefined; description: string },
  beneath: { readonly drawn: readonly Html[]; readonly height: number } = { drawn: [], height: 0 },
): Promise<string> {
  const { width, height, title } = size;
  const top = titleHeight(title);
  const inner = height - top - beneath.height;
  const sizes = { width, height: inner, autosize: { type: "fit", contains: "padding" }, padding: { left: 2, top: 4, right: 3, bottom: 2 } };
  const chart = await chartSvg({ ...spec, ...sizes, background: null, config });
  const placed = chart.replace(
    /<svg[^>]*>/,
    `<svg y="${pt(top)}" width="${pt(width)}" height="${pt(inner)}" viewBox="0 0 ${pt(width)} ${pt(inner)}">`,
  );
  return figure(size, [trusted(placed), ...beneath.drawn]);
}
