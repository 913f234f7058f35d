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
  /** The faces it is about now. */
  readonly faces: readonly number[];
  readonly label?: string;
  readonly path?: string;
  /** Milliseconds since 1970. */
  readonly made: number;
}
