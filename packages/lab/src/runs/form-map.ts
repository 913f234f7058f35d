import { DataError, Random } from "@semblant/core";
import { subset } from "@semblant/datasets";
import { projectOffThread } from "../projection/project-off-thread.ts";
import { openEmbedder } from "./embedder.ts";

/** Where the same few faces lie at one moment of a training. */
export interface FormedMap {
  /** The step after which the weights were so. */
  readonly step: number;
  readonly classes: readonly string[];
  /** (faces): names of the faces, which are the same at every moment. */
  readonly ids: readonly string[];
  /** (faces): the class of each, an index into classes. */
  readonly labels: readonly number[];
  /** (faces, 2) */
  readonly positions: readonly number[];
}

/** Faces beyond which nothing more is seen of a space that forms. */
const most = 400;
/** Of a map that has where to start, so that it moves and is not made anew. */
const further = 300;

/**
 * Places a fixed sample of a run's validation faces (its test faces, where it has none) by t-SNE, from the weights that training goes on
 * from. A map that begins at the positions of the moment before moves calmly: its affinities are not exaggerated again.
 *
 * @param before the positions of the same faces one moment earlier
 * @throws DataError if the run has no checkpoint yet, or fewer than 4 such faces
 */
export async function formMap(run: string, before?: FormedMap): Promise<FormedMap> {
  const embedder = await openEmbedder("map", run, { split: "source", weights: "last" });
  try {
    const { validation, test } = embedder.data;
    const set = validation.images.count >= 4 ? validation : test;
    const { count } = set.images;
    if (count < 4) throw new DataError(`map: expected at least 4 faces for validation or test in ${embedder.source}, but it has ${count}.`);
    const rows = new Random(0).fork("sample").permutation(count).slice(0, most).sort();
    const X = await embedder.embed(count > most ? subset(set, rows) : set);
    const ids = X.ids ?? Array.from({ length: X.rows }, (_, i) => String(i));
    const start = before !== undefined && before.ids.join("\n") === ids.join("\n") ? Float64Array.from(before.positions) : undefined;
    const { positions } = await projectOffThread(X, start === undefined ? {} : { initial: start, iterations: further, exaggeration: 1 });
    return {
      step: embedder.step ?? 0,
      classes: X.classes ?? [],
      ids,
      labels: Array.from(X.labels ?? new Int32Array(X.rows)),
      positions: Array.from(positions, (value) => Math.round(value * 1000) / 1000),
    };
  } finally {
    await embedder.close();
  }
}
