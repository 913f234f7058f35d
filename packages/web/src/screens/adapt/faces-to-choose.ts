import { classOfLabel, leastFaces } from "@semblant/answers/internals";
import type { FaceColumns } from "../../client/shapes.ts";

/** A face as the grid needs it. */
export interface FaceRow {
  readonly id: number;
  readonly expression: string;
  readonly probability: number;
  readonly isSure: boolean;
  /** A person gave the expression. */
  readonly isLabelled: boolean;
}

export function rowsOf({ columns, expressions, verdicts }: FaceColumns): FaceRow[] {
  const { id, expression, probability, verdict, corrected } = columns;
  return id.map((one, i) => ({
    id: one,
    expression: expressions[expression[i] as number] as string,
    probability: probability[i] as number,
    isSure: verdicts[verdict[i] as number] === "named",
    isLabelled: corrected[i] === 1,
  }));
}

/** What the grid shows: all, those that the model is unsure of, those that a person labelled, or those named so (`class happiness`). */
export type Show = "all" | "unsure" | "labelled" | `class ${string}`;

/** The faces to show: those that have no label and that the model is least sure of come first, since they teach it most. */
export function chosenOf(rows: readonly FaceRow[], show: Show): FaceRow[] {
  const wanted = rows.filter(
    ({ expression, isSure, isLabelled }) =>
      show === "all" || (show === "unsure" ? !isSure && !isLabelled : show === "labelled" ? isLabelled : expression === show.slice(6)),
  );
  return wanted.sort((a, b) => Number(a.isLabelled) - Number(b.isLabelled) || a.probability - b.probability || a.id - b.id);
}

/** Faces that a person labelled, of one class. */
export interface OwnClass {
  readonly name: string;
  readonly faces: number;
  /** The model does not know it. */
  readonly isNew: boolean;
  /** How many more it takes for the class to say anything. */
  readonly lacks: number;
}

/** What a person labelled, per class: the model's classes in their order, then others. */
export function ownClassesOf(rows: readonly FaceRow[], classes: readonly string[]): OwnClass[] {
  const counts = new Map<string, number>();
  for (const { expression, isLabelled } of rows) {
    if (!isLabelled) continue;
    const name = classes[classOfLabel(expression, classes)] ?? expression.trim();
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const place = (name: string) => (classes.includes(name) ? classes.indexOf(name) : classes.length);
  return [...counts]
    .map(([name, faces]) => ({ name, faces, isNew: !classes.includes(name), lacks: Math.max(0, leastFaces - faces) }))
    .sort((a, b) => place(a.name) - place(b.name) || (a.name < b.name ? -1 : 1));
}
