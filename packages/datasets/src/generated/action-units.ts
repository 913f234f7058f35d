import type { Expression, Random } from "@semblant/core";
import { clamp, mix } from "./draws.ts";

/** The action units that the renderer knows, by their number in the Facial Action Coding System. Left and right are the picture's. */
export const ACTION_UNITS = {
  innerBrowRaise: "AU1",
  outerBrowRaise: "AU2",
  browLower: "AU4",
  upperLidRaise: "AU5",
  cheekRaise: "AU6",
  lidTighten: "AU7",
  noseWrinkle: "AU9",
  upperLipRaise: "AU10",
  cornerPullLeft: "AU12, left",
  cornerPullRight: "AU12, right",
  dimpleLeft: "AU14, left",
  dimpleRight: "AU14, right",
  cornerDepress: "AU15",
  lowerLipDepress: "AU16",
  chinRaise: "AU17",
  lipStretch: "AU20",
  lipPress: "AU23 and AU24",
  lipsPart: "AU25",
  jawDrop: "AU26, and AU27 near 1",
  eyesClose: "AU43",
} as const;
export type ActionUnit = keyof typeof ACTION_UNITS;

/** How strongly each muscle acts: 0 at rest, 1 at its strongest (intensity E). */
export type Action = Record<ActionUnit, number>;
export const UNITS = Object.keys(ACTION_UNITS) as ActionUnit[];

/** Strength of a unit when the expression is full, and how often the unit takes part. */
type Prototype = Partial<Record<ActionUnit, readonly [strength: number, chance: number]>>;

/**
 * The units of each expression: the prototypes and major variants of Ekman, Friesen and Hager 2002, *FACS Investigator's Guide*,
 * chapter 12, and for contempt Ekman and Friesen 1986 (one-sided 12 and 14). Strengths and chances are ours. A right-sided contempt is
 * mirrored in half of the draws.
 */
export const PROTOTYPES: Readonly<Record<Expression, Prototype>> = {
  neutral: {},
  happiness: { cheekRaise: [0.75, 0.9], cornerPullLeft: [0.9, 1], cornerPullRight: [0.9, 1], lipsPart: [0.35, 0.5], jawDrop: [0.2, 0.15] },
  surprise: {
    innerBrowRaise: [0.9, 0.95],
    outerBrowRaise: [0.9, 0.95],
    upperLidRaise: [0.7, 0.85],
    lipsPart: [0.5, 0.85],
    jawDrop: [0.7, 0.85],
  },
  sadness: {
    innerBrowRaise: [0.8, 0.9],
    browLower: [0.5, 0.75],
    cornerDepress: [0.85, 0.95],
    chinRaise: [0.6, 0.6],
    cheekRaise: [0.25, 0.3],
    eyesClose: [0.35, 0.5],
  },
  anger: {
    browLower: [0.95, 1],
    upperLidRaise: [0.45, 0.6],
    lidTighten: [0.75, 0.85],
    lipPress: [0.85, 0.85],
    chinRaise: [0.45, 0.5],
    cornerDepress: [0.25, 0.3],
  },
  disgust: {
    noseWrinkle: [0.9, 0.9],
    upperLipRaise: [0.85, 0.9],
    browLower: [0.45, 0.6],
    lidTighten: [0.5, 0.6],
    cheekRaise: [0.4, 0.5],
    cornerDepress: [0.4, 0.5],
    chinRaise: [0.4, 0.5],
    lipsPart: [0.25, 0.4],
  },
  fear: {
    innerBrowRaise: [0.85, 0.95],
    outerBrowRaise: [0.45, 0.7],
    browLower: [0.65, 0.9],
    upperLidRaise: [0.85, 0.95],
    lidTighten: [0.35, 0.5],
    lipStretch: [0.85, 0.9],
    lipsPart: [0.6, 0.85],
    jawDrop: [0.3, 0.6],
  },
  contempt: {
    cornerPullRight: [0.65, 1],
    dimpleRight: [0.8, 0.95],
    chinRaise: [0.25, 0.3],
    lidTighten: [0.2, 0.3],
    eyesClose: [0.25, 0.3],
  },
};

/** With which expressions each is confused, and therefore mixed. */
const CONFUSED_WITH: Readonly<Record<Expression, readonly Expression[]>> = {
  neutral: ["sadness", "contempt", "happiness", "anger"],
  happiness: ["contempt", "neutral", "surprise"],
  surprise: ["fear", "happiness"],
  sadness: ["neutral", "fear", "disgust"],
  anger: ["disgust", "sadness", "neutral"],
  disgust: ["anger", "sadness"],
  fear: ["surprise", "sadness"],
  contempt: ["neutral", "happiness"],
};

/** A face at rest. */
export function rest(): Action {
  return Object.fromEntries(UNITS.map((unit) => [unit, 0])) as Action;
}

/**
 * The action of one picture of an expression.
 *
 * The prototype's units take part by chance and with their own strength; the whole may be faint; it may be mixed with an expression that
 * it is confused with; and one or two units that belong to neither may twitch. The more difficult, the fainter, the more mixed and the
 * more of that: at 0 every face is a full prototype.
 *
 * @param difficulty from 0 (prototypes) over 1 (the data set's own) to 2 (mostly faint and mixed)
 *
 * @example
 * drawAction("surprise", new Random(3), 0).jawDrop > 0.4; // true
 */
export function drawAction(expression: Expression, random: Random, difficulty: number): Action {
  const strength = 1 - random.uniform(0, clamp(0.36 * difficulty, 0, 0.8));
  const action = perform(expression, random, strength, difficulty);
  const rivals = CONFUSED_WITH[expression];
  const rival = rivals[random.integer(rivals.length)] as Expression;
  const other = perform(rival, random, random.uniform(0.4, 1), difficulty);
  const share = random.uniform() < 0.3 * difficulty ? random.uniform(0.1, 0.4) : 0;
  for (const unit of UNITS) action[unit] = mix(action[unit], other[unit], share);
  const twitches = random.integer(3);
  for (let i = 0; i < twitches; i++) {
    const unit = UNITS[random.integer(UNITS.length)] as ActionUnit;
    action[unit] = clamp(action[unit] + random.uniform(0, clamp(0.19 * difficulty, 0, 0.5)));
  }
  return action;
}

/** One performance of a prototype at the given strength. */
function perform(expression: Expression, random: Random, strength: number, difficulty: number): Action {
  const action = rest();
  const spread = clamp(0.19 * difficulty, 0, 0.5);
  const absent = clamp(0.6 * difficulty);
  for (const unit of UNITS) {
    const [full, chance] = PROTOTYPES[expression][unit] ?? [0, 0];
    const present = random.uniform() < mix(chance > 0.4 ? 1 : 0, chance, absent);
    const varied = full * strength * (1 + random.uniform(-spread, spread));
    action[unit] = present ? clamp(varied) : 0;
  }
  return expression === "contempt" && random.uniform() < 0.5 ? mirrored(action) : action;
}

/** The same action seen in a mirror. */
export function mirrored(action: Action): Action {
  return {
    ...action,
    cornerPullLeft: action.cornerPullRight,
    cornerPullRight: action.cornerPullLeft,
    dimpleLeft: action.dimpleRight,
    dimpleRight: action.dimpleLeft,
  };
}
