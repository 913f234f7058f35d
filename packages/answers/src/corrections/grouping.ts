import { DataError } from "@semblant/core";
import type { Correction, CorrectionRecord } from "./correction.ts";

/** What corrections make of the faces: who goes together, who apart, who is out of sight, what is none. */
export interface Grouping {
  readonly together: ReadonlyMap<number, readonly number[]>;
  readonly apart: ReadonlyMap<number, readonly number[]>;
  /** Faces that are hidden, and those that go together with one. */
  readonly hidden: ReadonlySet<number>;
  readonly notFaces: ReadonlySet<number>;
  /** Whether photos or folders are hidden. */
  readonly hidesPaths: boolean;
}

/** What corrections, the oldest first, make of the faces; "together" is passed on: a with b and b with c is a with c. */
export function groupingOf(corrections: readonly CorrectionRecord[]): Grouping {
  const together = new Map<number, readonly number[]>();
  const apart = new Map<number, readonly number[]>();
  const hidden = new Set<number>();
  const notFaces = new Set<number>();
  let hidesPaths = false;
  for (const { kind, faces, path } of corrections) {
    if (kind === "together") {
      const all = [...new Set(faces.flatMap((face) => [face, ...(together.get(face) ?? [])]))].sort((a, b) => a - b);
      for (const face of all)
        together.set(
          face,
          all.filter((other) => other !== face),
        );
    } else if (kind === "apart") {
      for (const face of faces) apart.set(face, [...new Set([...(apart.get(face) ?? []), ...faces.filter((other) => other !== face)])]);
    } else if (kind === "hide") {
      hidesPaths ||= path !== undefined || faces.length === 0;
      for (const face of faces) hidden.add(face);
    } else if (kind === "not a face") for (const face of faces) notFaces.add(face);
  }
  const persons = [...hidden].flatMap((face) => [face, ...(together.get(face) ?? [])]);
  return { together, apart, hidden: new Set(persons), notFaces, hidesPaths };
}

/** @throws DataError if faces were said to be apart that are now to be together, or the other way round */
export function refuseContradiction(kind: Correction["kind"], faces: readonly number[], { together, apart }: Grouping): void {
  if (kind !== "together" && kind !== "apart") return;
  const joined = kind === "together" ? [...new Set(faces.flatMap((face) => [face, ...(together.get(face) ?? [])]))] : faces;
  const against = kind === "together" ? apart : together;
  for (const face of joined) {
    const other = joined.find((candidate) => against.get(face)?.includes(candidate));
    if (other === undefined) continue;
    const said = kind === "together" ? "apart" : "together";
    throw new DataError(
      `correct: expected faces that may be ${kind}, but ${face} and ${other} were said to be ${said}.\n  Withdraw that first.`,
    );
  }
}
