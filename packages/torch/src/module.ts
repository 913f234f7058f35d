import { DataError, ShapeError } from "@semblant/core";
import { type DType, isDType } from "./dtype.ts";
import type { Device, MemoryFormat } from "./place.ts";
import { noGrad } from "./scopes.ts";
import { shown } from "./shapes.ts";
import { Tensor } from "./tensor.ts";

/** Which tensors a state dictionary lacked and which it had too many of. */
export interface StateMatch {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
}

/**
 * A thing with weights: part of a network, or a whole one.
 *
 * Own properties are its parts, in the order of their declaration: a Tensor is a parameter (or a buffer, when it passed through
 * {@link buffer}), a Module or an array of Modules is a child. Names in state dictionaries are PyTorch's: the path to the
 * tensor, `layer1.0.conv1.weight`, with `runningMean` written `running_mean`.
 *
 * @example
 * class Head extends Module {
 *   fc = new Linear(512, 64);
 *   forward(x: Tensor): Tensor {
 *     return this.fc.forward(x.relu());
 *   }
 * }
 * [...new Head().stateDict().keys()]; // ["fc.weight", "fc.bias"]
 */
export abstract class Module {
  #training = true;
  readonly #buffers = new Set<Tensor>();

  abstract forward(x: Tensor): Tensor;

  /** Whether batch statistics are gathered and dropout drops. */
  get training(): boolean {
    return this.#training;
  }

  train(): this {
    return this.#mode(true);
  }

  /** For use, not learning: running statistics, no dropout. */
  eval(): this {
    return this.#mode(false);
  }

  #mode(training: boolean): this {
    this.#training = training;
    for (const [, child] of children(this)) child.#mode(training);
    return this;
  }

  /** Marks a tensor as part of the state that no optimizer changes. */
  protected buffer(values: Tensor): Tensor {
    this.#buffers.add(values);
    return values;
  }

  /** What an optimizer may change. */
  parameters(): Tensor[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }

  namedParameters(): [string, Tensor][] {
    return this.#named()
      .filter(([, , buffer]) => !buffer)
      .map(([name, parameter]) => [name, parameter]);
  }

  /** Every tensor by PyTorch's name, buffers included: the tensors themselves, not copies. */
  stateDict(): Map<string, Tensor> {
    return new Map(this.#named().map(([name, values]) => [name, values]));
  }

  /**
   * This module and all below it, each after what it is part of.
   *
   * @example
   * [...new Sequential(new ReLU(), new Linear(2, 1)).modules()].length; // 3
   */
  *modules(): Generator<Module> {
    yield this;
    for (const [, child] of children(this)) yield* child.modules();
  }

  /** Name, tensor and whether it is a buffer: a module's own parameters, its own buffers, then its children's, as PyTorch orders them. */
  #named(prefix = ""): [string, Tensor, boolean][] {
    const own = Object.entries(this)
      .filter((entry): entry is [string, Tensor] => entry[1] instanceof Tensor)
      .map(([name, values]): [string, Tensor, boolean] => [prefix + snake(name), values, this.#buffers.has(values)]);
    const below = children(this).flatMap(([name, child]) => child.#named(`${prefix}${name}.`));
    return [...own.filter(([, , buffer]) => !buffer), ...own.filter(([, , buffer]) => buffer), ...below];
  }

  /**
   * Copies values in by name, whatever their type and device.
   *
   * @param options `ignore`: names to leave alone on both sides; `strict`: refuse missing and unexpected names
   * @throws DataError if strict and names differ, ShapeError if a shape differs; nothing has been copied then
   */
  loadStateDict(
    state: ReadonlyMap<string, Tensor>,
    { strict = true, ignore = () => false }: { strict?: boolean; ignore?: (name: string) => boolean } = {},
  ): StateMatch {
    const own = new Map([...this.stateDict()].filter(([name]) => !ignore(name)));
    const missing = [...own.keys()].filter((name) => !state.has(name));
    const unexpected = [...state.keys()].filter((name) => !own.has(name) && !ignore(name));
    if (strict && missing.length + unexpected.length > 0)
      throw new DataError(`loadStateDict: the names differ.\n  missing: ${listed(missing)}\n  unexpected: ${listed(unexpected)}`);
    for (const [name, values] of own) {
      const given = state.get(name);
      if (given === undefined || shown(given.shape) === shown(values.shape)) continue;
      throw new ShapeError(`loadStateDict: expected ${name} to be ${shown(values.shape)}, but got ${shown(given.shape)}.`);
    }
    noGrad(() => {
      for (const [name, values] of own) {
        const given = state.get(name);
        if (given !== undefined) values.copyInPlace(given);
      }
    });
    return { missing, unexpected };
  }

  /** Moves every tensor to a device, floating-point ones to a type, image filters to a memory layout; the tensors stay the same objects. */
  to(target: Device | DType | { device?: Device; dtype?: DType; memoryFormat?: MemoryFormat }): this {
    const { device, dtype, memoryFormat } =
      typeof target === "string"
        ? isDType(target)
          ? { dtype: target }
          : { device: target }
        : (target as { device?: Device; dtype?: DType; memoryFormat?: MemoryFormat });
    noGrad(() => {
      for (const values of this.stateDict().values()) {
        const steps = [];
        if (device !== undefined) steps.push((t: Tensor) => t.to(device));
        if (dtype !== undefined && /float/.test(values.dtype)) steps.push((t: Tensor) => t.to(dtype));
        if (memoryFormat !== undefined && values.shape.length === 4) steps.push((t: Tensor) => t.clone(memoryFormat));
        for (const step of steps) {
          const moved = step(values);
          values.setData(moved);
          moved.dispose();
        }
      }
    });
    return this;
  }

  /** How many numbers an optimizer may change. */
  numberOfParameters(): number {
    return this.parameters().reduce((sum, { size }) => sum + size, 0);
  }

  /** Frees every tensor. */
  dispose(): void {
    for (const values of this.stateDict().values()) values.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** The modules among a module's own properties, by the names PyTorch would give them. */
function children(module: Module): [string, Module][] {
  return Object.entries(module).flatMap(([name, value]): [string, Module][] => {
    if (value instanceof Module) return [[snake(name), value]];
    if (!Array.isArray(value)) return [];
    return value.flatMap((item, i): [string, Module][] => (item instanceof Module ? [[`${snake(name)}.${i}`, item]] : []));
  });
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const listed = (names: readonly string[]): string =>
  names.length === 0 ? "none" : names.slice(0, 5).join(", ") + (names.length > 5 ? ` and ${names.length - 5} more` : "");
