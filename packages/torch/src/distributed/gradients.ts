import { native } from "../binding.ts";
import { cat } from "../creation.ts";
import { noGrad } from "../scopes.ts";
import type { Tensor } from "../tensor.ts";
import type { ProcessGroup } from "./process-group.ts";

/**
 * The rows of all ranks, in the order of the ranks. The gradient flows to one's own: where every rank computes the same of all rows, its
 * backward pass gives the share of its own rows, and {@link sumGradients} adds the shares.
 *
 * @param rows (own rows, dimensions)
 * @param counts how many rows each rank has
 * @example
 * const group = joinProcessGroup({ rank: 0, size: 1, address: "127.0.0.1", port: 0 });
 * gatherRows(ones([2, 3]), group, [2]).shape; // [2, 3]
 * group.close();
 */
export function gatherRows(rows: Tensor, group: ProcessGroup, counts: readonly number[]): Tensor {
  const all = noGrad(() => group.gather(rows.detach(), counts));
  const before = counts.slice(0, group.rank).reduce((sum, count) => sum + count, 0);
  const after = before + (counts[group.rank] as number);
  return cat([all.slice(0, 0, before), rows, all.slice(0, after)], 0);
}

/**
 * Replaces each gradient by its sum over all ranks. A parameter without one on any rank stays so; one that lacks it here has counted as 0.
 *
 * @param parameters in the same order on all ranks
 */
export function sumGradients(parameters: readonly Tensor[], group: ProcessGroup): void {
  group.guard(() => native().endGradientSums(begin(parameters, group, false)));
}

/**
 * A backward pass, and beside it the sums of {@link sumGradients}: those of the last layers travel while the first ones are computed.
 *
 * @param backward does one backward pass, by which each parameter gets its gradient
 * @returns what `backward` returns
 *
 * @example
 * const group = joinProcessGroup({ rank: 0, size: 1, address: "127.0.0.1", port: 0 });
 * const weight = tensor([3], { requiresGrad: true });
 * sumGradientsDuring([weight], group, () => weight.square().sum().backward());
 * weight.grad?.item(); // 6
 * group.close();
 */
export function sumGradientsDuring<T>(parameters: readonly Tensor[], group: ProcessGroup, backward: () => T): T {
  const sums = group.guard(() => begin(parameters, group, true));
  let result: T;
  try {
    result = backward();
  } catch (cause) {
    native().dropGradientSums(sums);
    throw cause;
  }
  group.guard(() => native().endGradientSums(sums));
  return result;
}

const begin = (parameters: readonly Tensor[], group: ProcessGroup, backward: boolean) =>
  native().beginGradientSums(
    group.handle,
    parameters.map(({ handle }) => handle),
    backward,
  );
