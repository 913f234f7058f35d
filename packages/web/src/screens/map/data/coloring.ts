import type { MarkerShape } from "@semblant/answers/internals";
import { classStyles } from "../../../design/class-styles.ts";
import type { MapFaces } from "./faces.ts";

/** What colours and shapes stand for. */
export type Coloring = "expression" | "subclass" | "confidence" | "correction" | "together";

/** One line of the legend. */
export interface Entry {
  /** The same after the library changed. */
  readonly key: string;
  /** What it is called: the screen puts it in words. */
  readonly name: EntryName;
  /** As CSS has it, for both colour schemes. */
  readonly color: string;
  readonly shape: MarkerShape;
  readonly count: number;
  /** Whether its points are a class, whose Gaussian means something. */
  readonly isClass: boolean;
}

export type EntryName =
  | { readonly kind: "class"; readonly name: string }
  | { readonly kind: "subclass"; readonly name: string; readonly number: number }
  | { readonly kind: "verdict"; readonly verdict: "unsure" | "none of these" | "turned" }
  | { readonly kind: "share"; readonly from: number; readonly to: number }
  | { readonly kind: "corrected" | "as found" | "alone" | "others" }
  | { readonly kind: "person"; readonly number: number };

/** Faces by what colours stand for: of each face, its line in the legend. */
export interface Colored {
  readonly entries: readonly Entry[];
  /** (faces) */
  readonly groups: Uint8Array;
}

type Draft = Omit<Entry, "count">;

/** All shapes, in their order. */
const shapes = classStyles(Array.from({ length: 8 }, (_, i) => `shape ${i}`)).map(({ shape }) => shape);

/** Beside the classes: paler than the greyest of them, and darker. */
const pale = "light-dark(#d3d8df, #434e5c)";
const strong = "light-dark(#5a6472, #97a2b1)";
const quiet = (key: string, name: EntryName, shape: MarkerShape, color = pale): Draft => ({ key, name, color, shape, isClass: false });

/** What no class is said of, in its own lines. */
const verdictEntries: readonly Draft[] = [
  quiet("unsure", { kind: "verdict", verdict: "unsure" }, "circle"),
  quiet("none of these", { kind: "verdict", verdict: "none of these" }, "cross", strong),
  quiet("turned", { kind: "verdict", verdict: "turned" }, "triangle down", strong),
];

/** Puts each face of a library into its line; lines that no face is in are left out. */
export function colored(faces: MapFaces, coloring: Coloring, kinds: readonly number[]): Colored {
  const { drafts, groupOf } = by[coloring](faces, kinds);
  const counts = new Int32Array(drafts.length);
  const groups = new Uint8Array(faces.id.length);
  for (let row = 0; row < groups.length; row++) {
    const group = Math.min(groupOf(row), 255);
    groups[row] = group;
    counts[group] = (counts[group] as number) + 1;
  }
  let next = 0;
  const place = drafts.map((_, group) => ((counts[group] as number) > 0 ? next++ : -1));
  for (let row = 0; row < groups.length; row++) groups[row] = place[groups[row] as number] as number;
  const entries = drafts.flatMap((draft, group) => (place[group] === -1 ? [] : [{ ...draft, count: counts[group] as number }]));
  return { entries, groups };
}

/** Which colourings these faces offer. */
export function coloringsOf(faces: MapFaces): Coloring[] {
  return [
    "expression",
    ...(faces.subclass.some((value) => value >= 0) ? (["subclass"] as const) : []),
    "confidence",
    "correction",
    ...(faces.together.some((value) => value > 0) ? (["together"] as const) : []),
  ];
}

interface Rule {
  readonly drafts: readonly Draft[];
  readonly groupOf: (row: number) => number;
}

/** Of each verdict, which of the lines of {@link verdictEntries} it is in, or −1. */
const verdictLines = (faces: MapFaces) => faces.verdicts.map((verdict) => verdictEntries.findIndex(({ key }) => key === verdict));

const by: Readonly<Record<Coloring, (faces: MapFaces, kinds: readonly number[]) => Rule>> = {
  expression(faces) {
    const styles = classStyles(faces.expressions);
    const classes = faces.expressions.map((name, i): Draft => {
      const { color, dark, shape } = styles[i] as (typeof styles)[number];
      return { key: name, name: { kind: "class", name }, color: `light-dark(${color}, ${dark})`, shape, isClass: true };
    });
    const lines = verdictLines(faces);
    const groupOf = (row: number) => {
      const line = lines[faces.verdict[row] as number] ?? -1;
      return line >= 0 ? classes.length + line : (faces.expression[row] as number);
    };
    return { drafts: [...classes, ...verdictEntries], groupOf };
  },

  subclass(faces, kinds) {
    const styles = classStyles(faces.expressions);
    const drafts = kinds.map((of, kind): Draft => {
      const number = kinds.slice(0, kind).filter((other) => other === of).length;
      const { color, dark } = styles[of] as (typeof styles)[number];
      const name = faces.expressions[of] ?? "";
      return {
        key: `${name} ${number}`,
        name: { kind: "subclass", name, number: number + 1 },
        // A sub-class has its class' colour, lighter or darker, and a shape of its own.
        color: `color-mix(in oklab, light-dark(${color}, ${dark}), ${number % 2 === 0 ? "black" : "white"} ${12 * Math.ceil(number / 2)}%)`,
        shape: shapes[number % shapes.length] as MarkerShape,
        isClass: true,
      };
    });
    const none = quiet("none", { kind: "others" }, "circle");
    const groupOf = (row: number) => {
      const kind = faces.subclass[row] as number;
      return kind >= 0 && kind < kinds.length ? kind : kinds.length;
    };
    return { drafts: [...drafts, none], groupOf };
  },

  confidence(faces) {
    const bands = [0, 0.5, 0.7, 0.9, 1];
    const marks: readonly MarkerShape[] = ["triangle down", "diamond", "square", "circle"];
    const drafts = marks.map((shape, i): Draft => {
      const [from, to] = [bands[i] as number, bands[i + 1] as number];
      const color = `color-mix(in oklab, var(--accent) ${25 + 25 * i}%, ${pale})`;
      return { key: `from ${from}`, name: { kind: "share", from, to }, color, shape, isClass: false };
    });
    const lines = verdictLines(faces);
    const groupOf = (row: number) => {
      const line = lines[faces.verdict[row] as number] ?? -1;
      const share = faces.probability[row] as number;
      return line >= 0 ? drafts.length + line : share >= 0.9 ? 3 : share >= 0.7 ? 2 : share >= 0.5 ? 1 : 0;
    };
    return { drafts: [...drafts, ...verdictEntries], groupOf };
  },

  correction: (faces) => ({
    drafts: [
      { key: "corrected", name: { kind: "corrected" }, color: "var(--accent)", shape: "star", isClass: false },
      quiet("as found", { kind: "as found" }, "circle"),
    ],
    groupOf: (row) => (faces.corrected[row] === 1 ? 0 : 1),
  }),

  together(faces) {
    const sizes = new Map<number, number>();
    for (const first of faces.together) if (first > 0) sizes.set(first, (sizes.get(first) ?? 0) + 1);
    const largest = [...sizes.keys()].sort((a, b) => (sizes.get(b) as number) - (sizes.get(a) as number) || a - b).slice(0, 8);
    const styles = classStyles(largest.map((_, i) => `group ${i}`));
    const persons = largest.map((first, i): Draft => {
      const { color, dark, shape } = styles[i] as (typeof styles)[number];
      return {
        key: `person ${first}`,
        name: { kind: "person", number: i + 1 },
        color: `light-dark(${color}, ${dark})`,
        shape,
        isClass: false,
      };
    });
    const placeOf = new Map(largest.map((first, i) => [first, i]));
    const drafts = [...persons, quiet("others", { kind: "others" }, "cross", strong), quiet("alone", { kind: "alone" }, "circle")];
    const groupOf = (row: number) => {
      const first = faces.together[row] as number;
      return first > 0 ? (placeOf.get(first) ?? persons.length) : persons.length + 1;
    };
    return { drafts, groupOf };
  },
};
