import type { Entry } from "../data/coloring.ts";
import type { Ellipse } from "../plane/ellipse.ts";

/** All that the map shows, apart from which part of it is seen. Rows are rows of the faces. */
export interface Scene {
  readonly id: Float64Array;
  /** (faces, 2) */
  readonly positions: Float32Array;
  readonly entries: readonly Entry[];
  /** (faces) */
  readonly groups: Uint8Array;
  /** Lines of the legend that are switched off. */
  readonly off: ReadonlySet<string>;
  /** Of each line of the legend; empty where none are drawn. */
  readonly ellipses: readonly (Ellipse | undefined)[];
  /** What the lines are called. */
  readonly names: readonly string[];
  /** `points` only, `faces` wherever there is room, or `near`: faces when few are in view. */
  readonly show: "points" | "faces" | "near";
  /** (faces): 1 for those that stand out, where some do. */
  readonly chosen?: Uint8Array | undefined;
  /** The row that is looked at, and its neighbours. */
  readonly focus?: number | undefined;
  readonly neighbors: readonly number[];
  /** Points are still moving: the view follows them. */
  readonly moving: boolean;
}

/** Whether a face is shown, by the lines of the legend. */
export function isShownIn({ groups, entries, off }: Scene): (row: number) => boolean {
  if (off.size === 0) return () => true;
  const isOn = entries.map(({ key }) => !off.has(key));
  return (row) => isOn[groups[row] as number] ?? false;
}
