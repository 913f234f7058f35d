import type { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { type Affinities, conditionalAffinities, jointAffinities } from "./affinities.ts";
import { MapForces } from "./map-forces.ts";
import { nearestRows } from "./nearest-rows.ts";
import { pca } from "./pca.ts";
import { settle, type TsneOptions, type TsneSettings } from "./tsne-options.ts";

/** One step of the descent. */
export interface TsneStep {
  /** From 1. */
  readonly iteration: number;
  /** KL(P‖Q) of the positions in nats, without exaggeration; measured every 50th iteration and at the last. */
  readonly divergence: number | undefined;
  /** Euclidean norm of the gradient that made the step, with its exaggeration. */
  readonly gradientNorm: number;
  /** (rows, 2): a view, which the next step changes. */
  readonly positions: Float64Array;
}

/** Rows as points in the plane. */
export interface Projection {
  /** (rows, 2) */
  readonly positions: Float64Array;
  /** KL(P‖Q) in nats: how far the map's affinities are from the rows', from 0. */
  readonly divergence: number;
  readonly options: TsneSettings;
}

/** Standard deviation of the start along its first axis, and of the noise on it as a part of that. */
const START = 1e-4;
const NOISE = 0.01;
const EXAGGERATED = 250;
const MEASURED = 50;
const LEAST_GAIN = 0.01;

/**
 * A map of the rows in which near ones lie together, by Barnes-Hut t-SNE (van der Maaten 2014); a generator that yields one record per step
 * and returns the map. {@link projectByTsne} runs it to the end.
 *
 * Each row attends to its ⌊3 · perplexity⌋ nearest, found exactly; the map is the local minimum of KL(P‖Q) that gradient descent with
 * momentum (½ while affinities are exaggerated, then 0.8) and a gain for each coordinate finds from the start. Step, start and
 * learning rate are scikit-learn's, and so is what divergence is reached. Theta coarsens only the repulsion: with 0 every pair
 * is summed, in time that grows with rows². The start has noise of a hundredth of its width, so that identical rows part and rows on
 * a line can leave it: the only thing that `random` is for. Same rows, options and seed, same map. The map is centered; its axes,
 * scale and the distances between its groups mean little, its neighbourhoods much.
 *
 * Memory grows with rows · perplexity: 25,045 rows take about 100 MiB at 30. On two cores 5,000 rows take 4 seconds and 25,045
 * half a minute.
 *
 * @param X at least 4 rows
 * @throws OptionError if perplexity is above a third of the other rows, or another option out of range or unknown
 * @throws ShapeError if `initial` is not (rows, 2)
 * @throws DataError if X has fewer than 4 rows, or a row or `initial` holds NaN or an infinite value
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2, 10, 11, 12), 1);
 * const steps = tsne(X, { perplexity: 1, iterations: 100 });
 * steps.next().value.iteration; // 1
 */
export function* tsne(X: Embeddings, options: TsneOptions = {}): Generator<TsneStep, Projection, void> {
  const settings = settle("tsne", X, options);
  const { iterations, learningRate } = settings;
  const positions = startOf(X, options.initial ?? "pca", options.random ?? new Random(0));
  const forces = new MapForces(affinitiesOf(X, settings.perplexity), settings.theta);
  const exaggerated = Math.min(EXAGGERATED, Math.floor(iterations / 4));
  const gradient = new Float64Array(positions.length);
  const velocity = new Float64Array(positions.length);
  const gains = new Float64Array(positions.length);

  forces.measure(positions);
  let divergence: number | undefined;
  for (let iteration = 1; iteration <= iterations; iteration++) {
    if (iteration === 1 || iteration === exaggerated + 1) {
      velocity.fill(0);
      gains.fill(1);
    }
    const early = iteration <= exaggerated;
    const gradientNorm = forces.gradient(early ? settings.exaggeration : 1, gradient);
    descend(positions, { gradient, velocity, gains }, learningRate, early ? 0.5 : 0.8);
    center(positions);
    forces.measure(positions);
    divergence = iteration % MEASURED === 0 || iteration === iterations ? forces.divergence(positions) : undefined;
    yield { iteration, divergence, gradientNorm, positions };
  }
  return { positions, divergence: divergence as number, options: settings };
}

/**
 * The map that {@link tsne} ends with.
 *
 * @throws what {@link tsne} throws
 *
 * @example
 * const X = new Embeddings(Float32Array.of(0, 1, 2, 10, 11, 12), 1);
 * projectByTsne(X, { perplexity: 1 }).positions.length; // 12
 */
export function projectByTsne(X: Embeddings, options: TsneOptions = {}): Projection {
  const steps = tsne(X, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** p_ij of the rows, sparse (van der Maaten 2014, eqs. 6–8). */
export function affinitiesOf(X: Embeddings, perplexity: number): Affinities {
  const k = Math.floor(3 * perplexity);
  const { rows, squares } = nearestRows(X, k);
  return jointAffinities({ rows, k }, conditionalAffinities(squares, k, perplexity));
}

function startOf(X: Embeddings, initial: "pca" | Float64Array, random: Random): Float64Array {
  if (initial !== "pca") return Float64Array.from(initial);
  const axes = Math.min(2, X.columns);
  const { positions, variance } = pca(X, axes);
  const deviation = Math.sqrt(((variance[0] as number) * (X.rows - 1)) / X.rows);
  const noise = deviation > 0 ? NOISE * START : START;
  return Float64Array.from({ length: 2 * X.rows }, (_, j) => {
    const axis = j % 2;
    const along = deviation > 0 && axis < axes ? (positions[(j >> 1) * axes + axis] as number) * (START / deviation) : 0;
    return along + random.normal(0, noise);
  });
}

/** One step down the gradient; a coordinate's gain grows while it keeps its direction and shrinks when it turns (Jacobs 1988). */
function descend(
  positions: Float64Array,
  { gradient, velocity, gains }: Readonly<Record<"gradient" | "velocity" | "gains", Float64Array>>,
  learningRate: number,
  momentum: number,
): void {
  for (let j = 0; j < positions.length; j++) {
    const slope = gradient[j] as number;
    const speed = velocity[j] as number;
    const gain = Math.max(LEAST_GAIN, speed * slope < 0 ? (gains[j] as number) + 0.2 : (gains[j] as number) * 0.8);
    const moved = momentum * speed - learningRate * gain * slope;
    gains[j] = gain;
    velocity[j] = moved;
    positions[j] = (positions[j] as number) + moved;
  }
}

function center(positions: Float64Array): void {
  let x = 0;
  let y = 0;
  for (let j = 0; j < positions.length; j += 2) {
    x += positions[j] as number;
    y += positions[j + 1] as number;
  }
  x /= positions.length / 2;
  y /= positions.length / 2;
  for (let j = 0; j < positions.length; j += 2) {
    positions[j] = (positions[j] as number) - x;
    positions[j + 1] = (positions[j + 1] as number) - y;
  }
}
