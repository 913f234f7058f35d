import { adjustedRandIndex, type Embeddings, type GaussianMixture, type Random } from "@semblant/core";
import type { Subclasses } from "../loop/subclasses.ts";
import { type SplitSettings, splitClass } from "./split-class.ts";

/** What a split of all classes is like. */
export interface SplitReport {
  /** The images of each sub-class, class by class. */
  readonly sizes: readonly (readonly number[])[];
  /** Mean ln p(x | class) of the embeddings under the mixture of their class, in nats. */
  readonly logLikelihood: number;
  /** Bayesian information criterion of the classes' mixtures together; the smaller, the better. */
  readonly bic: number;
  /** The same with one Gaussian a class: where it is smaller, the split is not warranted by the likelihood. */
  readonly bicUnsplit: number;
  /** Adjusted Rand index against the same split from other random starts, within classes: 1 where the starts make no difference. */
  readonly repeatability: number;
  /** Adjusted Rand index against the level before, within classes; absent where that had no sub-classes. */
  readonly agreement?: number;
}

export interface Split extends Subclasses {
  readonly report: SplitReport;
}

export interface SplitOptions {
  readonly settings: SplitSettings;
  /** The most sub-classes of a class. */
  readonly most: number;
  readonly random: Random;
  /** The level before. */
  readonly before?: Pick<Subclasses, "labels" | "parents">;
  /** Whether votes are spread over sub-classes, where the embeddings have them. */
  readonly votes?: boolean;
}

/**
 * Every class of the embeddings in sub-classes (Algorithm 2, step b), numbered without holes, class after class.
 *
 * Raters vote on classes, so their votes are spread: the share of an image's own class goes to the sub-class it is in, that of any
 * other class to that class's sub-classes by how responsible each would be for the image. An image named happiness by eight and neutral
 * by two says which kind of neutral face it is like, and not that it is a bit of each.
 *
 * @param X embeddings with labels and classes
 * @throws DataError if a row holds NaN or an infinite value
 *
 * @example
 * const facts = { labels: Int32Array.of(0, 0, 0, 1, 1, 1, 1), classes: ["neutral", "happiness"] };
 * const X = new Embeddings(Float32Array.of(4, 5, 6, 0, 1, 10, 11), 1, facts);
 * const split = splitClasses(X, { settings: { ...subdivisionDefaults, smallest: 2 }, most: 2, random: new Random(0) });
 * split.labels; // Int32Array [0, 0, 0, 1, 1, 2, 2]
 * split.names; // ["neutral 1", "happiness 1", "happiness 2"]
 */
export function splitClasses(X: Embeddings, { settings, most, random, before, votes = false }: SplitOptions): Split {
  const [labels, classes] = [X.labels as Int32Array, X.classes as readonly string[]];
  const rowsOf = classes.map((_, c) => Int32Array.from([...labels.keys()].filter((i) => labels[i] === c)));
  const again = new Int32Array(labels.length);
  const found = new Int32Array(labels.length);
  const parents: number[] = [];
  const names: string[] = [];
  const mixtures: GaussianMixture[] = [];
  const sums = { logLikelihood: 0, bic: 0, bicUnsplit: 0 };

  for (const [c, rows] of rowsOf.entries()) {
    const members = X.take(rows);
    const inside = before && { before: numberedWithin(rows, c, before) };
    const split = (purpose: string) => splitClass(members, { settings, most, random: random.fork(`${purpose}, class ${c}`), ...inside });
    const { clusters, mixture } = split("split");
    rows.forEach((row, i) => {
      found[row] = parents.length + (clusters[i] as number);
    });
    const other = split("again").clusters;
    rows.forEach((row, i) => {
      again[row] = other[i] as number;
    });
    for (let g = 0; g < mixture.k; g++) {
      parents.push(c);
      names.push(`${classes[c]} ${g + 1}`);
    }
    mixtures.push(mixture);
    const one = splitClass(members, { settings: { ...settings, nested: false }, most: 1, random }).mixture;
    sums.logLikelihood += rows.length * mixture.logLikelihood;
    sums.bic += mixture.bic(members);
    sums.bicUnsplit += one.bic(members);
  }

  const report: SplitReport = {
    sizes: classes.map((_, c) => parents.flatMap((parent, s) => (parent === c ? [found.filter((f) => f === s).length] : []))),
    ...sums,
    logLikelihood: sums.logLikelihood / labels.length,
    repeatability: agreementWithin(labels, found, again),
    ...(before && before.parents.length > classes.length && { agreement: agreementWithin(labels, found, before.labels) }),
  };
  const known = votes && X.votes !== undefined ? spread(X, found, mixtures) : undefined;
  return { labels: found, parents: Int32Array.from(parents), names, report, ...(known && { known }) };
}

/**
 * Adjusted Rand index of two partitions inside each class, averaged with the classes' sizes as weights. Inside the classes,
 * because telling the classes apart is no agreement on their parts.
 *
 * @example
 * agreementWithin([0, 0, 0, 0, 1, 1], [0, 0, 1, 1, 2, 2], [5, 5, 6, 6, 7, 8]).toFixed(3); // "0.667"
 */
export function agreementWithin(classes: ArrayLike<number>, a: ArrayLike<number>, b: ArrayLike<number>): number {
  const rowsOf = new Map<number, number[]>();
  for (let i = 0; i < classes.length; i++) {
    const c = classes[i] as number;
    const rows = rowsOf.get(c);
    if (rows === undefined) rowsOf.set(c, [i]);
    else rows.push(i);
  }
  let sum = 0;
  for (const rows of rowsOf.values()) {
    const inside = (groups: ArrayLike<number>) => rows.map((i) => groups[i] as number);
    sum += rows.length * adjustedRandIndex(inside(a), inside(b));
  }
  return sum / classes.length;
}

/** (rows of class c): the sub-classes of before, counted from 0 in the class. */
function numberedWithin(rows: Int32Array, c: number, { labels, parents }: Pick<Subclasses, "labels" | "parents">): Int32Array {
  const first = parents.indexOf(c);
  return rows.map((row) => (labels[row] as number) - first);
}

/** (rows, subclasses): the votes for each class, spread over its sub-classes. */
function spread(X: Embeddings, found: Int32Array, mixtures: readonly GaussianMixture[]): Float32Array {
  const [labels, votes] = [X.labels as Int32Array, X.votes as Float32Array];
  const subclasses = mixtures.reduce((sum, { k }) => sum + k, 0);
  const known = new Float32Array(X.rows * subclasses);
  let first = 0;
  for (const [c, mixture] of mixtures.entries()) {
    const shares = mixture.responsibilities(X);
    for (let i = 0; i < X.rows; i++) {
      const share = votes[i * mixtures.length + c] as number;
      if (labels[i] === c) known[i * subclasses + (found[i] as number)] = share;
      else for (let g = 0; g < mixture.k; g++) known[i * subclasses + first + g] = share * (shares[i * mixture.k + g] as number);
    }
    first += mixture.k;
  }
  return known;
}
