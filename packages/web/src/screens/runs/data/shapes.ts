/** A number with its 95 % interval; what is not defined is null. */
export interface Estimate {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export interface Problem {
  readonly kind: string;
  readonly message: string;
  readonly hint?: string;
}

export type RunState = "starting" | "running" | "stopped" | "finished" | "failed";

/** A training run, as the list has it. */
export interface Run {
  readonly name: string;
  readonly state: RunState;
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly epochs: number;
  readonly loss: number | null;
  readonly best: { readonly metric: string; readonly value: number; readonly step: number } | null;
  readonly secondsLeft: number | null;
  readonly changed: number;
  readonly checkpoint: number | null;
  readonly message: string | null;
  readonly problem: Problem | null;
}

export type SettingValue = string | number | boolean | null;

export interface RunDetails {
  readonly run: Run;
  readonly settings: Readonly<Record<string, SettingValue>>;
  readonly data: { readonly pixels: string; readonly labels: string } | null;
  readonly weights: boolean;
}

/** The steps of a run as columns. */
export interface RunSteps {
  readonly generation: number;
  readonly metric: string | null;
  readonly step: readonly number[];
  readonly epoch: readonly number[];
  readonly loss: readonly (number | null)[];
  readonly learningRate: readonly number[];
  readonly imagesPerSecond: readonly number[];
  readonly validation: { readonly step: readonly number[]; readonly value: readonly number[]; readonly faces: readonly (number | null)[] };
}

/** What is known of a measurement. */
export type Measured<Value> =
  | { readonly state: "none" }
  | { readonly state: "measuring"; readonly says: string | null }
  | { readonly state: "failed"; readonly problem: Problem }
  | { readonly state: "measured"; readonly value: Value; readonly outdated: boolean };

/** What `semblant evaluate --json` prints, as far as the page shows it. */
export interface Evaluation {
  readonly classes: readonly string[];
  readonly dataset: { readonly name: string; readonly split: string; readonly n: number };
  readonly metrics: Readonly<Record<string, Estimate>>;
  readonly perClass: readonly {
    readonly name: string;
    readonly support: number;
    readonly precision: Estimate;
    readonly recall: Estimate;
    readonly f1: Estimate;
  }[];
  /** One row a true class, one column a predicted one. */
  readonly confusion: readonly (readonly number[])[];
  readonly calibration: readonly CalibrationBin[];
}

export interface CalibrationBin {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  readonly confidence: number | null;
  readonly accuracy: number | null;
}

/** Where the same faces lay at several moments of a training. */
export interface RunMap {
  readonly classes: readonly string[];
  readonly ids: readonly string[];
  readonly labels: readonly number[];
  readonly moments: readonly { readonly step: number; readonly positions: readonly number[] }[];
}

/** A setting in the form. */
export interface Field {
  readonly name: string;
  readonly text: string | null;
  readonly expected: string;
  readonly choices: readonly string[] | null;
  readonly value: SettingValue;
  readonly main: boolean;
}
