import type { Crop, OptionValue, People } from "@semblant/datasets";
import type { LossSettings } from "./loss-settings.ts";
import type { NetworkSettings } from "./network-settings.ts";

export const presetNames = ["best", "paper"] as const;
export type PresetName = (typeof presetNames)[number];

/** Everything that decides a training run, as plain JSON. A run's folder keeps it with nothing left to default. */
export interface Settings {
  /** What the rest was filled in from. */
  readonly preset: PresetName;
  readonly data: DataSettings;
  readonly network: NetworkSettings;
  readonly loss: LossSettings;
  /** The known posterior: one-hot `labels`, or the raters' `votes`; `auto` is votes where the training images have them. */
  readonly targets: "labels" | "votes" | "auto";
  /** How batches are drawn; triplets drawn at random need `triplets`. */
  readonly sampler: "balanced" | "square-root" | "triplets" | "plain";
  /** Images of each class in a balanced batch, on average in one by square roots. */
  readonly perClass: number;
  /** Images in a plain batch, triplets in a batch of triplets. */
  readonly batch: number;
  /** How training images are changed at random: `mild`, as cameras differ (`wild`), the long list of the `paper`, or not at all. */
  readonly augmentation: "paper" | "mild" | "wild" | "none";
  readonly optimizer: OptimizerSettings;
  readonly schedule: ScheduleSettings;
  /** Times that training goes through the training images. */
  readonly epochs: number;
  /** The run's length in steps, in place of `epochs`; null where epochs say it. */
  readonly steps: number | null;
  /** Longest gradient, in the 2-norm over all weights; null leaves gradients alone. */
  readonly clip: number | null;
  /** Decay of the running average of the weights that is validated and kept as best; null keeps the weights themselves. */
  readonly ema: number | null;
  /** `auto` is bfloat16 where the device computes it fast, float32 elsewhere. */
  readonly precision: "auto" | "bfloat16" | "float32";
  /** `auto` is cuda where there is one. */
  readonly device: string;
  readonly validation: ValidationSettings;
  /** Validations without a better value after which training ends; null for never. */
  readonly patience: number | null;
  readonly checkpoint: CheckpointSettings;
  /** Of everything random: the same seed gives the same bytes on one machine and thread count. */
  readonly seed: number;
}

/**
 * What decides which images there are, and how they are taken: settings that all data sets share, and those of single sets beside them
 * (`neutral` of CK+, `labels` of FER+ ...), by their names. The file of each set says which it has, with range and default.
 */
export type DataSettings = SharedDataSettings & { readonly [option: string]: OptionValue };

/** The settings of data that all sets share. */
export interface SharedDataSettings {
  /** `generated`, or the path of a folder or file in any layout that {@link readDataset} knows. */
  readonly source: string;
  /** Where decoded pixels are kept: a folder, true for beside the data, false for nowhere. */
  readonly cache: boolean | string;
  /** Whether links that lead out of the data's folder are followed. */
  readonly followLinks: boolean;
  /** Side of the square in which images are kept, in pixels; FER+ and FER2013 are 48. The network scales what it is given. */
  readonly size: number;
  /** Channels in which images are kept: 1 is grey, 3 is colour. FER+ and FER2013 are grey. */
  readonly channels: 1 | 3;
  /**
   * The part of each picture that is taken: `auto` (the face wherever the source does not come as faces: its boxes, or the face that is
   * found), `detect` (the face that is found), `source` (its boxes, else all), `whole`, or left,top,width,height as shares.
   */
  readonly crop: Crop;
  /** A picture in which no face is found, where faces are looked for: taken `whole`, or left `out`. */
  readonly noFace: "whole" | "out";
  /**
   * `source`: its own splits, or drawn ones; `undrawn`: its own, or all is test; `subjects`: drawn person by person;
   * `test`: all is test.
   */
  readonly split: "source" | "undrawn" | "subjects" | "test";
  /** Where who is in a picture is looked for: `found` wherever it stands, `layout` of the set alone, `none` nowhere. */
  readonly people: People;
  /** Whether faces labelled contempt are kept. */
  readonly contempt: boolean;
  /** A table of corrected labels (path,label), as `semblant audit --csv` writes it; null for none. */
  readonly corrections: string | null;
  /**
   * A table of distributions to teach training images by (path and a column a class), as `semblant soft-labels` writes
   * it; null for none.
   */
  readonly softLabels: string | null;
}

export interface OptimizerSettings {
  /** What turns gradients into steps. */
  readonly name: "adam" | "adamw" | "sgd";
  /** The highest rate of the schedule. */
  readonly learningRate: number;
  /** How strongly weights are drawn to 0: AdamW decays them apart from the gradient, the others in it. */
  readonly weightDecay: number;
  /** Adam and AdamW: whether the largest second moment so far is kept. */
  readonly amsgrad: boolean;
  /** SGD only. */
  readonly momentum: number;
}

export interface ScheduleSettings {
  /** How the learning rate changes over the run. */
  readonly name: "constant" | "one-cycle" | "cosine";
  /** Share of all steps in which the rate rises to its highest, 0 to 1; `constant` takes none. */
  readonly warmup: number;
}

export interface ValidationSettings {
  /** `neighbors`: 11-NN accuracy against a part of the training set; `nearest-mean`: against its class means. */
  readonly metric: "neighbors" | "nearest-mean";
  /** Training images embedded for it, drawn once, by the natural frequency of the classes. */
  readonly gallery: number;
  /** Epochs from one validation to the next. */
  readonly every: number;
}

export interface CheckpointSettings {
  /** Least time between two checkpoints; they also never cost more than 2 % of the run. */
  readonly seconds: number;
}

/** Settings with anything left out. */
export type PartialSettings = {
  readonly [K in keyof Settings]?: Settings[K] extends object ? Partial<Settings[K]> : Settings[K];
};
