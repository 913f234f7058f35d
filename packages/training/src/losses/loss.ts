import type { Tensor } from "@semblant/torch";

/**
 * What a network is trained to lower. `embeddings` is (batch, dimensions), float32. `labels` is either class indices,
 * int64 (batch), or a known posterior over the classes (one-hot or the votes of raters), float32 (batch, classes).
 * The result is a scalar tensor.
 */
export type Loss = (embeddings: Tensor, labels: Tensor) => Tensor;
