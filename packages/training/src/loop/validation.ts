import { accuracy, classifyByNeighbors, type Embeddings, findNeighbors, fitGaussians, type Random } from "@semblant/core";
import { type Dataset, type LabeledImages, subset } from "@semblant/datasets";
import type { ProcessGroup } from "@semblant/torch";
import { embedTogether, numberOfRank0 } from "../distributed/embed-together.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import type { ValidationSettings } from "../settings/setting-types.ts";
import type { Precision } from "../steps/precision.ts";

/** The paper's number of neighbours. */
const K = 11;

/**
 * How good the network is now: a function that gives the share of validation images named rightly, in percent, or undefined
 * where the data has no validation images. NaN where an embedding is not a number: such a network names nothing.
 *
 * The whole training set takes long to embed, so a part stands for it, drawn once: the paper's measure with fewer
 * neighbours to choose from, some points below it and in the same order. With `normalize` all are points of the unit sphere.
 * Several ranks embed a part of the images each; rank 0 measures.
 */
export function validator(
  network: EmbeddingNetwork,
  data: Pick<Dataset, "train" | "validation">,
  {
    settings,
    precision,
    random,
    normalize = false,
    group,
  }: { settings: ValidationSettings; precision: Precision; random: Random; normalize?: boolean; group?: ProcessGroup | undefined },
): (() => number) | undefined {
  if (data.validation.images.count === 0) return undefined;
  const gallery = part(data.train, settings.gallery, random);
  const { labels, classes } = data.validation;
  const embed = (images: LabeledImages) => embedTogether(network, images, { precision, normalize }, group);
  const measure = (reference: Embeddings, queries: Embeddings) => {
    if (![reference, queries].every(({ values }) => values.every(Number.isFinite))) return Number.NaN;
    const predicted =
      settings.metric === "neighbors"
        ? byNeighbors(reference, queries, classes.length)
        : fitGaussians(reference, { sigma: 1 }).classify(queries).predicted;
    return 100 * accuracy(labels, predicted);
  };
  return () => {
    const [reference, queries] = [embed(gallery), embed(data.validation)];
    return numberOfRank0(group, network.parameters()[0]?.device ?? "cpu", () => measure(reference, queries));
  };
}

function byNeighbors(reference: Embeddings, queries: Embeddings, classes: number): Int32Array {
  const neighbors = findNeighbors(queries, reference, { k: Math.min(K, reference.rows) });
  return classifyByNeighbors(neighbors, reference.labels as Int32Array, classes).predicted;
}

/** So many of the images, drawn without regard to class, in their order. */
function part(images: LabeledImages, count: number, random: Random): LabeledImages {
  if (images.images.count <= count) return images;
  return subset(images, random.permutation(images.images.count).slice(0, count).sort());
}
