import type { LossOptions } from "../losses/loss.ts";
import type { Warning } from "./step.ts";

/** What is remembered of a training to tell whether validation follows the loss. */
export interface LagState {
  /** Losses since the last validation. */
  readonly sum: number;
  readonly count: number;
  /** The mean loss up to the first validation, and what that said, in percent. */
  readonly first?: { readonly loss: number; readonly value: number };
  /** For how many validations on end it has lagged. */
  readonly lagging: number;
}

export const following: LagState = { sum: 0, count: 0, lagging: 0 };

/** A loss that has fallen by less says little of what validation should do. */
const FALLEN = 1 / 3;
/**
 * Points that are missing from what the loss promises. Good trainings on generated faces have none, and end above two
 * thirds; on FER+, which
 * begins at 74 % after an epoch and ends at 83, up to 10 are missing, since a loss can be learned by heart.
 */
const MISSING = { below: 8, above: 12, level: 200 / 3 };
/** One validation may be unlucky. */
const VALIDATIONS = 2;

/**
 * Watches for a loss that falls while validation does not follow: what is learned then holds for the training images alone.
 *
 * Both are measured from the first validation. A loss that has fallen by a share promises that validation gains that share of the
 * points it lacked. It lags where the loss has fallen by a third or more, and what validation gained misses 8 points of what that promises,
 * or 12 where it names two thirds or more. Two validations on end make a warning.
 *
 * @param loss the step's
 * @param value what the validation after this step said, in percent; undefined where there was none
 * @returns the state to hand in after the next step, and the warning where there is one
 *
 * @example
 * let state = follow(following, 0.9, 25).state; // the first epoch
 * state = follow(state, 0.4, 30).state;
 * follow(state, 0.3, 31).warning?.reason; // "validation lags"
 */
export function follow(
  state: LagState,
  loss: number,
  value: number | undefined,
  settings: LossOptions = {},
): { state: LagState; warning?: Warning } {
  const [sum, count] = [state.sum + loss, state.count + 1];
  if (value === undefined) return { state: { ...state, sum, count } };
  const mean = sum / count;
  const first = state.first ?? { loss: mean, value };
  const fallen = (first.loss - mean) / first.loss;
  const missing = fallen * (100 - first.value) - (value - first.value);
  const lags = fallen >= FALLEN && missing >= (value < MISSING.level ? MISSING.below : MISSING.above);
  const lagging = lags ? state.lagging + 1 : 0;
  const next = { state: { sum: 0, count: 0, first, lagging } };
  return lagging < VALIDATIONS
    ? next
    : { ...next, warning: { reason: "validation lags", message: words(fallen, first.value, value, settings) } };
}

function words(fallen: number, from: number, to: number, { leaveOneOut }: LossOptions): string {
  const moved = `the loss has fallen by ${Math.round(100 * fallen)} %, but validation went from ${from.toFixed(1)} to ${to.toFixed(1)} %`;
  const help = [
    "more faces of each class in a batch (perClass)",
    ...(leaveOneOut === false ? ["loss.leaveOneOut=true"] : []),
    "more training faces",
  ];
  return `What is learned holds for the training faces alone: ${moved}. What may help: ${help.join(", ")}.`;
}
