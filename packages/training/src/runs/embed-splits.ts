import { DataError, type Embeddings } from "@semblant/core";
import type { Dataset } from "@semblant/datasets";
import { noGrad, tensor, tidy } from "@semblant/torch";
import { type EmbedOptions, embed } from "../embedding/embed.ts";
import type { LoadedRun } from "./load-run.ts";

/** A data set in a run's embedding space, and what the run's own classifier says of its test images. */
export interface SplitEmbeddings {
  readonly train: Embeddings;
  readonly validation: Embeddings;
  readonly test: Embeddings;
  /** (test rows, classes): P(class | embedding) of a loss with a head. */
  readonly head?: Float32Array;
}

/**
 * Embeds every split of the data with a run's network, in the run's precision unless told otherwise, on the unit sphere where
 * its loss looks at directions only.
 *
 * @throws DataError if the data has other classes than the run was trained with
 *
 * @example
 * const data = generateFaces({ count: 80 });
 * const settings = resolveSettings({ network: { baseChannels: 8 }, loss: { name: "softmax" } });
 * const { test, head } = embedSplits({ ...buildTraining(settings, data), settings, classes: data.classes }, data);
 * head.length === test.rows * 8; // true
 */
export function embedSplits(
  run: Pick<LoadedRun, "settings" | "network" | "loss" | "classes">,
  data: Dataset,
  options: EmbedOptions = {},
): SplitEmbeddings {
  const { network, loss, classes, settings } = run;
  if (data.classes.join() !== classes.join()) {
    throw new DataError(`embedSplits: expected data with the run's classes (${classes.join(", ")}), but got ${data.classes.join(", ")}.`);
  }
  const within = { precision: settings.precision, normalize: loss.normalized ?? false, ...options };
  const [train, validation, test] = [data.train, data.validation, data.test].map((split) => embed(network, split, within)) as [
    Embeddings,
    Embeddings,
    Embeddings,
  ];
  const { posterior } = loss;
  return { train, validation, test, ...(posterior && { head: headPosterior(posterior, test, network.parameters()[0]?.device ?? "cpu") }) };
}

function headPosterior(
  posterior: NonNullable<LoadedRun["loss"]["posterior"]>,
  { values, rows, columns }: Embeddings,
  device: string,
): Float32Array {
  if (rows === 0) return new Float32Array(0);
  return noGrad(() => tidy(() => posterior(tensor(values, { shape: [rows, columns], device })).data() as Float32Array));
}
