import { ShapeError } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import { native } from "./binding.ts";
import { currentGroup } from "./current-group.ts";
import { operation } from "./operations.ts";
import type { Pair } from "./pair.ts";
import { avgPool2d } from "./pooling.ts";
import { checkRank, shown } from "./shapes.ts";
import { Tensor } from "./tensor.ts";

const both = (pair: Pair): readonly [number, number] => (typeof pair === "number" ? [pair, pair] : pair);
const images = "(batch, channels, height, width)";

const ops = {
  conv2d: operation("aten::conv2d"),
  pad: operation("aten::constant_pad_nd"),
  batchNorm: operation("aten::batch_norm"),
  linear: operation("aten::linear"),
  dropout: operation("aten::dropout"),
  crossEntropy: operation("aten::cross_entropy_loss"),
};

/**
 * Convolution of images (batch, channels, height, width) with weights (filters, channels / groups, height, width).
 *
 * @throws ShapeError if the channels disagree
 * @example
 * conv2d(ones([1, 1, 3, 3]), ones([1, 1, 3, 3])).item(); // 9
 */
export function conv2d(
  x: Tensor,
  weight: Tensor,
  options: { bias?: Tensor | null; stride?: Pair; padding?: Pair; dilation?: Pair; groups?: number } = {},
): Tensor {
  const { bias = null, stride = 1, padding = 0, dilation = 1, groups = 1 } = options;
  checkRank("conv2d", "x", images, x.shape);
  checkRank("conv2d", "weight", "(filters, channels, height, width)", weight.shape);
  const [channels, expected] = [x.shape[1], (weight.shape[1] as number) * groups];
  if (channels !== expected)
    throw new ShapeError(`conv2d: x has ${channels} channels but weight ${shown(weight.shape)} in ${groups} group(s) needs ${expected}.`);
  const own = bias === null && groups === 1 ? ownConvolution(x, weight, [stride, padding, dilation].map(both)) : null;
  if (own !== null) return own;
  if (overrunsScratch(weight.shape, both(stride), both(padding))) {
    const kept = avgPool2d(x, { kernel: 1, stride }); // each n-th place, in the layout of x
    const result = conv2d(kept, weight, { bias, groups });
    kept.dispose();
    return result;
  }
  if (leavesGradientUnwritten(x.shape, both(stride), both(padding))) {
    const [down, across] = both(padding);
    const padded = new Tensor(ops.pad(x.handle, [across, across, down, down], 0));
    const result = conv2d(padded, weight, { bias, stride, dilation, groups });
    padded.dispose();
    return result;
  }
  return new Tensor(ops.conv2d(x.handle, weight.handle, bias?.handle ?? null, both(stride), both(padding), both(dilation), groups));
}

/** The convolution by a kernel of our own; null where none fits. */
function ownConvolution(x: Tensor, weight: Tensor, [stride, padding, dilation]: readonly (readonly [number, number])[]): Tensor | null {
  const even = [stride, padding, dilation].every((pair) => pair?.[0] === pair?.[1]) && dilation?.[0] === 1;
  if (!even) return null;
  const result = native().convolution(x.handle, weight.handle, stride?.[0] ?? 1, padding?.[0] ?? 0);
  return result === null ? null : new Tensor(result);
}

/**
 * Whether oneDNN may leave parts of the gradient of the weights as the memory was: its bfloat16 kernels for AMX do so where an image is
 * narrower than the stride and has padding beside it. Images padded beforehand give the same numbers by another of its kernels.
 */
function leavesGradientUnwritten([, , , width = 0]: readonly number[], [, stride]: readonly number[], padding: readonly number[]): boolean {
  return width < (stride ?? 1) && (padding[1] ?? 0) > 0;
}

/** Channels in a block of oneDNN's kernels for AVX-512; those for AVX2 have 8. */
const BLOCK = 16;

/**
 * Whether oneDNN may write past its scratch memory in the gradient of the weights: kernels of one place with a stride first gather the
 * places that count, and where there are fewer channels than a block has, they leave a block's room between two places but ask for memory
 * without it. Every oneDNN up to 3.12 does so in float32 with channels last (uxlfoundation/oneDNN#6035): "double free or corruption".
 * Gathering the places ourselves gives the same numbers by another of its kernels.
 */
function overrunsScratch([, channels = 0, ...kernel]: readonly number[], stride: readonly number[], padding: readonly number[]): boolean {
  return channels < BLOCK && kernel.every((n) => n === 1) && stride.some((n) => n > 1) && padding.every((n) => n === 0);
}

/**
 * Each channel moved and scaled to mean 0 and variance 1, then by `weight` and `bias`.
 *
 * In training the batch's own mean and variance are used, and the running ones move towards them by `momentum`; else
 * the running ones are used. Then `addend` is added and ReLU done, where they are asked for: both cost nothing more in training on the CPU.
 * Inside {@link inProcessGroup}, the batch is that of all ranks.
 *
 * @throws ShapeError if there are not as many running means as channels
 */
export function batchNorm(
  x: Tensor,
  options: {
    runningMean: Tensor | null;
    runningVar: Tensor | null;
    weight?: Tensor | null;
    bias?: Tensor | null;
    training: boolean;
    momentum?: number;
    eps?: number;
    addend?: Tensor | null;
    relu?: boolean;
  },
): Tensor {
  const { runningMean, runningVar, weight = null, bias = null, training, momentum = 0.1, eps = 1e-5 } = options;
  if (runningMean !== null && runningMean.shape[0] !== x.shape[1])
    throw new ShapeError(`batchNorm: x has ${x.shape[1]} channels but runningMean has ${runningMean.shape[0]}.`);
  const { addend = null, relu = false } = options;
  const handles = [weight, bias, runningMean, runningVar].map((t) => t?.handle ?? null);
  const group = training ? (currentGroup()?.handle ?? null) : null;
  const all = training && handles.every((handle) => handle !== null);
  const own = all ? native().normalization(x.handle, addend?.handle ?? null, handles, momentum, eps, relu, group) : null;
  if (own !== null) return new Tensor(own);
  const y =
    group === null
      ? new Tensor(ops.batchNorm(x.handle, ...handles, training, momentum, eps, true))
      : new Tensor(native().groupNormalization(group, x.handle, handles, momentum, eps));
  if (addend !== null) y.addInPlace(addend);
  return relu ? y.reluInPlace() : y;
}

/** x · weightᵀ + bias: (…, features) and (outputs, features) → (…, outputs). */
export function linear(x: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  if (x.shape.at(-1) !== weight.shape[1])
    throw new ShapeError(
      `linear: x ${shown(x.shape)} has ${x.shape.at(-1)} features but weight ${shown(weight.shape)} needs ${weight.shape[1]}.`,
    );
  return new Tensor(ops.linear(x.handle, weight.handle, bias?.handle ?? null));
}

/**
 * In training each element is 0 with probability p and the others grow by 1 / (1 − p); else x. The mask comes from
 * libtorch's generator.
 */
export function dropout(x: Tensor, { p = 0.5, training }: { p?: number; training: boolean }): Tensor {
  if (!(p >= 0 && p <= 1)) throw invalidOption("dropout", "p", "from 0 to 1", p);
  return new Tensor(ops.dropout(x.handle, p, training));
}

/**
 * −log softmax(logits) at the target, averaged over the batch; of a target distribution, its mean under it.
 *
 * @param logits (batch, classes)
 * @param target class numbers, int64 (batch), or one distribution per row, (batch, classes)
 * @example
 * crossEntropy(zeros([1, 4]), tensor([2], { dtype: "int64" })).item(); // 1.386294 (ln 4)
 */
export function crossEntropy(logits: Tensor, target: Tensor, { smoothing = 0 } = {}): Tensor {
  const fits = target.shape[0] === logits.shape[0] && (target.shape.length === 1 || target.shape[1] === logits.shape[1]);
  if (!fits) throw new ShapeError(`crossEntropy: logits ${shown(logits.shape)} and target ${shown(target.shape)} disagree.`);
  return new Tensor(ops.crossEntropy(logits.handle, target.handle, null, 1, -100, smoothing));
}

/** Rows scaled to a p-norm of 1 along `dim`; a norm below 1e-12 counts as 1e-12. */
export function normalize(x: Tensor, { p = 2, dim = 1 } = {}): Tensor {
  const norm = x.norm(dim, { keep: true, p });
  const floor = norm.clamp(1e-12);
  const result = x.div(floor);
  norm.dispose();
  floor.dispose();
  return result;
}

/** relu with a slope below 0. */
export function leakyRelu(x: Tensor, slope = 0.01): Tensor {
  return new Tensor(leaky(x.handle, slope));
}

/** log(1 + eˣ): a smooth relu. */
export function softplus(x: Tensor): Tensor {
  return new Tensor(soft(x.handle));
}

const leaky = operation("aten::leaky_relu");
const soft = operation("aten::softplus");
