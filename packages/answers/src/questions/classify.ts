import { refuseUnknown } from "@semblant/core/internals";
import type { FaceSet } from "../face-sets/face-set.ts";
import { type LookedAt, looksOf } from "./looks.ts";
import { withoutFaces } from "./without-faces.ts";

/** A face with everything that the model says of it. */
export interface ClassifiedFace extends LookedAt {
  /** P(class), in the order of `classes`, summing to 1. */
  readonly distribution: readonly number[];
  /** ln p(face) under all classes together, in nats; below the model's threshold the verdict is "none of these". */
  readonly logDensity: number;
}

export interface ClassifiedFaces {
  readonly classes: readonly string[];
  /** By photo, the largest face first. */
  readonly faces: readonly ClassifiedFace[];
  /** Paths of photos in which no face was found. */
  readonly withoutFaces: readonly string[];
}

/**
 * What each face looks like: a distribution over the model's expressions, and a verdict: "named"; "unsure", torn between several; "none of
 * these", unlike anything that the model has seen; "turned", on its side or head and not to be righted; or "corrected" by a person.
 *
 * @throws OptionError if an option is given: there is none
 */
export function classifyFaces(set: FaceSet, options: Readonly<Record<string, never>> = {}): ClassifiedFaces {
  refuseUnknown("classify", options, []);
  const { faces, answers } = looksOf(set, { together: true });
  const area = (row: number) => (faces[row] as LookedAt).box.width * (faces[row] as LookedAt).box.height;
  const order = [...faces.keys()].sort((a, b) => {
    const [one, other] = [faces[a]?.path as string, faces[b]?.path as string];
    return one === other ? area(b) - area(a) || a - b : one < other ? -1 : 1;
  });
  return {
    classes: set.model.classes,
    faces: order.map((row) => ({
      ...(faces[row] as LookedAt),
      distribution: Array.from(answers[row]?.distribution ?? []),
      logDensity: answers[row]?.logDensity ?? Number.NaN,
    })),
    withoutFaces: withoutFaces(set),
  };
}
