import type { Correction, CorrectionRecord } from "@semblant/api";
import type { Audit } from "../../../client/shapes.ts";

/** A label that the model doubts. */
export type Doubtful = Audit["doubtful"][number];

/** What a person says of one: a label, or that it is no face. */
export type Decision = { readonly kind: "label"; readonly label: string } | { readonly kind: "not a face" };

/** What is kept of it in the library. */
export const correctionOf = (face: number, decision: Decision): Correction => ({ ...decision, face });

/** How the model calls the labels of this library: a folder "happy" is its "happiness"; a label that it does not know stays as it is. */
export function meaningOf({ labels }: Pick<Audit, "labels">, label: string): string {
  return labels.find((one) => one.label === label)?.expression ?? label;
}

/** What was decided of each face, the last word of each. */
export function decisionsIn(corrections: readonly CorrectionRecord[]): Map<number, Decision & { readonly id: number }> {
  const found = new Map<number, Decision & { readonly id: number }>();
  for (const { id, kind, faces, label } of corrections) {
    const face = faces[0];
    if (face === undefined) continue;
    if (kind === "not a face") found.set(face, { kind, id });
    if (kind === "label" && label !== undefined) found.set(face, { kind, label, id });
  }
  return found;
}

/** The next that nobody decided, after a place and then from the start; undefined where all are decided. */
export function nextOpen(list: readonly Doubtful[], decided: { has(face: number): boolean }, after: number): number | undefined {
  const order = [...list.slice(after + 1), ...list.slice(0, after + 1)];
  return order.find(({ face }) => !decided.has(face))?.face;
}

/** Whether the labels of a library are labels: that a folder of photos is named "beach" says nothing of its faces. */
export const knowsLabels = ({ labels }: Pick<Audit, "labels">) => labels.some(({ expression }) => expression !== undefined);
