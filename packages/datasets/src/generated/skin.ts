import { type Canvas, type Knot, raise, spot, stroke, times } from "./canvas.ts";
import { clamp } from "./draws.ts";
import type { Face } from "./landmarks.ts";

/**
 * Folds and wrinkles: of the forehead (AU1, AU2), between the brows (AU4), beside the eyes (AU6), from nose to mouth, at
 * chin and corners.
 */
export function paintFolds(canvas: Canvas, face: Face): void {
  forehead(canvas, face);
  frown(canvas, face);
  for (const side of [-1, 1] as const) {
    crowsFeet(canvas, face, side);
    nasolabial(canvas, face, side);
    corner(canvas, face, side);
  }
  chin(canvas, face);
}

/** A crease: darker and sunken, by a depth from 0 to 1. */
function crease(canvas: Canvas, [from, through, to]: readonly [from: Knot, through: Knot, to: Knot], depth: number): void {
  if (depth < 0.04) return;
  stroke(canvas, from, through, to, times(canvas, 1 - 0.3 * depth));
  stroke(canvas, from, through, to, raise(canvas, -0.03 * depth));
}

function forehead(canvas: Canvas, face: Face): void {
  const { identity, action } = face;
  const base = identity.eyeY - identity.browHeight;
  const { innerBrowRaise: inner, outerBrowRaise: outer } = action;
  for (let k = 0; k < 3; k++) {
    const y = base - 0.13 - 0.075 * k - 0.03 * outer;
    const width = 0.34 * clamp(outer + 0.5 * inner, 0.4, 1) - 0.03 * k;
    const depth = clamp((0.95 * outer + 0.55 * inner + 0.1) * (0.35 + 0.65 * identity.age) - 0.1 * k);
    crease(
      canvas,
      [
        [-width, y + 0.02, 0.01],
        [0, y - 0.04 * inner + 0.02 * outer, 0.02],
        [width, y + 0.02, 0.01],
      ],
      depth,
    );
  }
}

function frown(canvas: Canvas, face: Face): void {
  const { identity, action } = face;
  const y = identity.eyeY - identity.browHeight + 0.07 * action.browLower - 0.07 * action.innerBrowRaise;
  const depth = clamp(action.browLower * (0.55 + 0.45 * identity.age) + 0.2 * action.noseWrinkle);
  for (const side of [-1, 1])
    crease(
      canvas,
      [
        [side * 0.055, y - 0.07, 0.01],
        [side * 0.04, y, 0.022],
        [side * 0.05, y + 0.08, 0.01],
      ],
      depth,
    );
  spot(canvas, 0, y, 0.1, 0.12, raise(canvas, 0.03 * action.browLower));
}

function crowsFeet(canvas: Canvas, face: Face, side: -1 | 1): void {
  const { identity, action } = face;
  const depth = clamp(action.cheekRaise * (0.25 + 0.75 * identity.age) + 0.2 * identity.age);
  const x = side * (identity.eyeX + identity.eyeWidth + 0.03);
  for (const slant of [-0.05, 0.01, 0.07]) {
    crease(
      canvas,
      [
        [x, identity.eyeY + slant * 0.4, 0.012],
        [x + side * 0.05, identity.eyeY + slant, 0.014],
        [x + side * 0.1, identity.eyeY + slant * 1.7, 0.006],
      ],
      depth,
    );
  }
}

function nasolabial(canvas: Canvas, face: Face, side: -1 | 1): void {
  const { identity, action, mouth, noseWidth, noseY } = face;
  const pull = side < 0 ? action.cornerPullLeft : action.cornerPullRight;
  const cornerX = side < 0 ? mouth.leftX : mouth.rightX;
  const cornerYs = side < 0 ? mouth.leftY : mouth.rightY;
  const depth = clamp(
    0.1 +
      0.35 * identity.age * identity.age +
      0.8 * pull +
      0.6 * action.upperLipRaise +
      0.45 * action.noseWrinkle +
      0.25 * action.lipStretch,
  );
  const from: Knot = [side * noseWidth * 1.12, noseY - 0.04, 0.016];
  const to: Knot = [cornerX + side * 0.07, cornerYs + 0.03, 0.014];
  const through: Knot = [(from[0] + to[0]) / 2 + side * (0.03 + 0.04 * pull), (from[1] + to[1]) / 2 - 0.03 * action.upperLipRaise, 0.03];
  crease(canvas, [from, through, to], depth * 1.1);
}

function corner(canvas: Canvas, face: Face, side: -1 | 1): void {
  const { identity, action, mouth } = face;
  const x = side < 0 ? mouth.leftX : mouth.rightX;
  const y = side < 0 ? mouth.leftY : mouth.rightY;
  const dimple = side < 0 ? action.dimpleLeft : action.dimpleRight;
  const pull = side < 0 ? action.cornerPullLeft : action.cornerPullRight;
  crease(
    canvas,
    [
      [x + side * 0.045, y - 0.07, 0.014],
      [x + side * 0.065, y, 0.03],
      [x + side * 0.045, y + 0.06, 0.012],
    ],
    clamp(1.2 * dimple + 0.2 * pull),
  );
  spot(canvas, x + side * 0.015, y, 0.05, 0.045, times(canvas, 0.87 - 0.2 * dimple));
  crease(
    canvas,
    [
      [x + side * 0.01, y + 0.02, 0.012],
      [x + side * 0.035, y + 0.09, 0.022],
      [x + side * 0.05, y + 0.17, 0.008],
    ],
    clamp(0.95 * action.cornerDepress + 0.3 * identity.age),
  );
}

function chin(canvas: Canvas, face: Face): void {
  const { identity, action, chinY, mouth } = face;
  const below = mouth.y + mouth.gapDown + mouth.lowerLip;
  const y = below + Math.min(0.07, (chinY - below) * 0.3);
  spot(canvas, 0, y, identity.mouthWidth * 0.85, 0.065, times(canvas, 0.78 - 0.1 * action.chinRaise));
  crease(
    canvas,
    [
      [-0.14, y + 0.02, 0.012],
      [0, y - 0.015, 0.026],
      [0.14, y + 0.02, 0.012],
    ],
    clamp(0.35 + 0.6 * action.chinRaise),
  );
  for (const [dx, dy] of [
    [-0.08, 0.09],
    [0.07, 0.08],
    [0, 0.12],
    [-0.03, 0.06],
    [0.1, 0.13],
  ] as const) {
    spot(canvas, dx, y + dy, 0.035, 0.03, raise(canvas, -0.02 * action.chinRaise));
  }
}
