import { modelOfCard, type NamedClass, type SetModel, withTaught } from "@semblant/answers";
import type { ModelCard } from "@semblant/faces";

const taughtTo = new WeakMap<SetModel, readonly NamedClass[]>();

/** A model of its card and of the classes that it was taught, remembered so that it can be made again in a worker. */
export function namedModel(card: ModelCard, taught: readonly NamedClass[]): SetModel {
  const model = { ...withTaught(modelOfCard(card), taught) };
  taughtTo.set(model, taught);
  return model;
}

/** The classes that a model of {@link namedModel} was taught. */
export const taughtOf = (model: SetModel): readonly NamedClass[] => taughtTo.get(model) ?? [];
