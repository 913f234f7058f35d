import { invalidOption } from "@semblant/core";

/** The losses by the names that settings give them. */
export const lossNames = [
  "sgm",
  "triplet",
  "softmax",
  "cross-entropy",
  "contrastive",
  "n-pair",
  "lifted-structure",
  "supervised-contrastive",
  "proxy-anchor",
  "arcface",
] as const;
export type LossName = (typeof lossNames)[number];

/** The minings of a triplet loss; `random` takes batches drawn as triplets. */
export const settingsMinings = ["random", "semi-hard", "batch-hard", "distance-weighted"] as const;

/** What a run's settings say of its loss. Each loss reads what it has a use for; null stands for the loss's own value. */
export interface LossSettings {
  readonly name: LossName;
  /** SGM: width of every Gaussian. */
  readonly sigma: number;
  /** SGM: what an image counts for in the class means, where targets are votes. */
  readonly means: "votes" | "labels";
  /** SGM: whether each image is compared with class means that it is not itself part of. */
  readonly leaveOneOut: boolean;
  /** How much farther, or how far, a negative has to be: triplet (1, on the sphere 0.2), contrastive (1), lifted structure (1), proxy-anchor (0.1), ArcFace (28.6 degrees). */
  readonly margin: number | null;
  /** Contrastive and lifted structure: the distance up to which a positive costs nothing. */
  readonly positiveMargin: number;
  readonly mining: (typeof settingsMinings)[number];
  /** Weight of the embeddings' norms: triplet (0), N-pair (0.001). */
  readonly regularizer: number | null;
  /** Whether only the directions of embeddings count: triplet (false, distance-weighted true), N-pair (false), contrastive and lifted structure (true). */
  readonly normalize: boolean | null;
  /** Supervised contrastive: what cosines are divided by. */
  readonly temperature: number;
  /** What cosines are multiplied by: proxy-anchor (32), ArcFace (64). */
  readonly scale: number | null;
  /** Contrastive, supervised contrastive and mined triplets: rows of earlier batches to compare with; null for none. */
  readonly memory: number | null;
}

/** Which losses may be told to look at directions only, which always do; the others never do. */
const normalizable: readonly LossName[] = ["triplet", "n-pair", "contrastive", "lifted-structure"];
const normalizing: readonly LossName[] = ["supervised-contrastive", "proxy-anchor", "arcface"];
const memorable: readonly LossName[] = ["contrastive", "supervised-contrastive", "triplet"];

/**
 * Refuses what a loss cannot be.
 *
 * @throws OptionError for a memory or a normalization that the loss has no use for
 */
export function checkLoss({ name, mining, normalize, memory }: LossSettings): void {
  const refuse = (setting: string, expected: string, got: unknown) => {
    throw invalidOption("settings", setting, expected, got);
  };
  if (normalize === true && !normalizable.includes(name) && !normalizing.includes(name)) {
    refuse("loss.normalize", `false or none for the loss ${name}`, normalize);
  }
  if (normalize === false && normalizing.includes(name)) refuse("loss.normalize", `true or none for the loss ${name}`, normalize);
  if (normalize === false && name === "triplet" && mining === "distance-weighted") {
    refuse("loss.normalize", "true or none for distance-weighted mining, whose weights are those of the sphere", normalize);
  }
  if (memory !== null && !memorable.includes(name)) refuse("loss.memory", `none for the loss ${name}`, memory);
  if (memory !== null && name === "triplet" && mining === "random") {
    refuse("loss.memory", "none for triplets that are drawn with the batch", memory);
  }
}
