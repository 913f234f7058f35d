import { type ProcessGroup, tensor, tidy } from "@semblant/torch";
import type { Ending } from "../steps/step.ts";

type Reason = Ending["reason"];

/** As numbers they are told from 1. */
const reasons: readonly Reason[] = ["finished", "patience", "not finite", "collapsed", "stopped"];

/**
 * Why the training ends with this step, on every rank: for rank 0's reason, or because any rank was told to stop. One small sum a step.
 *
 * @param own this rank's reason, if it has one
 * @param device where the group computes
 */
export function agreeOnEnd(group: ProcessGroup, own: Reason | undefined, device: string): Reason | undefined {
  const ofRank0 = group.rank === 0 && own !== undefined ? 1 + reasons.indexOf(own) : 0;
  const [reason, stops] = tidy(() => {
    const told = tensor(Float64Array.of(ofRank0, own === "stopped" ? 1 : 0), { device });
    group.allReduce([told]);
    return told.data() as unknown as [number, number];
  });
  return reasons[reason - 1] ?? (stops > 0 ? "stopped" : undefined);
}
