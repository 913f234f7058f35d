import { invalidOption, refuseUnknown } from "../errors.ts";
import { Random } from "../random.ts";

/** A value and the interval that resampling the rows gives for it. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** A difference of two values, its interval, and how surprising it would be without one. */
export interface Difference extends Estimate {
  /** Two-sided, from 2/(resamples + 1) to 1. */
  readonly p: number;
}

/** Named numbers computed from some rows; a row may be named more than once. */
export type Measure = (rows: Int32Array) => Record<string, number>;

export interface BootstrapOptions {
  /** How many times the rows are drawn again; 0 leaves the intervals NaN. */
  readonly resamples?: number;
  readonly random?: Random;
  /** How much of the resamples an interval holds, between 0 and 1. */
  readonly level?: number;
  /** The least and the greatest that a name's value can be, which no interval goes past; by default nothing is known of them. */
  readonly range?: (name: string) => readonly [number, number];
}

const anything = () => [-Infinity, Infinity] as const;

/** Bias in standard deviations of the draws below which an interval stays where it is. */
const negligible = 0.25;

/**
 * Percentile bootstrap intervals of everything measured on a set of rows (Efron and Tibshirani 1993, chapter 13).
 *
 * Rows are drawn with replacement, as many as there are, and everything is measured again on the draw; an interval runs
 * between the percentiles of what comes out, interpolated as numpy does, with NaN results left out. Drawing a row twice makes some
 * numbers greater by itself (mutual information finds agreement in every double): where the draws' mean lies a quarter of their
 * standard deviation or more from the value, beyond which the same book (10.2) calls bias no longer negligible, the interval is moved by
 * that bias, though not out of the value's range, nor below 0 if no draw is. An interval holds its value; where the value is NaN, so are
 * its ends. It speaks of which rows were tested, not of which network was trained: other seeds of
 * training vary by more.
 *
 * @throws OptionError if resamples is not a whole number from 0, or level not between 0 and 1
 *
 * @example
 * const right = [1, 1, 1, 1, 0, 0, 1, 1, 1, 0];
 * const mean = (rows) => ({ accuracy: rows.reduce((sum, i) => sum + right[i], 0) / rows.length });
 * bootstrap(10, mean, { random: new Random(0) }).accuracy.value; // 0.7
 */
export function bootstrap(rows: number, measure: Measure, options: BootstrapOptions = {}): Record<string, Estimate> {
  const { resamples, random, level, range } = resolve("bootstrap", options);
  const values = measure(everyRow(rows));
  const draws = Array.from({ length: rows === 0 ? 0 : resamples }, () => measure(drawRows(rows, random)));
  return mapValues(values, (value, name) => ({ value, ...within(range(name), value, unbiased(value, column(draws, name), level)) }));
}

/**
 * The differences between two measures of the same rows, a − b, each pair measured on the same draws.
 *
 * The p-value is twice the smaller part of the draws in which the difference is at or beyond 0 on either side (one is added to
 * both counts, so that it is never 0): below 0.05 about when the 95 % interval leaves out 0.
 *
 * @throws OptionError if resamples is not a whole number from 0, or level not between 0 and 1
 *
 * @example
 * const [a, b] = [(rows) => ({ mean: 2 }), (rows) => ({ mean: 0.5 })];
 * pairedBootstrap(10, a, b, { random: new Random(0) }).mean.value; // 1.5
 */
export function pairedBootstrap(rows: number, a: Measure, b: Measure, options: BootstrapOptions = {}): Record<string, Difference> {
  const { resamples, random, level } = resolve("pairedBootstrap", options);
  const differences: Measure = (drawn) => {
    const other = b(drawn);
    return mapValues(a(drawn), (value, name) => value - (other[name] ?? Number.NaN));
  };
  const values = differences(everyRow(rows));
  const draws = Array.from({ length: rows === 0 ? 0 : resamples }, () => differences(drawRows(rows, random)));
  return mapValues(values, (value, name) => {
    if (Number.isNaN(value)) return { value, low: value, high: value, p: value };
    const drawn = column(draws, name);
    return { value, ...interval(drawn, level), p: twoSided(drawn) };
  });
}

/** `count` row numbers drawn with replacement. */
function drawRows(count: number, random: Random): Int32Array {
  const rows = new Int32Array(count);
  for (let i = 0; i < count; i++) rows[i] = random.integer(count);
  return rows;
}

function everyRow(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

/** What the draws gave for one name, ascending, without NaN. */
function column(draws: readonly Record<string, number>[], name: string): Float64Array {
  return Float64Array.from(draws, (draw) => draw[name] as number)
    .filter((value) => !Number.isNaN(value))
    .sort();
}

/** The interval of the draws, moved to where they would lie if drawing rows again did not shift them. */
function unbiased(value: number, sorted: Float64Array, level: number): { low: number; high: number } {
  const { low, high } = interval(sorted, level);
  const mean = sorted.reduce((sum, x) => sum + x, 0) / sorted.length;
  const deviation = Math.sqrt(sorted.reduce((sum, x) => sum + (x - mean) ** 2, 0) / sorted.length);
  const bias = mean - value;
  if (!(Math.abs(bias) > negligible * deviation)) return { low, high };
  const least = (sorted[0] as number) >= 0 ? 0 : -Infinity;
  return { low: Math.max(least, low - bias), high: high - bias };
}

/** The interval cut to the value's range, and wide enough to hold the value. */
function within([least, greatest]: readonly [number, number], value: number, { low, high }: { low: number; high: number }) {
  if (Number.isNaN(value)) return { low: Number.NaN, high: Number.NaN };
  if (Number.isNaN(low)) return { low, high };
  const cut = (end: number) => Math.min(greatest, Math.max(least, end));
  return { low: Math.min(value, cut(low)), high: Math.max(value, cut(high)) };
}

function interval(sorted: Float64Array, level: number): { low: number; high: number } {
  return { low: percentile(sorted, (1 - level) / 2), high: percentile(sorted, (1 + level) / 2) };
}

function percentile(sorted: Float64Array, part: number): number {
  if (sorted.length === 0) return Number.NaN;
  const place = part * (sorted.length - 1);
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

function twoSided(differences: Float64Array): number {
  if (differences.length === 0) return Number.NaN;
  const part = (test: (d: number) => boolean) => (differences.filter(test).length + 1) / (differences.length + 1);
  return Math.min(
    1,
    2 *
      Math.min(
        part((d) => d <= 0),
        part((d) => d >= 0),
      ),
  );
}

function mapValues<T>(values: Record<string, number>, map: (value: number, name: string) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value, name)]));
}

function resolve(where: string, options: BootstrapOptions): Required<BootstrapOptions> {
  refuseUnknown(where, options, ["resamples", "random", "level", "range"]);
  const { resamples = 1000, random = new Random(0), level = 0.95, range = anything } = options;
  if (!Number.isInteger(resamples) || resamples < 0) throw invalidOption(where, "resamples", "a whole number from 0", resamples);
  if (!(level > 0 && level < 1)) throw invalidOption(where, "level", "a number between 0 and 1", level);
  return { resamples, random, level, range };
}
