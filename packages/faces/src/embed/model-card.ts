import { DataError, type ShiftReference } from "@semblant/core";
import { isShiftReference } from "@semblant/core/internals";

/** A number that was measured, with its 95 % interval. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What was measured on one set of faces. Rates in percent, losses in nats. */
export interface ModelMeasurement {
  readonly data: string;
  /** Faces. */
  readonly n: number;
  readonly protocol: string;
  readonly metrics: Readonly<Record<string, Measured>>;
  /** Percent of each class named rightly, and how many faces it has. */
  readonly recall?: Readonly<Record<string, { readonly value: number; readonly n: number }>>;
}

/** Gaussians in a learned space: one or more per class. `parents` says whose each is. */
export interface CardGaussians {
  readonly means: readonly (readonly number[])[];
  readonly sigmas: readonly number[];
  readonly priors: readonly number[];
  readonly parents: readonly number[];
  /**
   * W of a covariance that all share, row by row of its lower triangle: dimensions · (dimensions + 1) / 2 numbers. Widths and distances
   * are those of Wx and Wμ. Absent, it is the identity.
   */
  readonly whitening?: readonly number[];
}

/** Everything that is to be known of a model; it travels inside the model's file. */
export interface ModelCard {
  readonly format: 1;
  readonly name: string;
  readonly version: string;
  /** What it is and what it is for, in a sentence or two. */
  readonly summary: string;
  /** Faces as the network takes them: squares of so many pixels, grey 0 to 255; what else is done to pixels is in the network. */
  readonly input: { readonly size: number; readonly channels: number };
  readonly dimensions: number;
  /** What faces look like, in the words of the data set. */
  readonly classes: readonly string[];
  /** What faces are named by. */
  readonly gaussians: CardGaussians;
  /** What tells sub-classes apart (`happiness/2`), and faces from what is none, where that isn't what names them. */
  readonly kinds?: CardGaussians;
  /**
   * How training faces lie about the mean of their class, each class counted alike: the covariance, row by row of its lower triangle. What
   * {@link CardGaussians} are adapted to other faces with.
   */
  readonly covariance?: readonly number[];
  /** Below the posterior a face is unsure, below the log-density (nats; of the sub-classes, where there are some) it is none of these. */
  readonly thresholds: { readonly posterior: number; readonly logDensity: number };
  /**
   * What tells how unlike those that it learned from other faces are, and discounts what is said of them. It is of these Gaussians: a card
   * with others leaves it out or brings its own. Absent, nothing is discounted.
   */
  readonly shift?: ShiftReference;
  readonly measured: readonly ModelMeasurement[];
  /** How often the face nearest to a face is the same person, against what chance gives; percent. */
  readonly identityLeak?: { readonly data: string; readonly n: number; readonly share: number; readonly chance: number };
  readonly licence: string;
  /** Data, settings, commit, day: what it was made from. */
  readonly provenance: Readonly<Record<string, string | number>>;
  readonly limits: readonly string[];
  readonly unacceptable: readonly string[];
  /** CRC-32 of the network's bytes in the file, in hexadecimal. */
  readonly checksum: string;
}

/**
 * The card in its text, as the file has it.
 *
 * @throws DataError if it is none, or of a later format
 */
export function readModelCard(text: string): ModelCard {
  const card = parsed(text);
  if (card?.format === undefined || !Array.isArray(card.classes) || card.gaussians === undefined) throw notOurs();
  if (card.format !== 1) {
    throw new DataError(
      `model: expected a card of format 1, but got ${card.format}.\n  It was written by a later version: update semblant.`,
    );
  }
  if (!describes(card)) throw new DataError("model: expected a card with texts and finite numbers, but it has others: it is damaged.");
  if (!fits(card.gaussians, card) || (card.kinds !== undefined && !fits(card.kinds, card)))
    throw new DataError("model: its card's Gaussians do not fit its classes and dimensions.");
  if (card.covariance !== undefined && !isTriangle(card.covariance, card.dimensions))
    throw new DataError("model: its card's covariance does not fit its dimensions.");
  if (card.shift !== undefined && !isShiftReference(card.shift, { columns: card.dimensions, classes: card.classes.length }))
    throw new DataError("model: its card's figures of domain shift do not fit its classes and dimensions.");
  const { input, thresholds } = card;
  const usable =
    input?.channels === 1 &&
    Number.isInteger(input.size) &&
    input.size > 0 &&
    Number.isFinite(thresholds?.posterior) &&
    Number.isFinite(thresholds.logDensity);
  if (!usable) throw new DataError("model: expected a card with the size of grey faces and with thresholds, but it lacks them.");
  return card;
}

/** Whether what is said of the model is of the kinds that it is to be; a card may leave it out. */
function describes(card: ModelCard): boolean {
  const { name, version, summary, licence, checksum, classes, dimensions, measured, identityLeak, limits, unacceptable } = card;
  const text = (value: unknown) => value === undefined || typeof value === "string";
  const texts = (value: unknown) => value === undefined || (Array.isArray(value) && value.every((one) => typeof one === "string"));
  const finite = (...values: readonly unknown[]) => values.every(Number.isFinite);
  const whole = (value: ModelMeasurement) =>
    finite(value.n, ...Object.values(value.metrics).flatMap(({ value: middle, low, high }) => [middle, low, high])) &&
    finite(...Object.values(value.recall ?? {}).flatMap(({ value: rate, n }) => [rate, n]));
  try {
    return (
      [name, version, summary, licence, checksum].every(text) &&
      [classes, limits, unacceptable].every(texts) &&
      Number.isInteger(dimensions) &&
      dimensions > 0 &&
      (measured ?? []).every(whole) &&
      (identityLeak === undefined || finite(identityLeak.n, identityLeak.share, identityLeak.chance))
    );
  } catch {
    return false; // a list or an object is something else
  }
}

function fits(gaussians: CardGaussians | null, { dimensions, classes }: ModelCard): boolean {
  if (gaussians === null) return false;
  const { means, sigmas, priors, parents, whitening } = gaussians;
  return (
    (whitening === undefined || isTriangle(whitening, dimensions)) &&
    [means, sigmas, priors, parents].every((values) => Array.isArray(values) && values.length > 0 && values.length === means.length) &&
    means.every((mean) => Array.isArray(mean) && mean.length === dimensions && mean.every(Number.isFinite)) &&
    sigmas.every((sigma) => Number.isFinite(sigma) && sigma > 0) &&
    priors.every((prior) => Number.isFinite(prior) && prior >= 0) &&
    parents.every((parent) => Number.isInteger(parent) && parent >= 0 && parent < classes.length)
  );
}

function isTriangle(values: unknown, dimensions: number): boolean {
  return Array.isArray(values) && values.length === (dimensions * (dimensions + 1)) / 2 && values.every(Number.isFinite);
}

function parsed(text: string): ModelCard | undefined {
  try {
    return JSON.parse(text) as ModelCard;
  } catch {
    return undefined;
  }
}

export function notOurs(): DataError {
  return new DataError(
    "model: expected an ONNX file with a card of semblant, but got another file.\n" +
      "  Make one of a run: semblant export RUN --out model.onnx",
  );
}
