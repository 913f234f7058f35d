import { availableParallelism } from "node:os";
import { native } from "./binding.ts";
import { threads } from "./engine.ts";
import { refused } from "./operations.ts";
import type { Tensor } from "./tensor.ts";

/**
 * The backward pass of a scalar, and `work` beside it where a core is free: on the CPU the pass then runs on a thread of its own. On a
 * GPU, `work` is done while it computes; and without a free core, after it. The results are the same.
 *
 * `work` may change neither the tensors of the graph nor their gradients.
 *
 * @throws what `work` throws, once the pass is over
 *
 * @example
 * const weight = tensor([3], { requiresGrad: true });
 * beside(weight.square().sum(), () => 1 + 1); // 2
 * weight.grad?.item(); // 6
 */
export function beside<T>(scalar: Tensor, work: () => T): T {
  if (scalar.device !== "cpu" || threads() >= availableParallelism()) {
    scalar.backward();
    return work();
  }
  native().beginBackward(scalar.handle);
  try {
    return work();
  } finally {
    end(scalar);
  }
}

function end(scalar: Tensor): void {
  try {
    native().endBackward();
  } catch (cause) {
    throw refused("backward", [scalar.handle], cause);
  }
}
