import { Random } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import { keep, type Tensor, tidy } from "@semblant/torch";
import { type Augmentation, augment } from "../augmentation/augment.ts";
import { imageBatch, knownBatch } from "../embedding/batches.ts";
import type { NetworkInput } from "../networks/embedding-network.ts";
import type { Sampler, SamplerState } from "../samplers/sampler.ts";

/** What one step learns from. */
export interface Batch {
  readonly images: number;
  /** Augmented, (batch, channels, height, width). */
  readonly X: Tensor;
  /** P(w | x), (batch, classes). */
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
    const { images, targets, sampler, augmentation, input, device } = this.#source;
    const rows = sampler.next();
    return tidy(() => {
      const pixels = imageBatch(images.images, rows, device);
      const known = knownBatch(images, rows, targets, device);
      const X = augment(pixels, input, augmentation, this.#random).contiguous("channelsLast");
      return { images: rows.length, X: keep(X), known: keep(known) };
    });
  }
}
