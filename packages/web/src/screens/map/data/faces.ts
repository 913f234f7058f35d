/** Faces of the library in the columns of GET /api/faces, a row per face. */
export interface MapFaces {
  readonly revision: number;
  readonly expressions: readonly string[];
  readonly verdicts: readonly string[];
  readonly id: Float64Array;
  readonly photo: Float64Array;
  /** An index into `expressions`. */
  readonly expression: Uint16Array;
  readonly probability: Float32Array;
  /** An index into `verdicts`. */
  readonly verdict: Uint8Array;
  /** A row of the model's sub-classes, or −1. */
  readonly subclass: Int16Array;
  readonly corrected: Uint8Array;
  /** The least id of those that a person put together with it; 0 where none. */
  readonly together: Float64Array;
}

interface Sent {
  readonly revision: number;
  readonly expressions: readonly string[];
  readonly verdicts: readonly string[];
  readonly columns: Readonly<Record<Exclude<keyof MapFaces, "revision" | "expressions" | "verdicts">, readonly number[]>>;
}

/** Faces as they are sent, in arrays that cost little. */
export function facesOf({ revision, expressions, verdicts, columns }: Sent): MapFaces {
  return {
    revision,
    expressions,
    verdicts,
    id: Float64Array.from(columns.id),
    photo: Float64Array.from(columns.photo),
    expression: Uint16Array.from(columns.expression),
    probability: Float32Array.from(columns.probability),
    verdict: Uint8Array.from(columns.verdict),
    subclass: Int16Array.from(columns.subclass),
    corrected: Uint8Array.from(columns.corrected),
    together: Float64Array.from(columns.together),
  };
}
