import type {
  AdaptedFaces,
  AdaptFacesOptions,
  AnswersOfFaces,
  AskedOfFaces,
  FaceSet,
  LabelledFaces,
  QuestionOfFaces,
} from "@semblant/answers";
import type { ModelCard } from "@semblant/faces";

/** What answers questions of faces, off the thread that serves. */
export interface Asker {
  ask<Q extends QuestionOfFaces>(set: FaceSet, asked: AskedOfFaces<Q>): Promise<AnswersOfFaces[Q]>;
  /** Adapts a model to labelled faces; tells how far it is. */
  adapt(card: ModelCard, faces: LabelledFaces, options: AdaptFacesOptions, step: (done: number, of: number) => void): Promise<AdaptedFaces>;
}
