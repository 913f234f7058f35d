import { markerPath } from "@semblant/answers/internals";
import type { RunStyle } from "../data/styles.ts";

/** A run's shape in its colour; words stand beside it. */
export function RunMark({ style: { color, shape } }: { readonly style: RunStyle }) {
  return (
    <svg className="runs-mark" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">
      <path d={markerPath(shape, 0, 0, 5.5)} style={{ fill: color }} />
    </svg>
  );
}

export interface LegendProps {
  readonly items: readonly { readonly name: string; readonly style: RunStyle }[];
}

/** Which curve is whose. */
export function Legend({ items }: LegendProps) {
  return (
    <ul className="row tight runs-legend">
      {items.map(({ name, style }) => (
        <li key={name}>
          <RunMark style={style} />
          <span className="name">{name}</span>
        </li>
      ))}
    </ul>
  );
}
