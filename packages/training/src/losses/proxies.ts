import { ShapeError } from "@semblant/core";
import { wholeAbove0 } from "@semblant/core/internals";
import { kaimingNormal, keep, Module, normal, normalize, type Tensor, zeros } from "@semblant/torch";

/** A learned direction for each class: `weight` (classes, dimensions), of which only the directions count. */
export class Proxies extends Module {
  readonly weight: Tensor;
  readonly #where: string;

  /**
   * @param initial how long the first directions are, drawn by libtorch's generator: `kaiming` √(2 dimensions /
   * classes), `normal` √dimensions
   */
  constructor(where: string, dimensions: number, classes: number, initial: "kaiming" | "normal") {
    super();
    wholeAbove0(where, "dimensions", dimensions);
    wholeAbove0(where, "classes", classes);
    const values = keep(zeros([classes, dimensions]));
    this.weight = (initial === "kaiming" ? kaimingNormal(values, { mode: "fanOut" }) : normal(values)).requireGrad();
    this.#where = where;
  }

  /** Cosines of embeddings (batch, dimensions) with every class's direction: (batch, classes). */
  forward(embeddings: Tensor): Tensor {
    const dimensions = this.weight.shape[1];
    if (embeddings.shape[1] !== dimensions) {
      throw new ShapeError(`${this.#where}: expected embeddings of ${dimensions} dimensions, but got (${embeddings.shape.join(", ")}).`);
    }
    return normalize(embeddings).matmul(normalize(this.weight.to(embeddings.dtype)).transpose(0, 1));
  }
}
