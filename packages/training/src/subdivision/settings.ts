import { invalidOption, refuseUnknown, rules } from "@semblant/core/internals";

const { above0, expectedOf, flag, oneOf, orNone, whole } = rules;
type Rule = rules.Rule;

/** What decides how Algorithm 2 parts the classes, beside the {@link Settings} that it trains with; plain JSON. */
export interface SubdivisionSettings {
  /** Levels, the first of which trains on the classes themselves: L. */
  readonly levels: number;
  /** The most sub-classes of a class. */
  readonly subclasses: number;
  /** `gradual`: as many sub-classes as the level's number, as the paper has it; `at-once`: the most from level 2 on. */
  readonly growth: "gradual" | "at-once";
  /** `em`: each class a Gaussian mixture; `k-means`: each class so many nearest means. */
  readonly by: "em" | "k-means";
  /** Of the mixtures' Gaussians. `full` has 2,080 numbers each in 64 dimensions, more than most classes have images. */
  readonly covariance: "full" | "tied" | "diagonal" | "spherical";
  /** Added to every variance, as a share of the class's mean variance. */
  readonly regularization: number;
  /** Starts of EM or k-means, the best of which is taken. */
  readonly restarts: number;
  /**
   * How many sub-classes a class gets of those that its level and size allow: all of them, or as many as `bic` or
   * `held-out` likelihood favours.
   */
  readonly choose: "all" | "bic" | "held-out";
  /** Each level parts the sub-classes of the last one further, so that they keep who they are; otherwise it begins anew from the class. */
  readonly nested: boolean;
  /** A class gets at most one sub-class for so many images, and none of its sub-classes has fewer than half as many. */
  readonly smallest: number;
  /** Images of each sub-class in a batch, from level 2 on; level 1 has the setting perClass. */
  readonly perSubclass: number;
  /** Epochs of level 1; null for as many as every level has. */
  readonly firstEpochs: number | null;
}

/**
 * What is not given. Five levels of up to five sub-classes and batches of 16 a sub-class are the paper's (640 = 16 × 5 × 8). EM is
 * that of the public code, with diagonal covariances, since a full one of 64 dimensions has no inverse in a class of a hundred images.
 */
export const subdivisionDefaults: SubdivisionSettings = {
  levels: 5,
  subclasses: 5,
  growth: "gradual",
  by: "em",
  covariance: "diagonal",
  regularization: 0.01,
  restarts: 5,
  choose: "all",
  nested: false,
  smallest: 10,
  perSubclass: 16,
  firstEpochs: null,
};

const checks: Readonly<Record<keyof SubdivisionSettings, Rule>> = {
  levels: whole(1, 1000),
  subclasses: whole(1, 1000),
  growth: oneOf("gradual", "at-once"),
  by: oneOf("em", "k-means"),
  covariance: oneOf("full", "tied", "diagonal", "spherical"),
  regularization: above0(1e-12, 1e12),
  restarts: whole(1, 1000),
  choose: oneOf("all", "bic", "held-out"),
  nested: flag,
  smallest: whole(1, 10_000_000),
  perSubclass: whole(1, 65_536),
  firstEpochs: orNone(whole(1, 1_000_000)),
};

/**
 * Complete settings of a subdivision: what is given, {@link subdivisionDefaults} for the rest.
 *
 * @throws OptionError for a name that is none, and for a value out of its range
 *
 * @example
 * resolveSubdivision({ levels: 3 }).perSubclass; // 16
 * resolveSubdivision({ levels: 0 }); // throws OptionError: subdivide: expected levels to be a whole number of 1 or more, but got 0.
 */
export function resolveSubdivision(given: Partial<SubdivisionSettings> = {}): SubdivisionSettings {
  const where = "subdivide";
  refuseUnknown(where, given, Object.keys(checks));
  const settings = { ...subdivisionDefaults, ...given };
  for (const [name, rule] of Object.entries(checks)) {
    const value = settings[name as keyof SubdivisionSettings];
    const expected = expectedOf(rule, value);
    if (expected !== undefined) throw invalidOption(where, name, expected, value);
  }
  return settings;
}
