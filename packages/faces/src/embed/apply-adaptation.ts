import { DataError } from "@semblant/core";
import { type Adaptation, checksumOfAdaptation, readAdaptation } from "./adaptation.ts";
import { cardMetadata, cardOf } from "./expression-model.ts";
import { type ModelCard, readModelCard } from "./model-card.ts";
import { withMetadata } from "./onnx-metadata.ts";

/**
 * A network's file with the Gaussians of an adapted model in place of its own: what comes back is a model like any other, and its
 * embeddings are the network's. It runs in Node and in a page.
 *
 * @param network of `semblant export`, or one that ships
 * @param adapted the text of a file of `semblant adapt`
 * @throws DataError if one of them is damaged, or the adapted model is of another network
 *
 * @example
 * applyAdaptation(Uint8Array.of(), "{}"); // throws DataError: adapted model: expected a file of semblant adapt, but got something else.
 */
export function applyAdaptation(network: Uint8Array, adapted: string): Uint8Array {
  return adaptedModel(network, readAdaptation(adapted));
}

/** {@link applyAdaptation} of one that was read. */
export function adaptedModel(network: Uint8Array, adaptation: Adaptation, where = "adapted model"): Uint8Array {
  return withMetadata(network, cardMetadata(adaptedCard(cardOf(network), adaptation, where)));
}

/**
 * The card of a network with the Gaussians of an adapted model in place of its own. Sub-classes are those of the faces that the network
 * was trained on: an adapted model has none. How sure it is was measured on the faces that it was adapted to, and is not discounted.
 *
 * @throws DataError if the adapted model is of another network, or does not fit it
 */
export function adaptedCard(card: ModelCard, adaptation: Adaptation, where = "adapted model"): ModelCard {
  const { network, classes, gaussians, thresholds, about, measured } = adaptation;
  if (network.checksum !== card.checksum) throw otherNetwork(where, adaptation, card);
  const { kinds: _, shift: __, ...others } = card; // both are of the Gaussians that the network came with
  const people = peopleOf(adaptation);
  const made = {
    "adapted from": network.name,
    "adapted to": about?.limit === undefined ? people : `faces labelled as ${measured.after.data}`,
    adaptation: checksumOfAdaptation(adaptation),
  };
  const adapted = {
    ...others,
    name: about?.name ?? `${network.name}, adapted`,
    summary:
      about?.summary ??
      `Says which of ${classes.length} looks a face has. It is the model "${network.name}" with Gaussians that were fitted to ${people}.`,
    classes,
    gaussians,
    thresholds,
    measured: [measured.after, measured.before],
    provenance: { ...made, ...ofNetwork(card.provenance), ...made },
    limits: [about?.limit ?? `It was adapted to ${people}. How well it names faces of other kinds was not measured.`, ...card.limits],
  };
  return readModelCard(JSON.stringify(adapted)); // sees that all fits
}

/** Where a network comes from, without what is said of the Gaussians that came with it. */
function ofNetwork(provenance: ModelCard["provenance"]): ModelCard["provenance"] {
  return Object.fromEntries(Object.entries(provenance).filter(([key]) => !/^Gaussians'|^log-loss on validation/.test(key)));
}

/** Which adaptation a card is of; undefined where it is of none. */
export function adaptationOf({ provenance }: ModelCard): string | undefined {
  return typeof provenance.adaptation === "string" ? provenance.adaptation : undefined;
}

function peopleOf({ persons, measured: { after } }: Adaptation): string {
  const counted = (n: number, noun: string) => `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
  return `${counted(after.n, "labelled face")} of ${counted(persons, "person")}`;
}

/** What is said where an adapted model is applied to a network that is not its own. */
export function otherNetwork(where: string, { network }: Pick<Adaptation, "network">, card?: ModelCard): DataError {
  const name = (of: Pick<ModelCard, "name" | "checksum">) => `"${of.name}" (${of.checksum})`;
  const got = card === undefined ? "no model at hand is it" : `got ${name(card)}`;
  return new DataError(
    `${where}: expected the network that it was made for, ${name(network)}, but ${got}.\n` +
      "  Adapt again with the network at hand: semblant adapt",
  );
}
