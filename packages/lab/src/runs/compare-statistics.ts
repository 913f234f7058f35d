import { type Difference, type Estimate, type Evaluation, mcnemar, pairedBootstrap, Random } from "@semblant/core";
import { metricsOf, takeOutcomes } from "@semblant/core/internals";

/** A metric of one loss: its mean over the seeds, how far the seeds lie apart, and a 95 % interval of the mean. */
export interface SeedEstimate extends Estimate {
  /** Standard deviation over the seeds (n − 1); NaN for one seed. */
  readonly deviation: number;
}

/** How a loss differs from the first: difference, interval and p for each metric, and McNemar's test of each pair of networks. */
export interface LossDifference {
  readonly loss: string;
  readonly against: string;
  /** This loss minus the first, in the metric's own unit; `holm` is p corrected for how many losses are compared. */
  readonly differences: Readonly<Record<string, Difference & { readonly holm: number }>>;
  /** For each seed, of the neighbours' vote: `onlyFirst` are the faces that only this loss gets right. */
  readonly mcnemar: readonly { readonly seed: number; readonly onlyFirst: number; readonly onlySecond: number; readonly p: number }[];
  /** Seeds with the higher accuracy. */
  readonly better: number;
}

/** What {@link overSeeds} finds of every loss, and of each but the first against the first. */
export interface SeedStatistics {
  readonly metrics: readonly Readonly<Record<string, SeedEstimate>>[];
  readonly comparisons: readonly LossDifference[];
}

/**
 * Every metric of networks that were trained alike but for loss and seed, and how much each loss differs from the first,
 * seed s of the one against seed s of the other.
 *
 * Intervals and p come of a bootstrap over both what was tested and what was trained: each draw takes test faces and, where
 * there are more than one, seeds, with replacement, the same for every loss. A few seeds say little of how seeds vary:
 * intervals of two or three are too narrow by up to a third.
 *
 * @param names of the losses
 * @param evaluations for each loss one per seed, all of the same test rows
 * @param seeds what the networks were trained with
 */
export function overSeeds(
  names: readonly string[],
  evaluations: readonly (readonly Evaluation[])[],
  seeds: readonly number[],
  { resamples = 1000, seed = 0 }: { resamples?: number; seed?: number } = {},
): SeedStatistics {
  const random = new Random(seed);
  const rows = evaluations[0]?.[0]?.truth.length ?? 0;
  const [every, ofEvery] = [Int32Array.from({ length: rows }, (_, row) => row), [...seeds.keys()]];
  const values = measureAll(evaluations, every, ofEvery);
  const nothing = mapValues(values, () => 0);
  const drawn = pairedBootstrap(
    rows,
    (faces) => measureAll(evaluations, faces, drawSeeds(seeds.length, random)),
    () => nothing,
    { resamples, random: random.fork("faces") },
  );
  const single = evaluations.map((ofLoss) => ofLoss.map(({ outcomes }) => metricsOf(outcomes)));
  const pick = (prefix: string) =>
    within(prefix, values).map(
      ([name, value]) => [name, Number.isNaN(value) ? unknown : { ...(drawn[prefix + name] as Difference), value }] as const,
    );

  const metrics = names.map((_, l) =>
    Object.fromEntries(
      pick(`${l} `).map(([name, { value, low, high }]) => {
        const deviation = deviationOf((single[l] ?? []).map((metric) => metric[name] as number));
        return [name, { value, low, high, deviation }];
      }),
    ),
  );
  const found = names.slice(1).map((loss, i) => ({ loss, differences: Object.fromEntries(pick(`${i + 1}-0 `)) }));
  const comparisons = found.map(({ loss, differences }, i) => {
    const [first, other] = [evaluations[0] ?? [], evaluations[i + 1] ?? []];
    return {
      loss,
      against: names[0] as string,
      differences: mapValues(differences, (difference, name) => {
        const all = found.map((one) => one.differences[name]?.p ?? Number.NaN);
        return { ...difference, holm: holm(all)[i] as number };
      }),
      mcnemar: seeds.map((trained, s) => ({ seed: trained, ...mcnemar(right(other[s] as Evaluation), right(first[s] as Evaluation)) })),
      better: seeds.filter((_, s) => accuracyOf(single[i + 1]?.[s]) > accuracyOf(single[0]?.[s])).length,
    };
  });
  return { metrics, comparisons };
}

/** Of a metric that some run does not have. */
const unknown: Difference = { value: Number.NaN, low: Number.NaN, high: Number.NaN, p: Number.NaN };

/** Means over the chosen seeds: `2 accuracy` is that of loss 2, `2-0 accuracy` how much it is above loss 0. */
function measureAll(evaluations: readonly (readonly Evaluation[])[], faces: Int32Array, chosen: readonly number[]): Record<string, number> {
  const means = evaluations.map((ofLoss) => {
    const measured = new Map([...new Set(chosen)].map((s) => [s, metricsOf(takeOutcomes((ofLoss[s] as Evaluation).outcomes, faces))]));
    return meanOf(chosen.map((s) => measured.get(s) as Record<string, number>));
  });
  const [first = {}] = means;
  return Object.assign(
    {},
    ...means.map((mean, l) => withPrefix(`${l} `, mean)),
    ...means.slice(1).map((mean, i) => withPrefix(`${i + 1}-0 `, minus(mean, first))),
  );
}

/**
 * p-values corrected for how many there are, so that the chance of any false alarm among them stays what one would have
 * (Holm 1979).
 *
 * @example
 * holm([0.01, 0.04, 0.03]); // [0.03, 0.06, 0.06]
 */
export function holm(p: readonly number[]): number[] {
  const ascending = [...p.keys()].sort((a, b) => (p[a] as number) - (p[b] as number));
  const corrected: number[] = [];
  let highest = 0;
  ascending.forEach((place, rank) => {
    highest = Math.max(highest, Math.min(1, (p.length - rank) * (p[place] as number)));
    corrected[place] = highest;
  });
  return corrected;
}

function drawSeeds(count: number, random: Random): number[] {
  return Array.from({ length: count }, () => random.integer(count));
}

function meanOf(all: readonly Record<string, number>[]): Record<string, number> {
  return mapValues(all[0] ?? {}, (_, name) => all.reduce((sum, one) => sum + (one[name] as number), 0) / all.length);
}

/** Of the metrics that both have. */
function minus(a: Record<string, number>, b: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(a).flatMap(([name, value]) => (b[name] === undefined ? [] : [[name, value - b[name]]])));
}

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return values.length < 2 ? Number.NaN : Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (values.length - 1));
}

const right = ({ truth, predicted }: Evaluation) => Uint8Array.from(truth, (label, i) => Number(label === predicted[i]));
const accuracyOf = (metrics: Record<string, number> | undefined) => metrics?.accuracy ?? Number.NaN;

const withPrefix = (prefix: string, values: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
const within = <T>(prefix: string, values: Readonly<Record<string, T>>) =>
  Object.entries(values)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, value]) => [name.slice(prefix.length), value] as const);

function mapValues<T, U>(values: Readonly<Record<string, T>>, map: (value: T, name: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value, name)]));
}
