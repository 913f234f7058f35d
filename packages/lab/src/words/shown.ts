/** A measured number with its 95 % interval, as the page prints it. */
export interface Shown {
  readonly name: string;
  /** What it is, in half a line. */
  readonly meaning: string;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** `%`, `nats` or nothing. */
  readonly unit: string;
  /** Digits after the point. */
  readonly digits: number;
}
