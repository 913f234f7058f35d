import { ShapeError } from "@semblant/core";
import { autocast, type Module, type Tensor, tensor } from "@semblant/torch";
import { refuseCountsIn } from "./distributions.ts";

/**
 * What a network is trained to lower.
 *
 * Call it with embeddings (batch, dimensions) and what is known of each row: class indices (batch), as int64 or an
 * Int32Array, or a posterior over the classes (batch, classes), floating, one-hot or the shares of raters' votes: 0 or more,
 * and each row sums to 1, or it is refused with a DataError. It returns a scalar tensor. Numbers are float32 (or
 * float64, if the embeddings are) even where the network runs in bfloat16.
 */
export interface Loss {
  (embeddings: Tensor, labels: Labels): Tensor;
  /** As settings name it: the name of the function that made it. */
  readonly name: string;
  /** The options it was made with, defaults filled in, as JSON can hold them. */
  readonly settings: LossOptions;
  /** Weights of its own, to be trained, moved and saved with the network's. */
  readonly module?: Module;
  /** Whether only the directions of embeddings count, which are then measured as points of the unit sphere too. */
  readonly normalized?: boolean;
  /** P(class | embedding) as (batch, classes), for losses that know it without looking at a training set. */
  readonly posterior?: (embeddings: Tensor) => Tensor;
  /** What it saw in the last call that helps to watch a training, such as the share of triplets still active. */
  readonly report?: () => Record<string, number>;
}

export type Labels = Tensor | Int32Array;
export type LossOptions = Readonly<Record<string, number | string | boolean | readonly number[]>>;

/** Everything of a {@link Loss} beside the call itself. */
export interface LossParts {
  readonly name: string;
  readonly settings: LossOptions;
  readonly module?: Module;
  readonly normalized?: boolean;
  readonly posterior?: (embeddings: Tensor) => Tensor;
  readonly report?: () => Record<string, number>;
}

/**
 * A {@link Loss} of its formula: checks rows against labels, and votes to be distributions, and computes in float32 or
 * float64 whatever surrounds it.
 */
export function makeLoss(parts: LossParts, formula: (embeddings: Tensor, labels: Tensor) => Tensor): Loss {
  const loss = (embeddings: Tensor, labels: Labels): Tensor => {
    const known = labels instanceof Int32Array ? tensor(labels, { dtype: "int64", device: embeddings.device }) : labels;
    checkRows(parts.name, embeddings, known);
    if (known.shape.length === 2) refuseCountsIn(parts.name, known);
    return inFullPrecision(embeddings, (wide) => formula(wide, known));
  };
  const described = Object.entries(parts).map(([key, value]) => [key, { value, enumerable: true }] as const);
  return Object.defineProperties(loss, Object.fromEntries(described)) as unknown as Loss;
}

/** Calls with the embeddings in float32 (float64 stays) and autocast off. */
export function inFullPrecision(embeddings: Tensor, compute: (embeddings: Tensor) => Tensor): Tensor {
  const wide = embeddings.dtype === "float64" ? embeddings : embeddings.to("float32");
  return autocast("float32", () => compute(wide), embeddings.device);
}

function checkRows(where: string, embeddings: Tensor, labels: Tensor): void {
  if (embeddings.shape.length !== 2 || embeddings.size === 0) {
    throw new ShapeError(`${where}: expected embeddings to be (batch, dimensions), but got (${embeddings.shape.join(", ")}).`);
  }
  if (labels.shape.length !== 1 && labels.shape.length !== 2) {
    throw new ShapeError(`${where}: expected labels to be (batch) or (batch, classes), but got (${labels.shape.join(", ")}).`);
  }
  const [rows, labelled] = [embeddings.shape[0], labels.shape[0]];
  if (rows !== labelled) {
    throw new ShapeError(`${where}: embeddings has ${rows} rows but labels has ${labelled}; each row needs one label.`);
  }
}
