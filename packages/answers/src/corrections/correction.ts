import { OptionError } from "@semblant/core";
import { nearest, show } from "@semblant/core/internals";

/** What a person says of faces and photos; faces by their ids, paths from the library's folder. */
export type Correction =
  | { readonly kind: "not a face"; readonly face: number }
  | { readonly kind: "label"; readonly face: number; readonly label: string }
  | { readonly kind: "together"; readonly faces: readonly number[] }
  | { readonly kind: "apart"; readonly faces: readonly number[] }
  /** A person: this face and all that are to be in one group with it. */
  | { readonly kind: "hide"; readonly face: number }
  /** A photo (wherever it is moved to), or a folder with all that is and comes into it. */
  | { readonly kind: "hide"; readonly path: string };

/** A correction as it is kept. */
export interface CorrectionRecord {
  readonly id: number;
  readonly kind: Correction["kind"];
  /** The faces it is about now; a face whose photo is gone comes back with it. */
  readonly faces: readonly number[];
  readonly label?: string;
  readonly path?: string;
  /** Milliseconds since 1970. */
  readonly made: number;
}

const kinds = ["not a face", "label", "together", "apart", "hide"] as const;

/**
 * The faces that a correction is about, each once.
 *
 * @throws OptionError if it is of no known kind, a label is empty or almost the name of a class, or there are too few faces
 */
export function facesOfCorrection(given: Correction, classes: readonly string[]): readonly number[] {
  if (!(kinds as readonly string[]).includes(given.kind)) {
    throw new OptionError(`correct: expected kind to be ${kinds.map(show).join(", ")}, but got ${show(given.kind)}.`);
  }
  if (given.kind === "label") refuseAlmost(given.label, classes);
  const faces = "faces" in given ? [...new Set(given.faces)] : "face" in given ? [given.face] : [];
  if ("faces" in given && faces.length < 2) {
    throw new OptionError(`correct: expected at least 2 faces to be ${given.kind}, but got ${faces.length}.`);
  }
  return faces;
}

/** A label may be a new word, but not a class's name misspelt. */
function refuseAlmost(label: string, classes: readonly string[]): void {
  if (typeof label !== "string" || label.trim() === "")
    throw new OptionError(`correct: expected label to be a word, but got ${show(label)}.`);
  if (classes.includes(label.trim())) return;
  const near = nearest(label.trim(), classes);
  if (near !== undefined) throw new OptionError(`correct: unknown label ${show(label)}; did you mean ${show(near)}?`);
}
