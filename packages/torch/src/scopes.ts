import { invalidOption } from "@semblant/core/internals";
import { native } from "./binding.ts";
import { codeOf } from "./dtype.ts";

/** What a scope frees. */
interface Scoped {
  dispose(): void;
}

const scopes: Set<Scoped>[] = [];

/** Hands a new tensor to the innermost scope, if there is one. */
export function enterScope(item: Scoped): void {
  scopes.at(-1)?.add(item);
}

/** Takes a disposed tensor out of the scope that holds it, so that long scopes do not gather the dead. */
export function leaveScopes(item: Scoped): void {
  for (let i = scopes.length - 1; i >= 0; i--) if (scopes[i]?.delete(item)) return;
}

/**
 * Runs `fn` and frees every tensor made inside, except those in what it returns: a tensor, or arrays, maps and plain
 * objects of them. Those pass to the scope around, where there is one. Also when `fn` throws.
 *
 * Scopes nest, and are for synchronous code: a promise or a generator would leave the scope before its work is done.
 *
 * @throws OptionError if `fn` returns a promise
 * @example
 * const norm = tidy(() => tensor([3, 4]).square().sum().sqrt());
 * norm.item(); // 5
 */
export function tidy<T>(fn: () => T): T {
  const scope = new Set<Scoped>();
  scopes.push(scope);
  let kept: Scoped[] = [];
  try {
    const result = fn();
    if (result instanceof Promise) throw invalidOption("tidy", "fn", "synchronous", "a function that returns a promise");
    kept = scoped(result, scope);
    return result;
  } finally {
    scopes.pop();
    for (const item of kept) scope.delete(item);
    for (const item of scope) item.dispose();
    for (const item of kept) enterScope(item);
  }
}

/** The members of `scope` inside a value. */
function scoped(value: unknown, scope: ReadonlySet<Scoped>): Scoped[] {
  if (typeof value !== "object" || value === null) return [];
  if (scope.has(value as Scoped)) return [value as Scoped];
  if (Array.isArray(value)) return value.flatMap((part) => scoped(part, scope));
  if (value instanceof Map) return [...value.values()].flatMap((part) => scoped(part, scope));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return [];
  return Object.values(value).flatMap((part) => scoped(part, scope));
}

/**
 * Lifts a tensor out of all scopes: it lives until `dispose`, or until nothing refers to it any more.
 *
 * @example
 * let weight;
 * tidy(() => {
 *   weight = keep(zeros([2]));
 * });
 * weight.disposed; // false
 */
export function keep<T extends Scoped>(item: T): T {
  leaveScopes(item);
  return item;
}

/**
 * Runs `fn` without recording it for gradients.
 *
 * @example
 * noGrad(() => tensor([1], { requiresGrad: true }).mul(2).requiresGrad); // false
 */
export function noGrad<T>(fn: () => T): T {
  const engine = native();
  const before = engine.gradMode();
  engine.setGradMode(false);
  try {
    return fn();
  } finally {
    engine.setGradMode(before);
  }
}

/**
 * Runs `fn` with convolutions and matrix products in a half precision, the rest as libtorch's autocast lists have it.
 *
 * "float32" switches autocast off inside, which a loss inside an autocast training step may want. Weights are cast once
 * a scope, so put the whole forward pass in one; the backward pass belongs outside.
 *
 * @example
 * autocast("bfloat16", () => ones([2, 2]).matmul(ones([2, 2])).dtype); // "bfloat16"
 */
export function autocast<T>(dtype: "bfloat16" | "float16" | "float32", fn: () => T, device = "cpu"): T {
  if (dtype === "float16" && device === "cpu") throw invalidOption("autocast", "dtype", '"bfloat16" or "float32" on the CPU', dtype);
  const engine = native();
  const [enabled, before] = engine.autocast(device, dtype !== "float32", codeOf(dtype === "float32" ? "bfloat16" : dtype));
  try {
    return fn();
  } finally {
    engine.restoreAutocast(device, enabled, before);
  }
}

/** How many tensors JavaScript holds. */
export const liveTensors = (): number => native().liveTensors();

/** How many bytes those tensors keep alive; storage that views share counts once. */
export const liveBytes = (): number => native().liveBytes();
