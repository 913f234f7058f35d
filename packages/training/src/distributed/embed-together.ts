import { Embeddings } from "@semblant/core";
import { type LabeledImages, rowFacts, subset } from "@semblant/datasets";
import { type ProcessGroup, tensor, tidy } from "@semblant/torch";
import { type EmbedOptions, embed } from "../embedding/embed.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { countsOf, partOf } from "./parts.ts";

/** {@link embed}, where each rank embeds its part of the images; what comes back is all of them, on every rank. */
export function embedTogether(
  network: EmbeddingNetwork,
  images: LabeledImages,
  options: EmbedOptions,
  group: ProcessGroup | undefined,
): Embeddings {
  if (group === undefined) return embed(network, images, options);
  const { count } = images.images;
  const { first, end } = partOf(count, group);
  const own = embed(
    network,
    subset(
      images,
      Int32Array.from({ length: end - first }, (_, k) => first + k),
    ),
    options,
  );
  const device = network.parameters()[0]?.device ?? "cpu";
  const values = tidy(() => {
    const rows = tensor(own.values as Float32Array, { shape: [end - first, network.dimensions], device });
    return group.gather(rows, countsOf(count, group.size)).data() as Float32Array;
  });
  return new Embeddings(values, network.dimensions, rowFacts(images));
}

/** A number that rank 0 works out, on every rank; without a group it is worked out here. */
export function numberOfRank0(group: ProcessGroup | undefined, device: string, work: () => number): number {
  if (group === undefined) return work();
  const value = group.rank === 0 ? work() : 0;
  return tidy(() => {
    const told = tensor(Float64Array.of(value), { device });
    group.broadcast(told, 0);
    return told.item();
  });
}
