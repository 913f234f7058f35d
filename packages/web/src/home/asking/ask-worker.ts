import { type AdaptedFaces, type AdaptFacesOptions, type AskedOfFaces, adaptFaces, askFaces, type FaceSet } from "@semblant/answers";
import { Embeddings } from "@semblant/core";
import type { ModelCard } from "@semblant/faces";
import { expose } from "comlink";
import { receivedSet, type SentSet } from "./sent-set.ts";

/** The last few sets that were asked, by the numbers that the other side gave them. */
const sets = new Map<number, FaceSet>();
const held = 3;

const worker = {
  take(number: number, sent: SentSet): void {
    sets.set(number, receivedSet(sent));
    for (const old of [...sets.keys()].slice(0, Math.max(0, sets.size - held))) sets.delete(old);
  },

  /** @returns undefined where the set is to be sent again */
  ask(number: number, asked: AskedOfFaces): { readonly answer: unknown } | undefined {
    const set = sets.get(number);
    return set === undefined ? undefined : { answer: askFaces(set, asked) };
  },

  async adapt(
    { card, values, given, people, data }: SentLabels,
    options: AdaptFacesOptions,
    step: (done: number, of: number) => void,
  ): Promise<AdaptedFaces> {
    const steps = adaptFaces(card, { data, given, people, embeddings: new Embeddings(values, card.dimensions) }, options);
    for (let one = steps.next(); ; one = steps.next()) {
      if (one.done === true) return one.value;
      step(one.value.done, one.value.of);
    }
  },
};

/** Labelled faces as they are sent. */
export interface SentLabels {
  readonly card: ModelCard;
  readonly values: Float32Array;
  readonly given: readonly string[];
  readonly people: readonly string[];
  readonly data: string;
}

export type AskWorker = typeof worker;

expose(worker);
