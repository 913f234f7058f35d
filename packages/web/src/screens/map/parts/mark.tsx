import { type MarkerShape, markerPath } from "@semblant/answers/internals";

/** A shape in its colour, as the points of the map have it. */
export function Mark({ color, shape }: { readonly color: string; readonly shape: MarkerShape }) {
  return (
    <svg className="class-mark" viewBox="-7 -7 14 14" aria-hidden="true" focusable="false">
      <path d={markerPath(shape, 0, 0, 5)} style={{ fill: color }} />
    </svg>
  );
}
