import type { Embeddings } from "@semblant/core";
import type { ExpressionAnswer } from "@semblant/faces";
import type { SetModel } from "./face-set.ts";

/** What a model makes of a face: {@link ExpressionAnswer}, or that it is turned and could not be righted, so that it has no name. */
export interface FaceAnswer extends Omit<ExpressionAnswer, "verdict"> {
  readonly verdict: ExpressionAnswer["verdict"] | "turned";
}

/** What the model says of faces, row by row; one that is turned is never named, whatever it looks like from that side. */
export function answersFor(
  faces: readonly { readonly turned?: true }[],
  embeddings: Embeddings,
  model: Pick<SetModel, "classify">,
): FaceAnswer[] {
  if (faces.length === 0) return [];
  const answers = model.classify(embeddings);
  return faces.map(({ turned }, row): FaceAnswer => {
    const answer = answers[row] as ExpressionAnswer;
    return turned ? { ...answer, predicted: -1, subclass: -1, verdict: "turned" } : answer;
  });
}
