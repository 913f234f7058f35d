import { areaY, dot, lineY, type Markish, pointerX, type SymbolImplementation, tip } from "@observablehq/plot";
import { markerPath } from "@semblant/answers/internals";
import type { CurvePoint } from "../data/steps.ts";
import type { RunStyle } from "../data/styles.ts";

/** A curve with its name and look. */
export interface Curve {
  readonly name: string;
  readonly style: RunStyle;
  readonly points: readonly CurvePoint[];
}

/** Bands behind all lines, lines, and a marker at each point where there are few, at the last where there are many. */
export function curveMarks(curves: readonly Curve[], titleOf: (curve: Curve, point: CurvePoint) => string): Markish[] {
  const bands = curves.map(({ style, points }) => {
    const bounded = points.filter(({ low }) => low !== undefined);
    return areaY(bounded, { x: "x", y1: "low", y2: "high", fill: style.color, fillOpacity: 0.14 });
  });
  const lines = curves.flatMap(({ style, points }) => [
    lineY(points, { x: "x", y: "y", stroke: style.color, strokeWidth: 2, ...(style.dash !== "" && { strokeDasharray: style.dash }) }),
    dot(points.length > 24 ? points.slice(-1) : points, { x: "x", y: "y", fill: style.color, r: 4, symbol: symbolOf(style) }),
  ]);
  const told = curves.flatMap((curve) => curve.points.map((point) => ({ ...point, title: titleOf(curve, point) })));
  return [...bands, ...lines, tip(told, pointerX({ x: "x", y: "y", title: "title", fill: "var(--raised)", stroke: "var(--edge)" }))];
}

/** The app's own shapes, of the area that is asked for. */
export function symbolOf({ shape }: RunStyle): SymbolImplementation {
  return {
    draw(context: CanvasPath, size: number) {
      trace(context, markerPath(shape, 0, 0, Math.sqrt(size / Math.PI)), Math.sqrt(size / Math.PI));
    },
  };
}

/** Follows an outline of straight lines, or the circle. */
function trace(context: CanvasPath, outline: string, radius: number): void {
  if (outline.includes("a")) {
    context.moveTo(radius, 0);
    context.arc(0, 0, radius, 0, 2 * Math.PI);
    return;
  }
  const corners = [...outline.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
  for (const [i, [x, y]] of corners.entries()) {
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
}
