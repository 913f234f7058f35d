import { type Embeddings, OptionError, type Projection, type Random, trustworthiness } from "@semblant/core";
import { duration, show } from "@semblant/core/internals";
import type { LabeledImages } from "@semblant/datasets";

const iterations = 1000;
/** Iterations after which the time left can be told. */
const soonest = 20;

/** How rows are laid out and drawn. */
export interface LayOutOptions {
  /** Faces in place of markers. */
  readonly thumbnails?: LabeledImages;
  readonly perplexity?: number;
  readonly width?: number;
  readonly title?: string;
  /** Stops the projection between two iterations. */
  readonly signal?: AbortSignal;
}

/** Rows on a map. */
export interface LaidOut {
  readonly projection: Projection;
  readonly perplexity: number;
  /** How far the map keeps each row's five nearest, 0 to 1. */
  readonly trustworthiness: number;
  readonly svg: string;
}

/**
 * Refuses what cannot be drawn, before rows are read or laid out for it.
 *
 * @param n how many rows there are, once that is known
 * @throws OptionError if the width is not from 2 to 20 inches, or the perplexity not from 1 to a third of the other rows
 */
export function checkLayOut({ width, perplexity }: { readonly width?: number; readonly perplexity?: number }, n?: number): void {
  if (width !== undefined && !(width >= 2 && width <= 20)) {
    throw new OptionError(`--width: expected 2 to 20 inches, but got ${show(width)}.`);
  }
  const most = n === undefined ? Number.MAX_VALUE : (n - 1) / 3;
  if (perplexity === undefined || (perplexity >= 1 && perplexity <= most)) return;
  const range = n === undefined ? "of at least 1" : `from 1 to ${Math.floor(100 * most) / 100}, a third of the ${n - 1} other rows`;
  throw new OptionError(`--perplexity: expected a number ${range}, but got ${show(perplexity)}.`);
}

/** Lays rows out by Barnes-Hut t-SNE off the main thread, measures the map and draws it; rows without labels are of one class. */
export async function layOut(
  X: Embeddings,
  what: { readonly noun: string; readonly random: Random },
  options: LayOutOptions,
  progress: (text: string) => void,
): Promise<LaidOut> {
  const { thumbnails, width, title, signal } = options;
  const [{ scatterMap }, { projectOffThread }] = await Promise.all([
    import("../pictures/scatter-map.ts"),
    import("../projection/project-off-thread.ts"),
  ]);
  const n = X.rows;
  const perplexity = options.perplexity ?? Math.min(30, (n - 1) / 3);
  const began = performance.now();
  const onStep = ({ iteration }: { iteration: number }) => {
    const seconds = ((performance.now() - began) / 1000 / iteration) * (iterations - iteration);
    const left = iteration < soonest ? "" : `  ${duration(seconds)} left`;
    progress(`t-SNE of ${n.toLocaleString("en-US")} ${what.noun}: iteration ${iteration}/${iterations}${left}`);
  };
  const projection = await projectOffThread(
    X,
    { perplexity, iterations, random: what.random.fork("t-SNE") },
    { onStep, ...(signal && { signal }) },
  );
  progress("measuring and drawing ...");
  const k = Math.min(5, Math.ceil(n / 2) - 1);
  const svg = await scatterMap({
    positions: projection.positions,
    labels: X.labels ?? new Int32Array(n),
    classes: X.classes ?? [what.noun],
    ...(thumbnails && { thumbnails: { images: thumbnails } }),
    ...(width !== undefined && { width }),
    ...(title !== undefined && { title }),
  });
  return { projection, perplexity, trustworthiness: trustworthiness(X, projection.positions, { k }), svg };
}
