import { withCurrentGroup } from "../current-group.ts";
import type { ProcessGroup } from "./process-group.ts";

/**
 * Runs `work` with batch norm in training over the rows of all ranks, forwards and backwards: as one process would over all rows. An
 * error of the group, also from a backward pass, becomes one that names the rank.
 *
 * @example
 * const group = joinProcessGroup({ rank: 0, size: 1, address: "127.0.0.1", port: 0 });
 * inProcessGroup(group, () => new BatchNorm2d(1).forward(ones([2, 1, 2, 2]))).shape; // [2, 1, 2, 2]
 * group.close();
 */
export const inProcessGroup = <T>(group: ProcessGroup, work: () => T): T => withCurrentGroup(group, () => group.guardStep(work));
