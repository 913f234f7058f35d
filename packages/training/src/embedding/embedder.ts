import type { ImageStore } from "@semblant/datasets";
import { autocast, noGrad, type Tensor, tidy } from "@semblant/torch";
import { prepare } from "../augmentation/prepare.ts";
import { foldNetwork } from "../inference/folded-network.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import type { Precision } from "../steps/precision.ts";
import { imageBatch } from "./batches.ts";

/** What makes embeddings of prepared images, in float32. */
export interface Embedder {
  forward(x: Tensor): Tensor;
  dispose(): void;
}

/** Fewer images are embedded sooner than the quicker network is made. */
const MANY = 100;

/** Images on which the quicker network has to agree with the network itself. */
const COMPARED = 2;

/** How far it may be off, as a share of the largest number. */
const TOLERANCE: Readonly<Record<Precision, number>> = { float32: 1e-4, bfloat16: 0.1 };

/**
 * The network, in eval mode, as what embeds so many images: of many on the CPU, {@link foldNetwork folded}. Where that does not agree
 * with the network itself, which may be one of somebody's own by a known name, the network is used as it is.
 */
export function embedder(
  network: EmbeddingNetwork,
  { precision, device, images }: { precision: Precision; device: string; images: ImageStore },
): Embedder {
  const plain = { forward: (x: Tensor) => autocast(precision, () => network.forward(x), device).to("float32"), dispose: () => {} };
  if (device !== "cpu" || images.count < MANY) return plain;
  const folded = foldNetwork(network, precision);
  if (folded === undefined) return plain;
  const agree = noGrad(() =>
    tidy(() => {
      const X = prepare(
        imageBatch(
          images,
          Int32Array.from({ length: COMPARED }, (_, i) => i),
          device,
        ),
        network.input,
      ).contiguous("channelsLast");
      const expected = plain.forward(X);
      const largest = expected.abs().amax().item();
      return folded.forward(X).sub(expected).abs().amax().item() <= TOLERANCE[precision] * largest;
    }),
  );
  if (agree) return folded;
  folded.dispose();
  return plain;
}
