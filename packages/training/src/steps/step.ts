/** What {@link train} yields after each step: small, plain, and one line of `steps.jsonl`. */
export interface Step {
  /** Counted from 1. */
  readonly step: number;
  /** How many there will be, unless training ends early. */
  readonly steps: number;
  /** The epoch this step belongs to, counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number;
  readonly learningRate: number;
  /** Over the last steps, validation not counted. */
  readonly imagesPerSecond: number;
  /** Until the last step, at the speed of the run so far, validation included. */
  readonly secondsLeft: number;
  /** Share of the batch's triplets that still have a loss, 0 to 1; triplet losses only. */
  readonly activeTriplets?: number;
  /** 2-norm of the gradient before it is cut; only where it is cut. */
  readonly gradientNorm?: number;
  readonly validation?: Validation;
  /** Only beside a validation, where training goes wrong in a way that is no reason to stop. */
  readonly warning?: Warning;
  /** Only on the last record. */
  readonly ended?: Ending;
}

export interface Validation {
  readonly metric: string;
  /** In percent. */
  readonly value: number;
  /** The best value so far, this one included. */
  readonly best: number;
  readonly improved: boolean;
  /** How many faces it was measured on; absent from runs of earlier versions. */
  readonly faces?: number;
}

export interface Warning {
  /** The loss falls, and validation does not follow it. */
  readonly reason: "validation lags";
  /** For a person: what is seen, and what to try. */
  readonly message: string;
}

export interface Ending {
  readonly reason: "finished" | "patience" | "stopped" | "not finite" | "collapsed";
  /** One sentence, for a person: what happened, and what to try where something can be tried. */
  readonly message: string;
}
