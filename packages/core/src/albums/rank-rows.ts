import { DataError, invalidOption, refuseUnknown } from "../errors.ts";

/** What counts of a face in a shot. */
export interface FaceScores {
  /** P(wanted expression), 0 to 1. */
  readonly expression: number;
  /** 0 closed to 1 wide open; absent where not measured. */
  readonly eyesOpen?: number;
  /** 0 blurred to 1 sharp. */
  readonly sharpness: number;
  /** Its size: pixels along the side of its square. */
  readonly side: number;
}

export interface RankRowsOptions {
  /** What expression, open eyes and sharpness count; made to sum to 1 (5, 3 and 2). */
  readonly weights?: { readonly expression: number; readonly eyesOpen: number; readonly sharpness: number };
  /** Faces smaller than this share of the shot's largest are passers-by and do not count, 0 to 1 (0.25). */
  readonly smallest?: number;
}

/** How good a shot is, and why. */
export interface RankedRow {
  /** Row of the shot. */
  readonly shot: number;
  /** 0 to 1. */
  readonly score: number;
  /** (faces): the score of each; NaN for a passer-by, which does not count. */
  readonly faces: readonly number[];
  /** Of the faces that count, the one with the least score; −1 where there is none. */
  readonly worst: number;
  /** Faces that other shots of the group show and this one does not: each counts as a face of score 0. */
  readonly missing: number;
}

/** A score is never less than this to the power of its weight: closed eyes weigh heavily, and do not make all else equal. */
const LEAST = 0.02;

/**
 * The shots of one moment, the best first, the earlier of equals: every face counts and the worst weighs most.
 *
 * A face's score is the weighted geometric mean of the wanted expression's probability, open eyes and sharpness, so that a great deal of
 * one does not make up for the lack of another; what was not measured is left out of the mean. A shot's score is Σ scoreᵣ / 2ʳ, with
 * the worst face as r = 1, over the same sum of weights: in a group photo the worst face is half of it, the next a quarter. A
 * face fewer than the other shots have (turned away, hidden: the upper median of their numbers counts) is a face of score 0. A shot
 * without faces has score 0.
 *
 * @throws OptionError if a weight is negative or all are 0, `smallest` is not from 0 to 1, or an option is unknown
 * @throws DataError if a number of a face is not from 0 to 1, or its side not above 0
 *
 * @example
 * const face = { expression: 0.9, eyesOpen: 1, sharpness: 0.8, side: 90 };
 * rankRows([[face, { ...face, eyesOpen: 0 }], [face, face]]).map(({ shot }) => shot); // [1, 0]
 */
export function rankRows(shots: readonly (readonly FaceScores[])[], options: RankRowsOptions = {}): RankedRow[] {
  const where = "rankRows";
  refuseUnknown(where, options, ["weights", "smallest"]);
  const { weights = { expression: 5, eyesOpen: 3, sharpness: 2 }, smallest = 0.25 } = options;
  refuseUnknown(where, weights, ["expression", "eyesOpen", "sharpness"]);
  for (const [name, weight] of Object.entries(weights)) {
    if (!(weight >= 0 && weight < Infinity)) throw invalidOption(where, `weights.${name}`, "a number from 0", weight);
  }
  if (!(weights.expression + weights.sharpness > 0)) throw invalidOption(where, "weights", "above 0 for expression or sharpness", weights);
  if (!(smallest >= 0 && smallest <= 1)) throw invalidOption(where, "smallest", "a number from 0 to 1", smallest);

  const scored = shots.map((faces, shot) => {
    for (const [i, face] of faces.entries()) refuseForeign(where, shot, i, face);
    const largest = Math.max(0, ...faces.map(({ side }) => side));
    return faces.map((face) => (face.side >= smallest * largest ? scoreOf(face, weights) : Number.NaN));
  });
  const counts = scored.map((faces) => faces.filter((score) => !Number.isNaN(score)).length).sort((a, b) => a - b);
  const expected = counts[Math.floor(counts.length / 2)] ?? 0;
  return scored
    .map((faces, shot): RankedRow => {
      const counted = faces.filter((score) => !Number.isNaN(score));
      const missing = Math.max(0, expected - counted.length);
      const least = Math.min(...counted);
      const worst = counted.length === 0 ? -1 : faces.indexOf(least);
      return { shot, score: worstWeighsMost([...counted, ...Array.from({ length: missing }, () => 0)]), faces, worst, missing };
    })
    .sort((a, b) => b.score - a.score || a.shot - b.shot);
}

function scoreOf(face: FaceScores, weights: NonNullable<RankRowsOptions["weights"]>): number {
  const parts = [
    [face.expression, weights.expression],
    ...(face.eyesOpen === undefined ? [] : [[face.eyesOpen, weights.eyesOpen]]),
    [face.sharpness, weights.sharpness],
  ] as [number, number][];
  const whole = parts.reduce((sum, [, weight]) => sum + weight, 0);
  return Math.exp(parts.reduce((sum, [value, weight]) => sum + (weight / whole) * Math.log(Math.max(LEAST, value)), 0));
}

/** Σ scoreᵣ / 2ʳ over Σ 1 / 2ʳ, the least score first. */
function worstWeighsMost(scores: readonly number[]): number {
  let [sum, weights, weight] = [0, 0, 0.5];
  for (const score of [...scores].sort((a, b) => a - b)) {
    sum += weight * score;
    weights += weight;
    weight /= 2;
  }
  return weights === 0 ? 0 : sum / weights;
}

function refuseForeign(where: string, shot: number, face: number, { side, ...shares }: FaceScores): void {
  for (const name of ["expression", "eyesOpen", "sharpness"] as const) {
    const value = shares[name];
    if ((name === "eyesOpen" && value === undefined) || ((value as number) >= 0 && (value as number) <= 1)) continue;
    throw new DataError(`${where}: expected ${name} from 0 to 1, but face ${face} of shot ${shot} has ${value}.`);
  }
  if (!(side > 0)) throw new DataError(`${where}: expected side to be above 0, but face ${face} of shot ${shot} has ${side}.`);
}
