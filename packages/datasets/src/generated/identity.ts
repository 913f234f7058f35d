import type { Random } from "@semblant/core";
import { around, clamp, mix } from "./draws.ts";

/** What kind of person: decides the hidden sub-classes in which a person can be pictured. */
export type Build = "adult" | "bearded" | "child";
export const HAIR_STYLES = ["bald", "cropped", "parted", "fringe", "long", "curly", "receding", "tied"] as const;
export type HairStyle = (typeof HAIR_STYLES)[number];

/**
 * Everything that stays the same in all pictures of a person. Lengths are in half frames: the frame runs from −1 to 1 both ways, x to
 * the right and y down, for an unscaled frontal face. Tones run from 0 (black) to 1 (white).
 */
export interface Identity {
  readonly build: Build;
  readonly age: number;
  readonly headWidth: number;
  readonly crownY: number;
  readonly chinY: number;
  /** 0 an oval, 1 a square jaw. */
  readonly jaw: number;
  /** How much the lower face narrows to the chin. */
  readonly taper: number;
  readonly cheeks: number;
  readonly skinTone: number;
  readonly eyeY: number;
  readonly eyeX: number;
  readonly eyeWidth: number;
  readonly eyeOpening: number;
  /** Above 0 the outer corners are higher. */
  readonly eyeTilt: number;
  readonly iris: number;
  readonly irisTone: number;
  readonly lidFold: number;
  readonly lashes: number;
  readonly browHeight: number;
  readonly browThickness: number;
  readonly browArch: number;
  readonly browSlant: number;
  readonly browTone: number;
  readonly noseY: number;
  readonly noseWidth: number;
  readonly noseHeight: number;
  readonly mouthY: number;
  readonly mouthWidth: number;
  readonly upperLip: number;
  readonly lowerLip: number;
  readonly lipTone: number;
  /** Above 0 the corners hang at rest. */
  readonly cornerRest: number;
  readonly hairStyle: HairStyle;
  readonly hairTone: number;
  readonly hairlineY: number;
  readonly hairVolume: number;
  /** −1 to 1: where the hair parts. */
  readonly parting: number;
  readonly beard: number;
  readonly ears: number;
  readonly glassesWidth: number;
  readonly glassesHeight: number;
  readonly glassesTone: number;
  /** Seeds the grain of skin and hair. */
  readonly grain: number;
}

/**
 * A person: proportions, tones and hair. Children have big, low-set eyes, a high forehead, a small nose and mouth, round cheeks, no
 * wrinkles and a narrow jaw; a bearded adult has a beard in every picture.
 *
 * @example
 * drawIdentity("child", new Random(5)).eyeY > drawIdentity("adult", new Random(5)).eyeY; // true
 */
export function drawIdentity(build: Build, random: Random): Identity {
  const child = build === "child";
  const heavy = build === "bearded" ? 1 : random.uniform();
  const age = child ? 0 : random.uniform();
  const skin = random.uniform(0.36, 0.84);
  const eyeY = child ? around(random, -0.06, 0.02) : around(random, -0.18, 0.022);
  const hair =
    age > 0.75 && random.uniform() < 0.6
      ? random.uniform(0.55, 0.85)
      : random.uniform() < 0.6
        ? random.uniform(0.05, 0.2)
        : random.uniform(0.2, 0.62);
  const style = child
    ? (["fringe", "cropped", "parted", "long", "curly"] as const)[random.integer(5)]
    : HAIR_STYLES[random.integer(HAIR_STYLES.length)];
  const eyebrow = mix(hair, 0.12, 0.65);
  return {
    build,
    age,
    headWidth: around(random, child ? 0.77 : 0.735, 0.03),
    crownY: around(random, -0.98, 0.04),
    chinY: child ? around(random, 0.84, 0.02) : around(random, 0.92, 0.03),
    jaw: child ? random.uniform(0.1, 0.4) : mix(random.uniform(0.1, 0.6), 1, heavy * random.uniform(0.2, 0.7)),
    taper: child ? random.uniform(0.12, 0.25) : random.uniform(0, 0.25) * (1.2 - heavy),
    cheeks: child ? random.uniform(0.7, 1) : random.uniform(0, 0.8) * (1 - 0.5 * age),
    skinTone: skin,
    eyeY,
    eyeX: around(random, child ? 0.35 : 0.335, 0.016),
    eyeWidth: around(random, child ? 0.17 : 0.148, 0.009),
    eyeOpening: around(random, child ? 0.085 : 0.064, 0.007),
    eyeTilt: around(random, 0.008, 0.014),
    iris: around(random, child ? 0.08 : 0.068, 0.004),
    irisTone: random.uniform() < 0.6 ? random.uniform(0.05, 0.16) : random.uniform(0.2, 0.42),
    lidFold: random.uniform(0.2, 1),
    lashes: child ? random.uniform(0.4, 0.8) : random.uniform(0.3, 1) * (1.2 - 0.6 * heavy),
    browHeight: around(random, child ? 0.235 : 0.205, 0.018),
    browThickness: child ? random.uniform(0.018, 0.028) : mix(random.uniform(0.02, 0.036), 0.048, heavy * random.uniform(0.2, 0.9)),
    browArch: random.uniform(0, 1),
    browSlant: around(random, 0, 0.015),
    browTone: clamp(eyebrow, 0.05, 0.45),
    noseY: around(random, child ? 0.19 : 0.23, 0.02),
    noseWidth: around(random, child ? 0.13 : 0.155, 0.014),
    noseHeight: around(random, child ? 0.12 : 0.2, 0.025),
    mouthY: around(random, child ? 0.47 : 0.51, 0.018),
    mouthWidth: around(random, child ? 0.21 : 0.255, 0.018),
    upperLip: mix(random.uniform(0.03, 0.058), 0.03, age * 0.6),
    lowerLip: mix(random.uniform(0.048, 0.082), 0.045, age * 0.6),
    lipTone: random.uniform(0.6, 0.86),
    cornerRest: around(random, 0.004, 0.012),
    hairStyle: style as HairStyle,
    hairTone: hair,
    hairlineY: around(random, child ? -0.6 : -0.64, 0.05),
    hairVolume: random.uniform(0.08, 0.19),
    parting: random.uniform(-0.8, 0.8),
    beard: build === "bearded" ? random.uniform(0.7, 1) : 0,
    ears: random.uniform(0.7, 1.15),
    glassesWidth: random.uniform(0.225, 0.27),
    glassesHeight: random.uniform(0.14, 0.2),
    glassesTone: random.uniform() < 0.75 ? random.uniform(0.02, 0.2) : random.uniform(0.3, 0.6),
    grain: random.integer(2 ** 31),
  };
}
