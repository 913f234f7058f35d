import { Random } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import { keep, type Tensor, tidy } from "@semblant/torch";
import { type Augmentation, change, changesOf, drawChanges } from "../augmentation/augment.ts";
import { type Place, partOf } from "../distributed/parts.ts";
import { imageBatch, knownBatch } from "../embedding/batches.ts";
import type { NetworkInput } from "../networks/embedding-network.ts";
import type { Sampler, SamplerState } from "../samplers/sampler.ts";

/** What one step learns from. */
export interface Batch {
  /** Of the whole batch, on all ranks. */
  readonly images: number;
  /** Augmented, (batch, channels, height, width); with several ranks this rank's part of the batch. */
  readonly X: Tensor;
  /** P(w | x) of the whole batch, (batch, classes). */
  readonly known: Tensor;
}

/** Where the drawing of batches stands, as JSON can hold it. */
export interface BatchState {
  readonly sampler: SamplerState;
  readonly augmentation: readonly number[];
}

/** What batches are made of, and for whom. */
export interface BatchSource {
  readonly images: LabeledImages;
  readonly targets: "labels" | "votes";
  readonly sampler: Sampler;
  readonly augmentation: Augmentation;
  /** The augmentation's own generator. */
  readonly random: Random;
  readonly input: NetworkInput;
  readonly device: string;
  /** Of several ranks, which this is: all draw the whole batch, and each makes its part of it. */
  readonly place?: Place | undefined;
}

/**
 * The batches of a training, in order. One may be made before it is asked for, so that it is ready when the step before is done; that
 * changes no batch, and nothing of what a checkpoint says.
 */
export class Batches {
  readonly #source: BatchSource;
  #random: Random;
  /** The next batch, or why there is none, and where the drawing stood before it. */
  #ready: { readonly made: Batch | { readonly failure: unknown }; readonly before: BatchState } | undefined;

  constructor(source: BatchSource) {
    this.#source = source;
    this.#random = source.random;
  }

  /** Makes the next batch already. What goes wrong is thrown when it is taken. */
  prepare(): void {
    if (this.#ready !== undefined) return;
    const before = this.state();
    try {
      this.#ready = { made: this.#make(), before };
    } catch (failure) {
      this.#ready = { made: { failure }, before };
    }
  }

  /** The next batch, whose tensors are the caller's to dispose of. */
  take(): Batch {
    this.prepare();
    const { made } = this.#ready as { made: Batch | { readonly failure: unknown } };
    this.#ready = undefined;
    if ("failure" in made) throw made.failure;
    return made;
  }

  /** Where it stands: before the next batch that is taken, made or not. */
  state(): BatchState {
    return this.#ready?.before ?? { sampler: this.#source.sampler.state(), augmentation: this.#random.state() };
  }

  /** Goes on from a state of batches of the same source. */
  resume({ sampler, augmentation }: BatchState): void {
    this.dispose();
    this.#source.sampler.resume(sampler);
    this.#random = Random.resume(augmentation);
  }

  /** Frees what nobody took. */
  dispose(): void {
    const made = this.#ready?.made;
    this.#ready = undefined;
    if (made === undefined || "failure" in made) return;
    made.X.dispose();
    made.known.dispose();
  }

  #make(): Batch {
    const { images, targets, sampler, augmentation, input, device, place } = this.#source;
    const rows = sampler.next();
    const { first, end } = place === undefined ? { first: 0, end: rows.length } : partOf(rows.length, place);
    return tidy(() => {
      const pixels = imageBatch(images.images, rows.subarray(first, end), device);
      const known = knownBatch(images, rows, targets, device);
      const drawn = drawChanges(augmentation, this.#random, { rows: rows.length, channels: images.images.channels, size: input.size });
      const X = change(pixels, input, augmentation, changesOf(drawn, first, end)).contiguous("channelsLast");
      return { images: rows.length, X: keep(X), known: keep(known) };
    });
  }
}
