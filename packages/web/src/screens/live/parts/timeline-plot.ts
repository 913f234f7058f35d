import { areaY, axisX, axisY, plot, stackY } from "@observablehq/plot";
import { styleOf } from "../../../design/class-styles.ts";
import { away, shownDistribution, type sightingsOf, type Telling } from "../timeline/looks.ts";
import { clock } from "./clock.ts";

/** Pixels around the chart's area, left and right. */
export const margin = { left: 50, right: 12 } as const;

const most = 400;

export interface Plotted {
  readonly seen: ReturnType<typeof sightingsOf>;
  readonly telling: Telling;
  /** Milliseconds. */
  readonly span: readonly [from: number, to: number];
  readonly width: number;
  readonly height: number;
}

/** P(class) over time, stacked in the order of the classes: at each moment they fill the height. */
export function timelinePlot({ seen, telling, span, width, height }: Plotted): SVGSVGElement {
  const { classes } = telling;
  const every = Math.max(1, Math.ceil(seen.length / most));
  let piece = 0;
  let last = Number.NEGATIVE_INFINITY;
  const rows = seen.flatMap(({ time, sighting }, i) => {
    if (time - last > away) piece++;
    last = time;
    if (i % every !== 0) return [];
    const shown = shownDistribution(sighting, telling);
    return classes.map((name, c) => ({ time, name, p: shown[c] as number, part: `${piece} ${name}` }));
  });
  const drawn = plot({
    width,
    height,
    marginLeft: margin.left,
    marginRight: margin.right,
    marginTop: 8,
    marginBottom: 24,
    className: "live-plot",
    x: { domain: [...span], type: "linear" },
    y: { domain: [0, 1] },
    color: { domain: [...classes], range: classes.map((name) => styleOf(name, classes).color) },
    marks: [
      axisX({ label: null, ticks: Math.max(2, Math.floor(width / 110)), tickFormat: clock, tickSize: 4 }),
      axisY({ label: null, ticks: [0, 0.5, 1], tickFormat: (p: number) => `${100 * p} %`, tickSize: 0 }),
      areaY(rows, stackY({ x: "time", y: "p", fill: "name", z: "part", order: (row: { name: string }) => classes.indexOf(row.name) })),
    ],
  }) as SVGSVGElement;
  // Its rules stand in the screen's own style sheet: a page whose policy forbids style elements may show it as well.
  for (const style of drawn.querySelectorAll("style")) style.remove();
  for (const part of drawn.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  drawn.setAttribute("aria-hidden", "true"); // the slider around it says in words what it shows
  return drawn;
}
