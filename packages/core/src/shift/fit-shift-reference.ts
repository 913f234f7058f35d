import type { Embeddings } from "../embeddings/embeddings.ts";
import { DataError } from "../errors.ts";
import { mostProbable } from "../metrics/confidence.ts";
import { distanceOf } from "./distance.ts";
import { discountOfFace } from "./face-discount.ts";
import type { ShiftModel } from "./measure-shift.ts";
import { fromLogOdds, logOdds } from "./odds.ts";
import { offPlane } from "./off-plane.ts";
import type { ShiftReference } from "./shift-reference.ts";

/** Where confusions are kept: denser near 0. */
const distances = [0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2];
/** How far apart, in ln(1 + 10 · distance), copies still speak for each other. */
const reach = 0.35;
/** The part of validation faces that lies where few do: at most these are discounted for their density. */
const sparse = 0.05;

/** A copy, named by the model. */
interface Named {
  readonly distance: number;
  readonly truth: Int32Array;
  readonly predicted: Int32Array;
  readonly confidence: Float64Array;
  readonly logDensity: Float64Array;
}

/**
 * The figures that {@link measureShift} holds faces against, from validation faces and changed copies of them.
 *
 * How often a class is named as another, at a distance: over all copies, those at about this distance the most. The slope of density is the
 * one under which the names of the faces below the 5 % quantile are most probably right or wrong as they are.
 *
 * @param copies labelled rows of the model's classes: the first as they are, the others changed; none was fitted to
 * @throws DataError if there is no copy, one has no labels, or the first has no rows
 */
export function fitShiftReference(model: ShiftModel, copies: readonly Embeddings[]): ShiftReference {
  const where = "fitShiftReference";
  const { gaussians, kinds } = model;
  const [first] = copies;
  if (first === undefined || first.rows === 0) throw new DataError(`${where}: expected validation faces, but got none.`);
  if (copies.some(({ labels }) => labels === undefined)) throw new DataError(`${where}: expected labels, but a copy has none.`);
  const namesOf = (X: Embeddings) => mostProbable(gaussians.posterior(X), gaussians.classes);
  const { center, spread } = offPlane(first, namesOf(first).predicted, gaussians);
  const base = { center: Array.from(center), spread: Math.max(spread, Number.MIN_VALUE) };
  const named = copies.map((X): Named => {
    const { predicted, confidence } = namesOf(X);
    const { distance } = distanceOf(offPlane(X, predicted, gaussians), base);
    return { distance, truth: X.labels as Int32Array, predicted, confidence, logDensity: kinds.logDensity(X) };
  });
  const truth = first.labels as Int32Array;
  const shares = Array.from({ length: gaussians.classes }, (_, c) => truth.filter((label) => label === c).length / truth.length);
  return {
    center: base.center.map(rounded),
    spread: rounded(base.spread),
    density: fitDensity(named),
    shares: shares.map(rounded),
    confusions: distances.map((distance) => ({ distance, rates: ratesAt(distance, named, gaussians.classes) })),
  };
}

/** (classes, classes): P(named so | class) about a distance, held to half right as by two faces of each class. */
function ratesAt(distance: number, copies: readonly Named[], classes: number): number[][] {
  const place = (at: number) => Math.log(1 + 10 * at);
  const weights = copies.map((copy) => Math.exp(-((place(copy.distance) - place(distance)) ** 2) / (2 * reach ** 2)) + 1e-12);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const other = classes > 1 ? 1 / (classes - 1) : 0;
  return Array.from({ length: classes }, (_, c) => {
    const counts = Float64Array.from({ length: classes }, (_, name) => (classes === 1 || name === c ? 1 : other));
    for (const [k, { truth, predicted }] of copies.entries()) {
      const weight = (weights[k] as number) / all;
      for (let i = 0; i < truth.length; i++) {
        const name = predicted[i] as number;
        if (truth[i] === c && name >= 0) counts[name] = (counts[name] as number) + weight;
      }
    }
    const sum = counts.reduce((a, b) => a + b, 0);
    return Array.from(counts, (count) => rounded(count / sum));
  });
}

/** Where few faces lie, and by how much names there are believed too much. */
function fitDensity(copies: readonly Named[]): ShiftReference["density"] {
  const sorted = Float64Array.from(copies[0]?.logDensity ?? [])
    .filter(Number.isFinite)
    .sort();
  const from = sorted[Math.floor(sparse * sorted.length)] ?? 0;
  const faces = copies.flatMap(({ truth, predicted, confidence, logDensity }) =>
    [...truth.keys()]
      .filter((i) => (logDensity[i] as number) < from)
      .map((i) => ({ odds: logOdds(confidence[i] as number), density: logDensity[i] as number, right: truth[i] === predicted[i] })),
  );
  const loss = (slope: number) =>
    faces.reduce((sum, { odds, density, right }) => {
      const p = fromLogOdds(odds + discountOfFace(density, { from, slope }));
      return sum - Math.log(Math.max(1e-9, right ? p : 1 - p));
    }, 0);
  const slopes = Array.from({ length: 101 }, (_, step) => step / 100);
  const losses = slopes.map(loss);
  return { from: rounded(from), slope: slopes[losses.indexOf(Math.min(...losses))] as number };
}

/** Five digits: more than faces are counted to. */
const rounded = (x: number) => Number(x.toPrecision(5));
