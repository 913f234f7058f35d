import type { FaceSet } from "../face-sets/face-set.ts";
import { type LookedAt, looksOf } from "./looks.ts";

/** Verdicts on faces, in the order of their numbers in {@link FaceColumns}. */
const verdicts = ["named", "corrected", "unsure", "none of these", "turned"] as const;

/** What is known of every face of a set, a list of one kind of value each: 100,000 faces are sent and drawn so. */
export interface FaceColumns {
  /** The model's classes, and labels that are none of them. */
  readonly expressions: readonly string[];
  readonly verdicts: readonly LookedAt["verdict"][];
  /** (faces) each, in the set's order. */
  readonly id: Float64Array;
  readonly photo: Float64Array;
  /** An index into `expressions`: corrected to, or else the most probable class, whatever the verdict. */
  readonly expression: Uint16Array;
  /** Of that expression; 1 where it was corrected. */
  readonly probability: Float32Array;
  /** An index into `verdicts`. */
  readonly verdict: Uint8Array;
  /** A row of the model's `kinds`, or −1. */
  readonly subclass: Int16Array;
  /** 1 where a person gave the expression. */
  readonly corrected: Uint8Array;
  /** The least id of those that a person put together with it, itself too; 0 where none. */
  readonly together: Float64Array;
}

/** Every face of a set as columns. */
export function columnsOfFaces(set: FaceSet): FaceColumns {
  const { faces, answers } = looksOf(set);
  const expressions = [...new Set([...set.model.classes, ...faces.map(({ expression }) => expression)])];
  const numberOf = new Map(expressions.map((name, number) => [name, number]));
  return {
    expressions,
    verdicts,
    id: Float64Array.from(faces, ({ face }) => face),
    photo: Float64Array.from(faces, ({ photo }) => photo),
    expression: Uint16Array.from(faces, ({ expression }) => numberOf.get(expression) as number),
    probability: Float32Array.from(faces, ({ probability }) => probability),
    verdict: Uint8Array.from(faces, ({ verdict }) => verdicts.indexOf(verdict)),
    subclass: Int16Array.from(answers, ({ subclass }) => subclass),
    corrected: Uint8Array.from(set.faces, ({ label }) => (label === undefined ? 0 : 1)),
    together: Float64Array.from(set.faces, ({ id, together }) => (together.length === 0 ? 0 : Math.min(id, ...together))),
  };
}
