import { chooseMixture, clusterByKMeans, type Embeddings, fitGaussianMixture, type GaussianMixture, type Random } from "@semblant/core";
import { squaredDistance } from "@semblant/core/internals";
import type { SubdivisionSettings } from "./settings.ts";

/** How to split: of the settings, those that a single class needs. */
export type SplitSettings = Pick<
  SubdivisionSettings,
  "by" | "covariance" | "regularization" | "restarts" | "choose" | "nested" | "smallest"
>;

/** One class in parts. */
export interface ClassSplit {
  /** (rows of the class): the part of each, 0 to the number of parts less 1; none is empty. */
  readonly clusters: Int32Array;
  /** The parts as Gaussians, in the order of the clusters. */
  readonly mixture: GaussianMixture;
}

export interface SplitClassOptions {
  readonly settings: SplitSettings;
  /** The most parts; a class that is too small for so many gets fewer. */
  readonly most: number;
  readonly random: Random;
  /** (rows): the parts so far, which nested splits part further. */
  readonly before?: Int32Array;
}

/**
 * One class's embeddings in at most `most` parts, and at most one for every `smallest` rows.
 *
 * The class becomes a mixture of Gaussians by EM, or k-means clusters, with the best of `restarts` starts; rows belong to their most
 * responsible part. Parts are numbered from the largest; nested ones keep the numbers that they had, what is split off gets the next.
 * A part with fewer than half of `smallest` rows is dissolved: its rows go to the most responsible of the others, or the nearest.
 *
 * @throws DataError if a row holds NaN or an infinite value
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2, 10, 11), 1);
 * const settings = { ...subdivisionDefaults, smallest: 2 };
 * splitClass(X, { settings, most: 2, random: new Random(0) }).clusters; // Int32Array [0, 0, 0, 1, 1]
 */
export function splitClass(X: Embeddings, { settings, most, random, before }: SplitClassOptions): ClassSplit {
  const allowed = Math.max(1, Math.min(most, Math.floor(X.rows / settings.smallest)));
  const k = settings.choose === "all" || allowed === 1 ? allowed : chosen(X, allowed, settings, random.fork("choose"));
  if (settings.nested && before !== undefined) {
    const clusters = splitFurther(X, before, k, { settings, random });
    return { clusters, mixture: asMixture(X, clusters, settings) };
  }
  const { clusters, mixture } = partition(X, k, settings, random);
  const ordered = largestFirst(dissolve(X, clusters, mixture, settings));
  const same = ordered.every((cluster, i) => cluster === clusters[i]);
  return { clusters: ordered, mixture: same ? mixture : asMixture(X, ordered, settings, settings.by === "em" ? EM_ITERATIONS : 1) };
}

/** EM that begins where it ended, with the parts in another order or without those dissolved, ends soon. */
const EM_ITERATIONS = 20;

/** The variance that is added to every variance of this class: never 0, since a class may be one point. */
function added(X: Embeddings, { regularization }: SplitSettings): number {
  const means = new Float64Array(X.columns);
  let squares = 0;
  for (let j = 0; j < X.values.length; j++) {
    const d = j % X.columns;
    means[d] = (means[d] as number) + (X.values[j] as number) / X.rows;
  }
  for (let j = 0; j < X.values.length; j++) squares += ((X.values[j] as number) - (means[j % X.columns] as number)) ** 2;
  return regularization * (squares / X.values.length) || 1e-6;
}

function mixtureOptions(X: Embeddings, settings: SplitSettings) {
  return { covariance: settings.covariance, regularization: added(X, settings) };
}

function chosen(X: Embeddings, to: number, settings: SplitSettings, random: Random): number {
  const by = settings.choose as "bic" | "held-out";
  const most = by === "bic" ? to : Math.min(to, X.rows - Math.ceil(X.rows / 5)); // four of five parts are fitted to
  return chooseMixture(X, { from: 1, to: most, by, restarts: settings.restarts, random, ...mixtureOptions(X, settings) }).chosen.k;
}

/** Rows in k clusters, some of which may be small or empty, and their mixture. */
function partition(X: Embeddings, k: number, settings: SplitSettings, random: Random): ClassSplit {
  const { by, restarts } = settings;
  if (by === "em") {
    const mixture = fitGaussianMixture(X, { k, restarts, random, ...mixtureOptions(X, settings) });
    return { clusters: mixture.clusters(X), mixture };
  }
  const { clusters } = clusterByKMeans(X, { k, restarts, random });
  return { clusters, mixture: asMixture(X, clusters, settings) };
}

/** The mixture of greatest likelihood given the clusters, and so many steps of EM on. */
function asMixture(X: Embeddings, clusters: Int32Array, settings: SplitSettings, iterations = 1): GaussianMixture {
  const k = 1 + clusters.reduce((most, cluster) => Math.max(most, cluster), 0);
  return fitGaussianMixture(X, { k, initial: { clusters }, iterations, ...mixtureOptions(X, settings) });
}

/** Takes parts that are too small away, the smallest first, until none is or one is left. */
function dissolve(X: Embeddings, clusters: Int32Array, mixture: GaussianMixture, { smallest }: SplitSettings): Int32Array {
  const { k } = mixture;
  const shares = mixture.responsibilities(X);
  const left = new Set(Array.from({ length: k }, (_, g) => g));
  const kept = clusters.slice();
  for (;;) {
    const sizes = sizesOf(kept, k);
    const least = [...left].reduce((a, b) => ((sizes[b] as number) < (sizes[a] as number) ? b : a));
    if (left.size === 1 || 2 * (sizes[least] as number) >= smallest) return kept;
    left.delete(least);
    for (let i = 0; i < kept.length; i++) {
      if (kept[i] !== least) continue;
      const share = (g: number) => shares[i * k + g] as number;
      const next = [...left].reduce((a, b) => (share(b) > share(a) ? b : a));
      kept[i] = share(next) > 0 ? next : nearestOf(left, X, i, mixture);
    }
  }
}

/** The part with the nearest mean: for a row so far from all but its own part that the others share nothing of it. */
function nearestOf(parts: ReadonlySet<number>, X: Embeddings, i: number, { means }: GaussianMixture): number {
  const x = Float64Array.from(X.row(i));
  const square = (g: number) => squaredDistance(x, 0, means, g, X.columns);
  return [...parts].reduce((a, b) => (square(b) < square(a) ? b : a));
}

/** The same parts, numbered without holes from the largest; of equals the one that comes first in the rows. */
function largestFirst(clusters: Int32Array): Int32Array {
  const sizes = sizesOf(clusters, 1 + clusters.reduce((most, cluster) => Math.max(most, cluster), 0));
  const order = [...sizes.keys()]
    .filter((g) => sizes[g] !== 0)
    .sort((a, b) => (sizes[b] as number) - (sizes[a] as number) || clusters.indexOf(a) - clusters.indexOf(b));
  return clusters.map((g) => order.indexOf(g));
}

/** How parts are split, and with what chance. */
interface Splitting {
  readonly settings: SplitSettings;
  readonly random: Random;
}

/** Splits one part in two, the one whose split raises the likelihood most, until there are k or none can be split. */
function splitFurther(X: Embeddings, before: Int32Array, k: number, { settings, random }: Splitting): Int32Array {
  const clusters = before.slice();
  const halves = new Map<number, { rows: number[]; second: Int32Array; gain: number } | undefined>();
  for (let parts = sizesOf(before).length; parts < k; parts++) {
    for (let g = 0; g < parts; g++)
      if (!halves.has(g)) halves.set(g, halve(X, clusters, g, { settings, random: random.fork(`part ${g} of ${parts}`) }));
    const [g, best] = [...halves].reduce((a, b) => ((b[1]?.gain ?? -1) > (a[1]?.gain ?? -1) ? b : a));
    if (best === undefined) return clusters;
    best.rows.forEach((row, i) => {
      if (best.second[i] === 1) clusters[row] = parts;
    });
    halves.delete(g);
  }
  return clusters;
}

/** One part in two, the larger of which is 0, and what that gains in nats; undefined where a half would be too small. */
function halve(X: Embeddings, clusters: Int32Array, part: number, { settings, random }: Splitting) {
  const rows = [...clusters.keys()].filter((i) => clusters[i] === part);
  if (rows.length < settings.smallest) return undefined;
  const members = X.take(rows);
  const { clusters: halves, mixture } = partition(members, 2, settings, random);
  const second = largestFirst(dissolve(members, halves, mixture, settings));
  if (sizesOf(second).length < 2) return undefined;
  const whole = asMixture(members, new Int32Array(rows.length), settings);
  return { rows, second, gain: rows.length * (asMixture(members, second, settings).logLikelihood - whole.logLikelihood) };
}

function sizesOf(clusters: Int32Array, k = 1 + clusters.reduce((most, cluster) => Math.max(most, cluster), 0)): Int32Array {
  const sizes = new Int32Array(k);
  for (const g of clusters) sizes[g] = (sizes[g] as number) + 1;
  return sizes;
}
