import { type Embeddings, type Projection, type Random, trustworthiness } from "@semblant/core";
import type { LabeledImages } from "@semblant/training";
import { duration } from "../terminal/terminal.ts";

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
