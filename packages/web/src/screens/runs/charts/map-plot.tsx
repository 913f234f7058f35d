import { markerPath } from "@semblant/answers/internals";
import { styleOf } from "../../../design/class-styles.ts";
import { Look } from "../../../design/classes.tsx";
import type { RunMap } from "../data/shapes.ts";

const side = 400;
const margin = 14;

interface MapPlotProps {
  readonly map: RunMap;
  /** x and y of each face. */
  readonly positions: readonly number[];
  readonly label: string;
}

/** One frame for all moments: how far points reach from the middle, and how high it is; a map that lies flat needs less. */
function framed(moments: RunMap["moments"]): { readonly reach: number; readonly height: number } {
  const most = (axis: 0 | 1) =>
    Math.max(1e-6, ...moments.flatMap(({ positions }) => positions.filter((_, i) => i % 2 === axis).map(Math.abs)));
  const [x, y] = [most(0), most(1)];
  const share = Math.min(1, Math.max(0.45, y / x));
  return { reach: Math.max(x, y / share), height: Math.round(side * share) };
}

/** Faces as shapes of their class. They glide from one moment to the next, unless a person wants no motion. */
export function MapPlot({ map: { classes, ids, labels, moments }, positions, label }: MapPlotProps) {
  const { reach, height } = framed(moments);
  const scale = (value: number, length: number) => length / 2 + (value / reach) * (side / 2 - margin);
  const there = classes.flatMap((name, c) => (labels.includes(c) ? [name] : []));
  const styles = classes.map((name) => styleOf(name, classes));
  return (
    <>
      <svg className="runs-map" viewBox={`0 0 ${side} ${height}`} role="img" aria-label={label}>
        {ids.map((id, i) => {
          const style = styles[labels[i] ?? 0];
          const [x, y] = [scale(positions[2 * i] ?? 0, side), scale(-(positions[2 * i + 1] ?? 0), height)];
          return (
            <path
              key={id}
              d={markerPath(style?.shape ?? "circle", 0, 0, 4.2)}
              style={{ fill: style?.color, transform: `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)` }}
            />
          );
        })}
      </svg>
      <ul className="row tight runs-legend">
        {there.map((name) => (
          <li key={name}>
            <Look name={name} classes={classes} />
          </li>
        ))}
      </ul>
    </>
  );
}
