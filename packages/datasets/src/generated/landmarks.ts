import type { Action } from "./action-units.ts";
import type { Identity } from "./identity.ts";

/** Passing states of a picture that are neither identity nor expression. */
export interface Moment {
  /** Where the eyes look: −1 (left, up) to 1 (right, down). */
  readonly gazeX: number;
  readonly gazeY: number;
  /** How far both rows of teeth are bared, 0 to 1. */
  readonly teeth: number;
  readonly glasses: boolean;
  /** −1 to 1: which brow and eye act more strongly. */
  readonly asymmetry: number;
}

export interface Eye {
  readonly side: -1 | 1;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** Height of the upper and depth of the lower lid's edge, from the line through the corners. */
  readonly up: number;
  readonly low: number;
  /** How much higher the inner end of the upper lid is drawn (sadness) or lower (anger, below 0). */
  readonly innerLift: number;
}

export interface Brow {
  readonly side: -1 | 1;
  readonly inner: readonly [number, number];
  readonly middle: readonly [number, number];
  readonly outer: readonly [number, number];
}

export interface Mouth {
  readonly y: number;
  readonly leftX: number;
  readonly leftY: number;
  readonly rightX: number;
  readonly rightY: number;
  /** How far the inner edges of the lips are from the closed line, upwards and downwards. */
  readonly gapUp: number;
  readonly gapDown: number;
  readonly upperLip: number;
  readonly lowerLip: number;
}

/** Where everything is once the muscles have acted: what the parts are drawn from. */
export interface Face {
  readonly identity: Identity;
  readonly action: Action;
  readonly moment: Moment;
  readonly eyes: readonly [Eye, Eye];
  readonly brows: readonly [Brow, Brow];
  readonly noseY: number;
  readonly noseWidth: number;
  readonly mouth: Mouth;
  readonly chinY: number;
}

/** Moves an identity's features as the action units say. Lengths in half frames. */
export function landmarks(identity: Identity, action: Action, moment: Moment): Face {
  const noseY = identity.noseY - 0.045 * action.noseWrinkle - 0.02 * action.upperLipRaise;
  const smile = (action.cornerPullLeft + action.cornerPullRight) / 2;
  return {
    identity,
    action,
    moment,
    eyes: [eye(identity, action, moment, -1), eye(identity, action, moment, 1)],
    brows: [brow(identity, action, moment, -1), brow(identity, action, moment, 1)],
    noseY,
    noseWidth: identity.noseWidth * (1 + 0.1 * smile + 0.14 * action.noseWrinkle + 0.08 * action.upperLipRaise),
    mouth: mouth(identity, action, moment),
    chinY: identity.chinY + 0.15 * action.jawDrop - 0.025 * action.chinRaise + 0.03 * moment.teeth,
  };
}

function eye(identity: Identity, action: Action, moment: Moment, side: -1 | 1): Eye {
  const more = 1 + 0.25 * side * moment.asymmetry;
  const open = (1 - 0.9 * action.eyesClose) * (1 - 0.12 * action.browLower);
  const up =
    (1 + 0.75 * action.upperLidRaise * more - 0.3 * action.lidTighten - 0.22 * action.cheekRaise - 0.2 * action.noseWrinkle) * open;
  const low =
    0.72 * (1 + 0.25 * action.upperLidRaise - 0.62 * action.lidTighten - 0.75 * action.cheekRaise * more - 0.35 * action.noseWrinkle);
  return {
    side,
    x: side * identity.eyeX,
    y: identity.eyeY,
    width: identity.eyeWidth,
    up: identity.eyeOpening * Math.max(up, 0.02),
    low: identity.eyeOpening * Math.max(low * (0.5 + 0.5 * open), 0.05),
    innerLift: 0.035 * action.innerBrowRaise * (0.4 + action.browLower) - 0.04 * action.browLower * (1 - action.innerBrowRaise),
  };
}

function brow(identity: Identity, action: Action, moment: Moment, side: -1 | 1): Brow {
  const more = 1 + 0.35 * side * moment.asymmetry;
  const inner = action.innerBrowRaise * more;
  const outer = action.outerBrowRaise * more;
  const lower = action.browLower * (2 - more);
  const y = identity.eyeY - identity.browHeight;
  const innerX = identity.eyeX - 0.185 - 0.04 * lower;
  const middleX = identity.eyeX + 0.03 - 0.015 * lower;
  const outerX = identity.eyeX + 0.2;
  return {
    side,
    inner: [side * innerX, y + 0.02 + identity.browSlant - 0.13 * inner - 0.02 * outer + 0.115 * lower],
    middle: [side * middleX, y - 0.03 * identity.browArch - 0.075 * inner - 0.11 * outer + 0.07 * lower],
    outer: [side * outerX, y + 0.045 - identity.browSlant - 0.01 * inner - 0.115 * outer + 0.025 * lower],
  };
}

function mouth(identity: Identity, action: Action, moment: Moment): Mouth {
  const press = action.lipPress;
  const teeth = moment.teeth;
  const gap = action.lipsPart;
  const corner = (pull: number, dimple: number) => ({
    x:
      identity.mouthWidth *
      (1 +
        0.3 * pull +
        0.1 * dimple +
        0.3 * action.lipStretch +
        0.06 * teeth -
        0.12 * press -
        0.2 * action.jawDrop * (1 - pull) * (1 - action.lipStretch)),
    y: identity.cornerRest - 0.125 * pull - 0.035 * dimple + 0.1 * action.cornerDepress + 0.025 * action.lipStretch + 0.07 * action.jawDrop,
  });
  const left = corner(action.cornerPullLeft, action.dimpleLeft);
  const right = corner(action.cornerPullRight, action.dimpleRight);
  const y = identity.mouthY - 0.04 * action.chinRaise - 0.03 * action.upperLipRaise - 0.02 * action.noseWrinkle;
  const thin = (1 - 0.6 * press) * (1 - 0.2 * action.lipStretch);
  return {
    y,
    leftX: -left.x,
    leftY: y + left.y,
    rightX: right.x,
    rightY: y + right.y,
    gapUp: 0.03 * gap + 0.05 * action.upperLipRaise * gap + 0.055 * teeth,
    gapDown: 0.05 * gap + 0.24 * action.jawDrop + 0.05 * action.lowerLipDepress + 0.085 * teeth,
    upperLip: identity.upperLip * thin * (1 - 0.25 * (action.cornerPullLeft + action.cornerPullRight) * 0.5 + 0.15 * action.upperLipRaise),
    lowerLip: identity.lowerLip * thin * (1 + 0.25 * action.chinRaise - 0.2 * teeth),
  };
}

/** Half width of the head at height y: half an ellipse above the cheekbones, an oval to square jaw below; 0 beyond crown and chin. */
export function outline(face: Face, y: number, grow = 0): number {
  const { headWidth, crownY, jaw, taper } = face.identity;
  const widest = face.identity.eyeY + 0.04;
  const top = crownY - grow;
  if (y <= widest) {
    const t = (widest - y) / (widest - top);
    return t >= 1 ? 0 : (headWidth + grow) * Math.sqrt(1 - t * t);
  }
  const t = (y - widest) / (face.chinY + grow - widest);
  if (t >= 1) return 0;
  const square = t * t * (1 - jaw) + t * t * t * t * jaw;
  return (headWidth + grow) * Math.sqrt(1 - square) * (1 - taper * t);
}
