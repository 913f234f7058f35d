import type { Embeddings } from "@semblant/core";
import type { ExpressionAnswer } from "@semblant/faces";
import type { SetModel } from "./face-set.ts";

/** What a model makes of a face: {@link ExpressionAnswer}, or that it is turned and could not be righted, so that it has no name. */
export interface FaceAnswer extends Omit<ExpressionAnswer, "verdict"> {
  readonly verdict: ExpressionAnswer["verdict"] | "turned";
}

/**
 * What the model says of faces, row by row; one that is turned is never named, whatever it looks like from that side.
 * Those of a set that was chosen together are discounted where the set is unlike what the model learned from.
 */
export function answersFor(
  faces: readonly { readonly turned?: true }[],
  embeddings: Embeddings,
  model: Pick<SetModel, "classify">,
  options?: { readonly together?: boolean },
): FaceAnswer[] {
  if (faces.length === 0) return [];
  const upright = [...faces.keys()].filter((row) => !faces[row]?.turned);
  const all = upright.length === faces.length;
  const ofUpright = upright.length === 0 ? [] : model.classify(all ? embeddings : embeddings.take(upright), options);
  const answers = all ? ofUpright : model.classify(embeddings);
  for (const [i, row] of upright.entries()) answers[row] = ofUpright[i] as ExpressionAnswer;
  return faces.map(({ turned }, row): FaceAnswer => {
    const answer = answers[row] as ExpressionAnswer;
    return turned ? { ...answer, predicted: -1, subclass: -1, verdict: "turned" } : answer;
  });
}
