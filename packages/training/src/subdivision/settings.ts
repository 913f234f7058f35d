import { invalidOption, refuseUnknown } from "@semblant/core";

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
  /** How many sub-classes a class gets of those that its level and size allow: all of them, or as many as `bic` or `held-out` likelihood favours. */
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

type Check = readonly [expected: string, holds: (value: unknown) => boolean];
const whole = (least: number): Check => [`a whole number of ${least} or more`, (x) => Number.isSafeInteger(x) && (x as number) >= least];
const oneOf = (...names: readonly unknown[]): Check => [`one of ${names.join(", ")}`, (x) => names.includes(x)];

const checks: Readonly<Record<keyof SubdivisionSettings, Check>> = {
  levels: whole(1),
  subclasses: whole(1),
  growth: oneOf("gradual", "at-once"),
  by: oneOf("em", "k-means"),
  covariance: oneOf("full", "tied", "diagonal", "spherical"),
  regularization: ["a number above 0", (x) => typeof x === "number" && x > 0 && x < Infinity],
  restarts: whole(1),
  choose: oneOf("all", "bic", "held-out"),
  nested: ["true or false", (x) => typeof x === "boolean"],
  smallest: whole(1),
  perSubclass: whole(1),
  firstEpochs: ["a whole number of 1 or more, or none", (x) => x === null || (Number.isSafeInteger(x) && (x as number) >= 1)],
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
  for (const [name, [expected, holds]] of Object.entries(checks)) {
    const value = settings[name as keyof SubdivisionSettings];
    if (!holds(value)) throw invalidOption(where, name, expected, value);
  }
  return settings;
}
