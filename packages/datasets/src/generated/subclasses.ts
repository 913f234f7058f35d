import type { Random } from "@semblant/core";
import { around } from "./draws.ts";
import type { Build } from "./identity.ts";
import type { Moment } from "./landmarks.ts";

/** The kinds hidden inside every expression. */
export const SUBCLASSES = ["plain", "glasses", "teeth", "child", "beard"] as const;
export type Subclass = (typeof SUBCLASSES)[number];

/** What a person must be to be pictured in a sub-class: glasses and bared teeth come and go, childhood and beards stay. */
export const BUILD_OF: Readonly<Record<Subclass, Build>> = {
  plain: "adult",
  glasses: "adult",
  teeth: "adult",
  child: "child",
  beard: "bearded",
};

/** The passing state of one picture: the gaze, and glasses or bared teeth if the sub-class is that. */
export function drawMoment(random: Random, difficulty: number, subclass: Subclass): Moment {
  return {
    gazeX: around(random, 0, 0.4 * Math.min(difficulty, 1.5)),
    gazeY: around(random, 0, 0.4 * Math.min(difficulty, 1.5)),
    teeth: subclass === "teeth" ? random.uniform(0.7, 1) : 0,
    glasses: subclass === "glasses",
    asymmetry: around(random, 0, 0.3 * Math.min(difficulty, 1.5)),
  };
}
