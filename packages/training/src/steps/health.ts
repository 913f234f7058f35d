import type { Ending } from "./step.ts";

/** What is looked at after each step. */
export interface Signs {
  readonly loss: number;
  /** Variance of the batch's embeddings about their mean, as a share of their mean squared length. */
  readonly spread: number;
  /** Share of the batch's triplets that have a loss; only for losses with triplets. */
  readonly activeTriplets?: number;
  /** How much farther the negative has to be; only for losses with triplets. */
  readonly margin?: number;
  /** What is not a number any more, though the loss still was: the embeddings of a validation, or weights that were to be saved. */
  readonly lost?: "embeddings" | "weights" | undefined;
}

/** For how many steps on end each sign has been bad. */
export interface HealthState {
  readonly collapsed: number;
  readonly inactive: number;
  readonly atMargin?: number;
  /** Whether triplets have ever cost anything but the margin. */
  readonly leftMargin?: boolean;
}

export const healthy: HealthState = { collapsed: 0, inactive: 0 };

/** All embeddings agree to three digits, which is all that bfloat16 can tell apart. */
const POINT = 1e-6;
const COLLAPSED_STEPS = 20;
const INACTIVE_STEPS = 500;
/** Hard triplets of embeddings drawn to one point all cost the margin, within noise, while the point itself may lie at the origin. */
const NEAR_MARGIN = 0.02;
const AT_MARGIN_STEPS = 100;
/** A network without batch norm may begin there: all faces near one point, which random triplets leave slowly. */
const BEGUN_AT_MARGIN_STEPS = 500;

/**
 * Watches a training for the ways in which it dies without saying so: a loss that is not a number, embeddings that have
 * collapsed to one point (which has no gradient to leave it by, in either of the paper's losses), triplets that all
 * cost just the margin (the same seen from the loss) or nothing. One bad batch is no reason to stop; 20, 100 and 500 on
 * end are, and 500 too
 * at the margin where the training began there.
 *
 * @returns the state to hand in after the next step, and the reason to stop where there is one
 *
 * @example
 * const { ended } = examine(healthy, { loss: Number.NaN, spread: 1 }, 7);
 * ended?.reason; // "not finite"
 */
export function examine(
  state: HealthState,
  { loss, spread, activeTriplets, margin, lost }: Signs,
  step: number,
): { state: HealthState; ended?: Ending } {
  const isAtMargin = margin !== undefined && activeTriplets === 1 && Math.abs(loss - margin) < NEAR_MARGIN * margin;
  const next = {
    collapsed: spread < POINT ? state.collapsed + 1 : 0,
    inactive: activeTriplets === 0 ? state.inactive + 1 : 0,
    ...(isAtMargin && { atMargin: (state.atMargin ?? 0) + 1 }),
    ...((state.leftMargin || (margin !== undefined && !isAtMargin)) && { leftMargin: true }),
  };
  const patience = next.leftMargin ? AT_MARGIN_STEPS : BEGUN_AT_MARGIN_STEPS;
  if (!Number.isFinite(loss)) {
    const message = `The loss is ${loss} at step ${step}; a lower learning rate or a clip of gradients may help.`;
    return { state: next, ended: { reason: "not finite", message } };
  }
  if (lost !== undefined) {
    const message = `The ${lost} are no longer numbers after step ${step}; a lower learning rate or a clip of gradients may help.`;
    return { state: next, ended: { reason: "not finite", message } };
  }
  if (next.collapsed >= COLLAPSED_STEPS) {
    const message =
      `All embeddings have been one point for ${COLLAPSED_STEPS} steps, up to step ${step}; a lower ` +
      `learning rate or softer mining may help.`;
    return { state: next, ended: { reason: "collapsed", message } };
  }
  if ((next.atMargin ?? 0) >= patience) {
    const message =
      `Every triplet has cost the margin for ${patience} steps, up to step ${step}: embeddings are drawn ` +
      `to one point; softer mining (semi-hard) or a lower learning rate may help.`;
    return { state: next, ended: { reason: "collapsed", message } };
  }
  if (next.inactive >= INACTIVE_STEPS) {
    const message =
      `No triplet has had a loss for ${INACTIVE_STEPS} steps, up to step ${step}; nothing is left to ` +
      `learn from them: mine harder ones.`;
    return { state: next, ended: { reason: "collapsed", message } };
  }
  return { state: next };
}
