import type { FaceSet, NamedClass } from "@semblant/answers";
import { Embeddings } from "@semblant/core";
import { namedModel, taughtOf } from "./named-model.ts";

/** A set as it is sent to a worker: its model is a card, and the classes that were taught. */
export interface SentSet extends Omit<FaceSet, "model" | "embeddings"> {
  readonly card: FaceSet["model"]["card"];
  readonly taught: readonly NamedClass[];
  readonly values: Float32Array;
  readonly columns: number;
}

export function sendableSet({ model, embeddings, ...set }: FaceSet): SentSet {
  return { ...set, card: model.card, taught: taughtOf(model), values: embeddings.values, columns: embeddings.columns };
}

export function receivedSet({ card, taught, values, columns, ...set }: SentSet): FaceSet {
  const ids = set.faces.map(({ id }) => String(id));
  return { ...set, model: namedModel(card, taught), embeddings: new Embeddings(values, columns, { ids }) };
}
