import { darkSeriesColors, type MarkerShape, seriesColors } from "@semblant/answers/internals";

/** How a run looks in every chart: colour, shape and dash say the same. */
export interface RunStyle {
  readonly color: string;
  readonly shape: MarkerShape;
  /** As SVG has it. */
  readonly dash: string;
}

const shapes: readonly MarkerShape[] = ["circle", "square", "triangle", "diamond", "triangle down", "star"];
const dashes = ["", "5 3", "2 2"];

/** The colours by their names in CSS, for the element around all charts: Plot takes variables and knows no colour schemes. */
export const runColors: Readonly<Record<string, string>> = Object.fromEntries(
  seriesColors.map((color, i) => [`--run-${i}`, `light-dark(${color}, ${darkSeriesColors[i]})`]),
);

/** The style of the run at a place in the list of chosen ones. */
export function runStyle(place: number): RunStyle {
  const i = place % seriesColors.length;
  return {
    color: `var(--run-${i})`,
    shape: shapes[i] as MarkerShape,
    dash: dashes[Math.floor(place / seriesColors.length) % dashes.length] as string,
  };
}
