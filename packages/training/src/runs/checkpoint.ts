import { existsSync } from "node:fs";
import { basename } from "node:path";
import { DataError } from "@semblant/core";
import { readSafetensors, type Tensor, writeSafetensors } from "@semblant/torch";
import type { SamplerState } from "../samplers/sampler.ts";
import type { HealthState } from "../steps/health.ts";
import type { Ending } from "../steps/step.ts";
import type { LagState } from "../steps/validation-lag.ts";
import type { DataDigest } from "./data-digest.ts";
import { checksumOfTensors, refuseDamaged } from "./tensors-checksum.ts";

/** When weights were made, and for what. */
export interface Moment {
  /** Steps done. */
  readonly step: number;
  readonly classes: readonly string[];
  /** The data that they were trained on; absent from runs of earlier versions. */
  readonly data?: DataDigest;
}

/** Of the best weights: what the validation said of them, in percent; null where there was none. */
export interface BestState extends Moment {
  readonly value: number | null;
}

/** Everything of a training that is not a tensor, as JSON holds it. The learning rate follows from the step. */
export interface TrainingState extends Moment {
  /** Training images: a run goes on with the data it began with. */
  readonly images: number;
  readonly sampler: SamplerState;
  /** The augmentation's generator. */
  readonly augmentation: readonly number[];
  /** libtorch's generators in base64, by device: `cpu`, and the run's own where it is another. */
  readonly engine: Readonly<Record<string, string>>;
  readonly optimizerStep: number;
  /** The best validation so far, in percent, and the step it was made at. */
  readonly best: { readonly value: number; readonly step: number } | null;
  readonly validationsSinceBest: number;
  readonly health: HealthState;
  /** Absent from runs of earlier versions. */
  readonly lag?: LagState;
  /** Time spent in training, over all sessions. */
  readonly seconds: number;
  readonly ended: Ending | null;
}

/**
 * A moment of training in one safetensors file, which is thereby written whole or not at all.
 *
 * `best.safetensors` has the network's weights under PyTorch's names and the loss's own under `loss.`; so other programs
 * can read it as it is. `last.safetensors` has all that training goes on from: `network.`, `loss.`, `average.`, `optimizer.`.
 */
export interface Checkpoint<State extends Moment> {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly state: State;
}

export const FORMAT = 1;

export function writeCheckpoint(path: string, { tensors, state }: Checkpoint<Moment>): void {
  const text = JSON.stringify(state);
  writeSafetensors(path, tensors, { format: "pt", semblant: String(FORMAT), state: text, crc32: checksumOfTensors(tensors, text) });
}

/**
 * The checkpoint in a file, or undefined where there is none yet.
 *
 * @throws DataError if the file is not safetensors, was not written by a run, is of another format, or is damaged
 */
export function readCheckpoint<State extends Moment>(path: string): Checkpoint<State> | undefined {
  if (!existsSync(path)) return undefined;
  const { tensors, metadata } = readAt(path);
  const { semblant: format, state } = metadata;
  if (format !== String(FORMAT)) {
    const got = format === undefined ? "a file without one" : `format ${format}`;
    throw new DataError(`${path}: expected a checkpoint of format ${FORMAT}, but got ${got}.`);
  }
  try {
    refuseDamaged(path, tensors, metadata, state ?? "");
    return { tensors, state: parse(path, state) };
  } catch (error) {
    for (const tensor of tensors.values()) tensor.dispose();
    throw error;
  }
}

/** Every run has files of these names, so a message says whose it is. */
function readAt(path: string): ReturnType<typeof readSafetensors> {
  try {
    return readSafetensors(path);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    throw new DataError(error.message.replace(`safetensors ${basename(path)}:`, `${path}:`), { cause: error });
  }
}

function parse<State extends Moment>(path: string, state: string | undefined): State {
  try {
    const parsed = JSON.parse(state ?? "") as State;
    const named = Array.isArray(parsed.classes) && parsed.classes.every((name) => typeof name === "string");
    if (named && Number.isInteger(parsed.step) && parsed.step >= 0) return parsed;
  } catch {
    // Said below, in the same words as for JSON that is something else.
  }
  throw new DataError(`${path}: expected the metadata "state" to be the state of a training, but got something else.`);
}

/** The tensors whose names begin with `prefix`, under the rest of their names. */
export function withPrefix(tensors: ReadonlyMap<string, Tensor>, prefix: string): Map<string, Tensor> {
  return new Map([...tensors].filter(([name]) => name.startsWith(prefix)).map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}

/** The same tensors under longer names. */
export function prefixed(prefix: string, tensors: ReadonlyMap<string, Tensor>): [string, Tensor][] {
  return [...tensors].map(([name, tensor]) => [prefix + name, tensor]);
}
