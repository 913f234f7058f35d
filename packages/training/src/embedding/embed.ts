import { Embeddings } from "@semblant/core";
import { refuseUnknown, wholeAbove0 } from "@semblant/core/internals";
import { type LabeledImages, rowFacts } from "@semblant/datasets";
import { noGrad, tidy, normalize as toSphere } from "@semblant/torch";
import { prepare } from "../augmentation/prepare.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import type { Settings } from "../settings/setting-types.ts";
import { resolvePrecision } from "../steps/precision.ts";
import { imageBatch } from "./batches.ts";
import { type Embedder, embedder } from "./embedder.ts";

export interface EmbedOptions {
  /** Images at a time (256); changes nothing but speed and memory, and the last bits of the values. */
  readonly batch?: number;
  /** `auto` by default; see {@link Settings}. */
  readonly precision?: Settings["precision"];
  /** Scale each embedding to length 1: for a loss that looks at directions only (false). */
  readonly normalize?: boolean;
  /** Embed each image and its mirror image and take the mean, at twice the time. */
  readonly mirror?: boolean;
}

/**
 * The images as points in the learned space, (images, network.dimensions), with their ids and, where they have them,
 * their labels, votes and
 * classes, and who and of which recording each is.
 *
 * The network is used in eval mode, without augmentation, on the device its weights are on, and left in the mode it was in.
 * On the CPU, many images are embedded by a copy of it that is quicker: batch norms lie in the convolutions, and these take fewer
 * products. In float32 its values are the network's own to five digits.
 *
 * @throws OptionError if batch is not a whole number above 0
 *
 * @example
 * const X = embed(resnet18({ baseChannels: 8 }), generateFaces({ count: 40 }).test);
 * X.columns; // 64
 */
export function embed(network: EmbeddingNetwork, images: LabeledImages, options: EmbedOptions = {}): Embeddings {
  refuseUnknown("embed", options, ["batch", "precision", "mirror", "normalize"]);
  const { batch = 256, mirror = false, normalize = false } = options;
  wholeAbove0("embed", "batch", batch);
  const device = network.parameters()[0]?.device ?? "cpu";
  const precision = resolvePrecision(options.precision ?? "auto", device);
  const { count } = images.images;
  const values = new Float32Array(count * network.dimensions);

  const embedBatch = (rows: Int32Array, { forward }: Embedder): ArrayLike<number> => {
    const X = prepare(imageBatch(images.images, rows, device), network.input).contiguous("channelsLast");
    const Z = mirror
      ? forward(X)
          .add(forward(X.flip(3)))
          .mul(0.5)
      : forward(X);
    return (normalize ? toSphere(Z) : Z).data() as Float32Array;
  };

  const wasTraining = network.training;
  network.eval();
  const using = embedder(network, { precision, device, images: images.images });
  try {
    for (let first = 0; first < count; first += batch) {
      const rows = Int32Array.from({ length: Math.min(batch, count - first) }, (_, k) => first + k);
      values.set(
        noGrad(() => tidy(() => embedBatch(rows, using))),
        first * network.dimensions,
      );
    }
  } finally {
    using.dispose();
    if (wasTraining) network.train();
  }
  return new Embeddings(values, network.dimensions, rowFacts(images));
}
