import { DataError, Embeddings, logDensityOfTaught, OptionError, teachClass } from "@semblant/core";
import { invalidOption, refuseUnknown, show } from "@semblant/core/internals";
import type { ExpressionAnswer } from "@semblant/faces";
import type { FaceSet, SetModel } from "../face-sets/face-set.ts";
import { type NamedClass, widthOf, withTaught } from "../taught/taught-classes.ts";
import { classNamed } from "./search-words.ts";
import { refuseUnaskable } from "./teachable-name.ts";

export interface LearnOptions {
  /** The least part of examples that are found when left out, for the class to be taken (0.5). */
  readonly leastRecall?: number;
  /** The least d′ to the nearest class (1). */
  readonly leastSeparation?: number;
}

/** The names of {@link LearnOptions}. */
export const learnOptions = ["leastRecall", "leastSeparation"] as const;

/** How well a new class stands apart from those that are there. */
export interface Separation {
  /** Part of the examples that the class, taught from the others, finds; absent with fewer than two. */
  readonly recall?: number;
  /** The class that it is nearest to. */
  readonly nearest: string;
  /** How far apart the two means are, in deviations of faces along the line between them; 1 overlap widely, 3 hardly at all. */
  readonly dPrime: number;
  /**
   * How far the mean of the examples lies from that class, squared, over how far that of as many of its own faces
   * would: 1 by chance, above 2.5 hardly so.
   */
  readonly beyondChance: number;
  /** Faces of the set that were surely of the nearest class: how many, and how many of them the new class would take over. */
  readonly renamed: { readonly faces: number; readonly of: number };
  /** Mean of recall and of the part of the nearest class that keeps its name; absent with fewer than two examples. */
  readonly accuracy?: number;
}

/** A new class, and whether it is worth having. */
export interface Learned {
  readonly name: string;
  readonly examples: number;
  readonly separation: Separation;
  /** Whether it separates well enough. */
  readonly accepted: boolean;
  /** Why not, in a sentence. */
  readonly reason?: string;
  /** Faces of the set, examples aside, that now look so. */
  readonly found: number;
  /** The Gaussian itself. */
  readonly taught: NamedClass;
}

/** Faces that the spread of a class is known from at most. */
const KNOWN = 1000;
/** Faces from which a deviation is estimated, at least. */
const FEW = 10;
/**
 * Two in a hundred sets of examples of a class that is there already lie so far off by chance, where faces vary in six
 * or eight directions.
 */
const BEYOND_CHANCE = 2.5;
/** Directions that faces of a class vary in, where nothing better is known. */
const VARYING = 8;

/**
 * Teaches a new class from a few examples as one more Gaussian beside the model's, with no training; says how well it separates, and
 * whether it separates well enough to be of use.
 *
 * The examples are ids of the set's faces, or embeddings of others. Each is left out in turn and looked for with the class taught from
 * the rest. What the class is worth is not known better than so few examples can tell: read the numbers with that in mind.
 *
 * @throws OptionError if the name is a class already, or an option is out of range or unknown
 * @throws DataError if there is no example, or one is not in the set
 * @throws ShapeError if an embedding has other columns than the model's
 */
export function learnClass(set: FaceSet, name: string, examples: readonly number[] | Embeddings, options: LearnOptions = {}): Learned {
  const where = "teach";
  refuseUnknown(where, options, learnOptions);
  const { leastRecall = 0.5, leastSeparation = 1 } = options;
  if (!(leastRecall >= 0 && leastRecall <= 1)) throw invalidOption(where, "leastRecall", "a number from 0 to 1", leastRecall);
  if (!(leastSeparation >= 0)) throw invalidOption(where, "leastSeparation", "a number from 0", leastSeparation);
  const word = name.trim();
  const { model } = set;
  if (word === "") throw new OptionError(`${where}: expected a name for the class, but got ${show(name)}.`);
  refuseUnaskable(where, name);
  const same = classNamed(word.toLowerCase(), model.classes);
  if (same >= 0) {
    throw new OptionError(
      `${where}: expected a new class, but ${show(word)} is ${model.classes[same]} already.\n` +
        `  To show the model what it looks like here, with a folder per class: semblant adapt FACES --in PHOTOS`,
    );
  }

  const rows = examples instanceof Embeddings ? [] : rowsOf(where, set, examples);
  const X = examples instanceof Embeddings ? examples : set.embeddings.take(rows);
  if (X.rows === 0) throw new DataError(`${where}: expected faces to learn ${show(word)} from, but got none.`);
  const rest = set.embeddings.take([...set.faces.keys()].filter((row) => !rows.includes(row)));
  const answers = rest.rows === 0 ? [] : model.classify(rest);
  const known = spreadOf(model, rest, answers);
  const taught: NamedClass = { name: word, ...teachClass(X, known) };

  const separation = separate({ model, X, rest, answers, taught, known });
  const learned = withTaught(model, [taught]);
  const found = rest.rows === 0 ? 0 : learned.classify(rest).filter(({ predicted }) => predicted === model.classes.length).length;
  const reason = whyNot(word, X.rows, separation, { leastRecall, leastSeparation });
  return {
    name: word,
    examples: X.rows,
    separation,
    accepted: reason === undefined,
    ...(reason !== undefined && { reason }),
    found,
    taught,
  };
}

function rowsOf(where: string, set: FaceSet, ids: readonly number[]): number[] {
  const rowOf = new Map(set.faces.map(({ id }, row) => [id, row]));
  return [...new Set(ids)].map((id) => {
    const row = rowOf.get(id);
    if (row === undefined) throw new DataError(`${where}: expected faces of the library, but there is no face ${id}.`);
    return row;
  });
}

interface Asked {
  readonly model: SetModel;
  /** The examples, and all other faces with what the model says of them. */
  readonly X: Embeddings;
  readonly rest: Embeddings;
  readonly answers: readonly ExpressionAnswer[];
  readonly taught: NamedClass;
  readonly known: { readonly spread: number; readonly known: number };
}

function separate({ model, X, rest, answers, taught, known }: Asked): Separation {
  const { gaussians, parents } = model.kinds;
  const { columns } = gaussians;
  const square = (s: number) => taught.mean.reduce((sum, value, d) => sum + (value - (gaussians.means[s * columns + d] as number)) ** 2, 0);
  const means = Array.from({ length: gaussians.classes }, (_, s) => s).filter((s) => !Number.isNaN(square(s)));
  const nearest = means.reduce((best, s) => (square(s) < square(best) ? s : best), means[0] as number);
  const own = parents[nearest] as number;
  const between = Math.sqrt(Math.max(0, square(nearest) - taught.spread / taught.count)); // the mean of few examples lies too far out
  const line = taught.mean.map(
    (value, d) => (value - (gaussians.means[nearest * columns + d] as number)) / Math.sqrt(square(nearest) || 1),
  );
  const rival = rest.take([...answers.keys()].filter((row) => answers[row]?.predicted === own));
  const [ofRival, ofExamples] = [variance(rival, line), variance(X, line)];
  const spread = ofRival ?? ofExamples ?? taught.spread / Math.min(columns, VARYING);
  const deviation = Math.sqrt(((ofExamples ?? spread) + spread) / 2);
  const recall = X.rows < 2 ? undefined : leftOut(model, X, known);
  const renamed =
    rival.rows === 0
      ? 0
      : withTaught(model, [taught])
          .classify(rival)
          .filter(({ predicted }) => predicted === model.classes.length).length;
  return {
    ...(recall !== undefined && { recall }),
    nearest: model.classes[own] as string,
    beyondChance: (square(nearest) * taught.count) / taught.spread,
    dPrime: deviation > 0 ? between / deviation : Infinity,
    renamed: { faces: renamed, of: rival.rows },
    ...(recall !== undefined && { accuracy: (recall + (rival.rows === 0 ? 1 : 1 - renamed / rival.rows)) / 2 }),
  };
}

/** Variance of rows along a line; undefined of too few. */
function variance(X: Embeddings, line: Float64Array): number | undefined {
  if (X.rows < FEW) return undefined;
  const places = Array.from({ length: X.rows }, (_, i) => X.row(i).reduce((sum, value, d) => sum + value * (line[d] as number), 0));
  const mean = places.reduce((sum, place) => sum + place, 0) / X.rows;
  return places.reduce((sum, place) => sum + (place - mean) ** 2, 0) / (X.rows - 1);
}

/** Part of the examples that the class taught from the others finds. */
function leftOut(model: SetModel, X: Embeddings, known: Asked["known"]): number {
  const sigma = widthOf(model);
  const answers = model.classify(X);
  let found = 0;
  for (let i = 0; i < X.rows; i++) {
    const others = X.take(Array.from({ length: X.rows }, (_, row) => row).filter((row) => row !== i));
    const one = X.take([i]);
    const density = logDensityOfTaught(one, teachClass(others, known), { sigma })[0] as number;
    const { distribution, logDensity } = answers[i] as ExpressionAnswer;
    // The class is found where it beats the most probable of the others: each class has the prior 1/C, which logDensity has in it.
    const rival = logDensity + Math.log(Math.max(...distribution)) + Math.log(model.classes.length);
    if (density > rival) found++;
  }
  return found / X.rows;
}

/**
 * Mean squared distance of the set's faces to the mean of the class they surely are of; where there are few, that of a
 * class mean to the nearest other weighs in.
 */
function spreadOf(model: SetModel, rest: Embeddings, answers: readonly ExpressionAnswer[]): Asked["known"] {
  const { means, columns, classes } = model.kinds.gaussians;
  const named = [...answers.keys()]
    .filter((row) => (answers[row]?.subclass ?? -1) >= 0 && answers[row]?.verdict === "named")
    .slice(0, KNOWN);
  const squareTo = (x: Float32Array, s: number) => x.reduce((sum, value, d) => sum + (value - (means[s * columns + d] as number)) ** 2, 0);
  const own = named.reduce((sum, row) => sum + squareTo(rest.row(row), answers[row]?.subclass as number), 0);
  const present = Array.from({ length: classes }, (_, s) => s).filter((s) => !Number.isNaN(means[s * columns]));
  const nearest = present.map((s) =>
    Math.min(
      ...present
        .filter((other) => other !== s)
        .map((other) => squareTo(Float32Array.from(means.subarray(s * columns, (s + 1) * columns)), other)),
    ),
  );
  // Classes that a network keeps apart just so lie about as far from their neighbours as their faces stray.
  const guess = Number.isFinite(nearest[0])
    ? nearest.reduce((sum, value) => sum + value, 0) / nearest.length
    : columns * widthOf(model) ** 2;
  const guessed = Math.max(1, 20 - named.length);
  return { spread: (own + guessed * guess) / (named.length + guessed), known: named.length + guessed };
}

function whyNot(
  name: string,
  examples: number,
  { recall, dPrime, beyondChance, nearest, renamed }: Separation,
  { leastRecall, leastSeparation }: Required<LearnOptions>,
): string | undefined {
  if (recall !== undefined && recall < leastRecall) {
    const found = Math.round(recall * examples);
    return (
      `each face was left out in turn, and ${found} of ${examples} ${found === 1 ? "was" : "were"} found: ` +
      "to the model they have no look in common"
    );
  }
  if (beyondChance < BEYOND_CHANCE) {
    const faces = examples === 1 ? "one face lies" : `${examples} faces lie`;
    return `${faces} no farther from ${nearest} than its own faces may by chance`;
  }
  if (dPrime < leastSeparation) return `${name} lies too near to ${nearest} to be told from it (d' ${dPrime.toFixed(1)})`;
  if (renamed.of >= FEW && renamed.faces > renamed.of / 2) {
    return `${name} would take over ${renamed.faces} of ${renamed.of} faces that surely look as ${nearest} does`;
  }
  return undefined;
}
