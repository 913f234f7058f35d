import { OptionError, ShapeError } from "@semblant/core";
import { invalidOption, refuseUnknown, wholeAbove0 } from "@semblant/core/internals";
import { arange, keep, Module, noGrad, type Tensor, zeros } from "@semblant/torch";
import { hardLabels } from "./labels.ts";
import { type Loss, makeLoss } from "./loss.ts";
import type { PairLoss, References } from "./pairs.ts";

export interface CrossBatchMemoryOptions {
  /** Rows of earlier batches, the present one included, that each row is compared with. */
  readonly size?: number;
}

/**
 * Cross-batch memory: a pair loss whose rows are compared with the last `size` embeddings seen, not with their own batch only.
 *
 * Each call writes its rows over the oldest and then compares them with all that is held: as the network changes slowly,
 * what it said some batches ago is about what it would say now, and a rare class finds partners. Gradients flow through the
 * rows of the batch alone, so a memory that holds just the batch gives the loss its value and a symmetric one half its
 * gradient. No row is its own partner. Wang, Zhang, Huang and Scott 2020, "Cross-batch memory for embedding learning";
 * pytorch-metric-learning's CrossBatchMemory.
 *
 * The memory is part of `module`, and so of a run's checkpoints: a training that is resumed remembers what it would have.
 * `posterior` and `report` are the loss's own. Votes count for the class with most.
 *
 * @param loss a {@link PairLoss}: {@link contrastive}, {@link supervisedContrastive} or {@link triplet} with mining in the batch
 * @param dimensions columns of the embeddings
 * @param options size above 0 (1024), at least a batch
 * @returns a {@link Loss}: embeddings (batch, dimensions), labels (batch) or votes (batch, C) → scalar
 * @throws OptionError if the loss needs both ends of a pair in the batch, or dimensions or size is not a whole number above 0
 * @throws ShapeError when called, if a batch has more rows than the memory, or other columns
 *
 * @example
 * const loss = crossBatchMemory(contrastive({ normalize: false }), 1, { size: 4 });
 * loss(tensor([[0], [0.5]]), Int32Array.of(0, 0)).item(); // 0.5
 * loss(tensor([[0.75]]), Int32Array.of(1)).item(); // 0.5 (the mean of 1 − 0.75 and 1 − 0.25)
 */
export function crossBatchMemory(loss: PairLoss, dimensions: number, options: CrossBatchMemoryOptions = {}): Loss {
  const where = "crossBatchMemory";
  refuseUnknown(where, options, ["size"]);
  const { size = 1024 } = options;
  wholeAbove0(where, "size", size);
  wholeAbove0(where, "dimensions", dimensions);
  if (loss.settings.mining === "given") throw invalidOption(where, "the mining of its triplets", "one that looks for them", "given");
  if (typeof loss.against !== "function") {
    throw new OptionError(`${where}: expected a loss whose rows can be compared with earlier batches, but got ${loss.name}.`);
  }
  const module = new Memory(size, dimensions, loss.module);

  const { normalized, report } = loss;
  const settings = { ...loss.settings, loss: loss.name, dimensions, size };
  const parts = { name: where, settings, module, ...(normalized && { normalized }), ...(report && { report }) };
  return makeLoss(parts, (embeddings, labels) => {
    refuseUnfit(embeddings, dimensions, size);
    const classes = hardLabels(labels);
    return loss.against(embeddings, classes, module.remember(embeddings, classes));
  });
}

function refuseUnfit({ shape }: Tensor, dimensions: number, size: number): void {
  if (shape[1] !== dimensions) {
    throw new ShapeError(`crossBatchMemory: expected embeddings of ${dimensions} dimensions, but got (${shape.join(", ")}).`);
  }
  if ((shape[0] as number) > size) {
    throw new ShapeError(`crossBatchMemory: expected a batch of at most the ${size} rows that the memory holds, but got ${shape[0]}.`);
  }
}

/** The last rows seen, in a ring. */
class Memory extends Module {
  /** (size, dimensions), of which the first `seen` hold something. */
  readonly embeddings: Tensor;
  /** (size), int64. */
  readonly classes: Tensor;
  /** Rows written so far, int64 (1). */
  readonly seen: Tensor;
  /** State of the loss itself. */
  readonly loss: Module | null;

  constructor(size: number, dimensions: number, loss: Module | undefined) {
    super();
    this.embeddings = this.buffer(keep(zeros([size, dimensions])));
    this.classes = this.buffer(keep(zeros([size], { dtype: "int64" })));
    this.seen = this.buffer(keep(zeros([1], { dtype: "int64" })));
    this.loss = loss ?? null;
  }

  /** Writes a batch over the oldest rows; what is held then, the batch included. */
  remember(embeddings: Tensor, classes: Tensor): References {
    const size = this.classes.shape[0] as number;
    const rows = classes.shape[0] as number;
    const seen = Number(this.seen.item());
    noGrad(() => {
      const first = seen % size;
      const here = Math.min(rows, size - first); // rows before the ring's end
      write(this.embeddings, first, embeddings.detach().slice(0, 0, here));
      write(this.classes, first, classes.slice(0, 0, here));
      if (here < rows) {
        write(this.embeddings, 0, embeddings.detach().slice(0, here, rows));
        write(this.classes, 0, classes.slice(0, here, rows));
      }
      this.seen.addInPlace(rows);
    });
    const held = Math.min(size, seen + rows);
    const numbers = arange(rows, { dtype: "int64", device: classes.device }).add(seen % size);
    return {
      embeddings: this.embeddings.slice(0, 0, held).clone().to(embeddings.dtype), // a copy: the ring may turn before a gradient is taken
      classes: this.classes.slice(0, 0, held).clone(),
      own: numbers.sub(numbers.ge(size).to("int64").mul(size)),
    };
  }

  /** Embeddings as they are: a memory does nothing to them. */
  forward(embeddings: Tensor): Tensor {
    return embeddings;
  }
}

function write(into: Tensor, first: number, rows: Tensor): void {
  into.slice(0, first, first + (rows.shape[0] as number)).copyInPlace(rows);
}
