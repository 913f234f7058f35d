import { invalidOption } from "@semblant/core/internals";
import { ones, zeros } from "./creation.ts";
import { batchNorm, conv2d, dropout, linear } from "./functional.ts";
import { defaultUniform } from "./initialization.ts";
import { Module } from "./module.ts";
import type { Pair } from "./pair.ts";
import { adaptiveAvgPool2d, maxPool2d, type PoolOptions } from "./pooling.ts";
import { keep, noGrad, tidy } from "./scopes.ts";
import type { Tensor } from "./tensor.ts";

const count = (where: string, name: string, value: number): void => {
  if (!Number.isInteger(value) || value < 1) throw invalidOption(where, name, "a whole number from 1", value);
};

/** Modules one after the other; names in the state dictionary count from 0. */
export class Sequential extends Module {
  readonly #modules: readonly Module[];

  constructor(...modules: readonly Module[]) {
    super();
    this.#modules = modules;
    // As own properties "0", "1", … they are found, and named, like any child.
    Object.assign(this, modules);
  }

  forward(x: Tensor): Tensor {
    return through(x, this.#modules);
  }
}

/**
 * Passes x through the modules, one after the other. Each value in between is given up as soon as the next is made, unless a gradient
 * needs it, so that its memory, still in the processor's cache, serves the one after.
 *
 * @example
 * through(tensor([-1, 2]), [new ReLU()]).data(); // Float32Array [0, 2]
 */
export function through(x: Tensor, modules: readonly Module[]): Tensor {
  return modules.reduce((value, module) => {
    const next = module.forward(value);
    if (value !== x && value !== next) value.dispose();
    return next;
  }, x);
}

/**
 * x · weightᵀ + bias: (…, inputs) → (…, outputs). Initial weights as in PyTorch: evenly between ± 1 / √inputs.
 *
 * @example
 * new Linear(512, 64).numberOfParameters(); // 32832
 */
export class Linear extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | null;

  constructor(inputs: number, outputs: number, { bias = true } = {}) {
    super();
    count("Linear", "inputs", inputs);
    count("Linear", "outputs", outputs);
    this.weight = weights([outputs, inputs], inputs);
    this.bias = bias ? weights([outputs], inputs) : null;
  }

  forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }
}

export interface Conv2dOptions {
  readonly stride?: Pair;
  readonly padding?: Pair;
  readonly dilation?: Pair;
  readonly groups?: number;
  readonly bias?: boolean;
}

/** Convolution of images, see {@link conv2d}. Initial weights as in PyTorch: evenly between ± 1 / √fan-in. */
export class Conv2d extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor | null;
  readonly #options: { stride: Pair; padding: Pair; dilation: Pair; groups: number };

  constructor(channels: number, filters: number, kernel: Pair, options: Conv2dOptions = {}) {
    super();
    const { stride = 1, padding = 0, dilation = 1, groups = 1, bias = true } = options;
    count("Conv2d", "channels", channels);
    count("Conv2d", "filters", filters);
    if (channels % groups !== 0 || filters % groups !== 0)
      throw invalidOption("Conv2d", "groups", `a divisor of ${channels} channels and ${filters} filters`, groups);
    const [height, width] = typeof kernel === "number" ? [kernel, kernel] : kernel;
    const fanIn = (channels / groups) * height * width;
    this.weight = weights([filters, channels / groups, height, width], fanIn);
    this.bias = bias ? weights([filters], fanIn) : null;
    this.#options = { stride, padding, dilation, groups };
  }

  forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, { bias: this.bias, ...this.#options });
  }
}

/** Batch normalisation of images, see {@link batchNorm}: running statistics and a learned scale and shift a channel. */
export class BatchNorm2d extends Module {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly runningMean: Tensor;
  readonly runningVar: Tensor;
  readonly numBatchesTracked: Tensor;
  readonly #momentum: number;
  readonly #eps: number;
  #adopting = false;

  constructor(channels: number, { momentum = 0.1, eps = 1e-5 } = {}) {
    super();
    count("BatchNorm2d", "channels", channels);
    this.weight = keep(ones([channels])).requireGrad();
    this.bias = keep(zeros([channels])).requireGrad();
    this.runningMean = this.buffer(keep(zeros([channels])));
    this.runningVar = this.buffer(keep(ones([channels])));
    this.numBatchesTracked = this.buffer(keep(zeros([], { dtype: "int64" })));
    this.#momentum = momentum;
    this.#eps = eps;
  }

  /**
   * Takes the mean and variance of the next images it is given as its running ones, and changes weight and bias so that what it makes of
   * images in use stays as it was: a layer of which no more is known than a scale and a shift can then go on learning.
   *
   * @example
   * const norm = new BatchNorm2d(1).eval();
   * norm.adoptStatistics();
   * norm.forward(tensor([[[[1, 3]]]])).shape; // [1, 1, 1, 2]
   * norm.runningMean.item(); // 2
   */
  adoptStatistics(): void {
    this.#adopting = true;
  }

  /** x normalised; then `addend` is added and ReLU done, where they are asked for. */
  forward(x: Tensor, after: { readonly addend?: Tensor | null; readonly relu?: boolean } = {}): Tensor {
    if (this.#adopting) this.#adopt(x);
    const { weight, bias, runningMean, runningVar, training } = this;
    if (training) this.numBatchesTracked.addInPlace(1);
    return batchNorm(x, { weight, bias, runningMean, runningVar, training, momentum: this.#momentum, eps: this.#eps, ...after });
  }

  /** y = scale · x + shift before and after, where scale = weight / √(variance + eps) and shift = bias − mean · scale. */
  #adopt(x: Tensor): void {
    this.#adopting = false;
    noGrad(() =>
      tidy(() => {
        const deviation = (variance: Tensor) => variance.add(this.#eps).sqrt();
        const scale = this.weight.div(deviation(this.runningVar));
        const shift = this.bias.sub(this.runningMean.mul(scale));
        const values = x.to(this.weight.dtype);
        const mean = values.mean([0, 2, 3]);
        const variance = values.square().mean([0, 2, 3]).sub(mean.square()).maximum(0);
        this.weight.copyInPlace(scale.mul(deviation(variance)));
        this.bias.copyInPlace(shift.add(mean.mul(scale)));
        this.runningMean.copyInPlace(mean);
        this.runningVar.copyInPlace(variance);
      }),
    );
  }
}

/** Drops elements in training, see {@link dropout}. */
export class Dropout extends Module {
  readonly #p: number;

  constructor(p = 0.5) {
    super();
    if (!(p >= 0 && p <= 1)) throw invalidOption("Dropout", "p", "from 0 to 1", p);
    this.#p = p;
  }

  forward(x: Tensor): Tensor {
    return dropout(x, { p: this.#p, training: this.training });
  }
}

/** max(x, 0). `inPlace` overwrites x, which saves memory where nothing else needs it. */
export class ReLU extends Module {
  readonly #inPlace: boolean;

  constructor({ inPlace = false } = {}) {
    super();
    this.#inPlace = inPlace;
  }

  forward(x: Tensor): Tensor {
    return this.#inPlace ? x.reluInPlace() : x.relu();
  }
}

export class MaxPool2d extends Module {
  readonly #options: PoolOptions;

  constructor(kernel: Pair, options: Omit<PoolOptions, "kernel"> = {}) {
    super();
    this.#options = { kernel, ...options };
  }

  forward(x: Tensor): Tensor {
    return maxPool2d(x, this.#options);
  }
}

export class AdaptiveAvgPool2d extends Module {
  readonly #size: Pair;

  constructor(size: Pair) {
    super();
    this.#size = size;
  }

  forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.#size);
  }
}

/** (batch, …) → (batch, features). */
export class Flatten extends Module {
  forward(x: Tensor): Tensor {
    return x.flatten(1);
  }
}

/** Passes x on. */
export class Identity extends Module {
  forward(x: Tensor): Tensor {
    return x;
  }
}

const weights = (shape: readonly number[], fanIn: number): Tensor => keep(defaultUniform(zeros(shape), fanIn)).requireGrad();
