import type { Embeddings } from "../embeddings/embeddings.ts";
import type { SubclassGaussians } from "../gaussians/subclass-gaussians.ts";
import { mostProbable } from "../metrics/confidence.ts";
import { distanceOf, type SetDistance } from "./distance.ts";
import { discountOfFace } from "./face-discount.ts";
import { flatten, fromLogOdds, logOdds, lowered } from "./odds.ts";
import { offPlane } from "./off-plane.ts";
import { confusionAt, rightlyNamed } from "./rightly-named.ts";
import type { ShiftReference } from "./shift-reference.ts";

/** How unlike the faces that a model learned from a set of faces is, and what its names are worth there. */
export interface DomainShift extends SetDistance {
  /** Faces that were looked at. */
  readonly faces: number;
  /** The part of the names that is expected to be right, 0 to 1: the mean of the discounted probabilities. */
  readonly expected: number;
  /** Whether a person should be told: the set is far from validation faces, and less than 0.7 of its names are expected to be right. */
  readonly unlike: boolean;
}

/** The shift of a set, and its discounted probabilities. */
export interface MeasuredShift {
  readonly shift: DomainShift;
  /** (rows, classes): P(class | x) with the confidence that the set and the face deserve. The name of no row changes. */
  readonly posterior: Float64Array;
}

/** What answers for a model: the Gaussians that name rows, and those that say how dense they lie. */
export interface ShiftModel {
  readonly gaussians: SubclassGaussians;
  readonly kinds: SubclassGaussians;
}

/** Fewer faces say nothing of a set. */
const fewest = 10;
/** As far from validation faces as ordinary photos are: nothing is discounted for it. */
const ordinary = 0.05;
const toldBelow = 0.7;

/**
 * Measures how unlike a model's own faces a set is, says how many names are likely to be right, and discounts their probabilities to that.
 * Undefined for fewer than 10 rows without NaN.
 *
 * The distance says how far the set lies off the plane of the classes' means. How often faces so far away are confused is known from
 * changed copies of validation faces. Two things more are taken into account. How often each expression occurs is estimated from
 * the names. And where a set spreads little, as in a laboratory, no expression is thought rarer than another beforehand: there faces that
 * are named as the commonest are often of others.
 *
 * It cannot tell which faces are wrong beyond what their probabilities say, and expects less than there is where a model happens to do well
 * on unlike faces.
 *
 * @param X (rows, columns): a set of faces, which were chosen together
 * @throws ShapeError if X has other columns than the Gaussians
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 0, 1, 0), 2, { labels: Int32Array.of(0, 1), classes: ["a", "b"] });
 * const gaussians = fitSubclassGaussians(X, { subclasses: [0, 1], parents: [0, 1], sigma: 1 });
 * measureShift(X, { gaussians, kinds: gaussians }, fitShiftReference({ gaussians, kinds: gaussians }, [X])); // undefined
 */
export function measureShift(X: Embeddings, { gaussians, kinds }: ShiftModel, reference: ShiftReference): MeasuredShift | undefined {
  const { classes } = gaussians;
  const posterior = gaussians.posterior(X);
  const { predicted, confidence } = mostProbable(posterior, classes);
  const lie = offPlane(X, predicted, gaussians);
  if (lie.rows < fewest) return undefined;
  const { distance, spread } = distanceOf(lie, reference);
  const ofSet = discountsOfSet({ predicted, confidence }, { distance, spread }, reference);
  const logDensity = kinds.logDensity(X);
  let sum = 0;
  for (let i = 0; i < X.rows; i++) {
    const name = predicted[i] as number;
    if (name < 0) continue;
    const off = Math.min(discountOfFace(logDensity[i] as number, reference.density), ofSet[name] as number);
    if (off < 0) flatten(posterior.subarray(i * classes, (i + 1) * classes), fromLogOdds(logOdds(confidence[i] as number) + off));
    sum += posterior[i * classes + name] as number;
  }
  const expected = sum / lie.rows;
  return { shift: { faces: lie.rows, distance, spread, expected, unlike: distance > ordinary && expected < toldBelow }, posterior };
}

/** (classes): what is taken off the log-odds of each name, so that names are as probable as they are expected to be right. */
function discountsOfSet(
  { predicted, confidence }: { readonly predicted: Int32Array; readonly confidence: Float64Array },
  { distance, spread }: SetDistance,
  reference: ShiftReference,
): number[] {
  const { shares } = reference;
  const beyond = Math.max(0, distance - ordinary);
  if (beyond === 0) return shares.map(() => 0);
  const names = shares.map((_, c) => [...predicted.keys()].filter((i) => predicted[i] === c));
  const all = names.reduce((sum, { length }) => sum + length, 0);
  const alike = Math.min(1, Math.max(0, (1 - spread) / 0.5));
  const even = (alike * beyond) / (beyond + ordinary);
  const right = rightlyNamed(
    confusionAt(reference, distance),
    names.map(({ length }) => length / all),
    shares.map((share) => (1 - even) * share + even / shares.length),
  );
  const counted = Math.min(1, beyond / ordinary); // no step at the end of what is ordinary
  return names.map(
    (rows, c) =>
      counted *
      lowered(
        rows.map((i) => confidence[i] as number),
        right[c] as number,
      ),
  );
}
