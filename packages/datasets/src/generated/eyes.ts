import { apply, band, type Canvas, disc, raise, spot, stroke, times, toward } from "./canvas.ts";
import { clamp } from "./draws.ts";
import type { Eye, Face } from "./landmarks.ts";

/** Both eyes: ball, iris, pupil and glint, seen between the lids; lashes, the fold above and the bag below. */
export function paintEyes(canvas: Canvas, face: Face): void {
  for (const eye of face.eyes) paintEye(canvas, face, eye);
}

function paintEye(canvas: Canvas, face: Face, eye: Eye): void {
  const { identity, action, moment } = face;
  const { upper, lower } = lids(face, eye);
  const opening = eye.up + eye.low;

  spot(canvas, eye.x, eye.y - 0.01, eye.width * 1.25, eye.up + 0.09, raise(canvas, 0.05));
  const white = toward(canvas, 0.5 + 0.34 * identity.skinTone);
  const bare = Math.min(1, opening / 0.05);
  const irisX = eye.x + moment.gazeX * eye.width * 0.38;
  const irisY = eye.y - identity.eyeOpening * 0.12 + moment.gazeY * 0.02;
  const r = identity.iris;
  const between = { left: eye.x - eye.width, right: eye.x + eye.width, top: upper, bottom: lower, soft: canvas.step };
  band(canvas, between, (i, amount, x, y) => {
    apply(white, i, amount);
    const depth = y - upper(x);
    const shade = 1 - 0.45 * (1 - clamp(depth / 0.045)) - 0.22 * clamp((Math.abs(x - eye.x) / eye.width - 0.45) * 1.6);
    canvas.tone[i] = (canvas.tone[i] as number) * (1 + (shade - 1) * amount);
    const dx = x - irisX;
    const dy = y - irisY;
    const distance = Math.sqrt(dx * dx + dy * dy);
    const inIris = clamp((r - distance) / 0.018 + 0.5) * amount;
    if (inIris <= 0) return;
    const rim = distance / r;
    const pupil = clamp((r * 0.45 - distance) / 0.015 + 0.5);
    const tone = identity.irisTone * (1.15 - 0.55 * rim * rim) * (1 - pupil) + 0.02 * pupil;
    apply(toward(canvas, tone), i, inIris);
  });
  if (opening > 0.04) {
    disc(canvas, irisX + 0.024, irisY - 0.026, 0.017, 0.017, toward(canvas, 0.95, 0.85 * bare));
  }

  const side = eye.side;
  const inner: [number, number] = [eye.x - side * eye.width, cornerY(face, eye, -side)];
  const outer: [number, number] = [eye.x + side * eye.width * 1.06, cornerY(face, eye, side)];
  const dark = toward(canvas, 0.06, 0.55 + 0.4 * identity.lashes);
  stroke(
    canvas,
    [inner[0], inner[1], 0.01],
    [eye.x, upper(eye.x) - 0.004, 0.02 + 0.008 * identity.lashes],
    [outer[0], outer[1], 0.018],
    dark,
    1.5,
  );
  const lowerLine = times(canvas, 0.68);
  stroke(canvas, [inner[0], inner[1], 0.008], [eye.x, lower(eye.x) + 0.006, 0.014], [outer[0], outer[1], 0.012], lowerLine, 1.2);

  const crease = 0.035 + 0.02 * identity.lidFold - 0.01 * action.upperLidRaise;
  const foldY = upper(eye.x) - crease - 0.02 * action.eyesClose;
  const fold = times(canvas, 0.72 - 0.1 * identity.lidFold);
  stroke(canvas, [inner[0], inner[1] - crease * 0.6, 0.008], [eye.x, foldY, 0.015], [outer[0], outer[1] - crease * 0.3, 0.012], fold);
  bag(canvas, face, eye, lower);
}

/** The edges of the lids as heights over x: arcs between the corners, the upper one lifted or pressed at its inner end. */
function lids(face: Face, eye: Eye): { upper: (x: number) => number; lower: (x: number) => number } {
  const tilt = face.identity.eyeTilt * eye.side;
  const upper = (x: number) => {
    const s = (x - eye.x) / eye.width;
    const inward = -s * eye.side;
    const arc = 1 - s * s;
    return eye.y - tilt * s - arc * (eye.up * (1.15 - 0.15 * s * s) + eye.innerLift * (0.35 + 0.9 * inward));
  };
  const lower = (x: number) => {
    const s = (x - eye.x) / eye.width;
    return eye.y - tilt * s + (1 - s * s) * eye.low * (1 + 0.2 * s * eye.side);
  };
  return { upper, lower };
}

function cornerY(face: Face, eye: Eye, s: number): number {
  return eye.y - face.identity.eyeTilt * eye.side * s;
}

/** The swelling and crease under the eye: age, raised cheeks (AU6) and tightened lids (AU7) deepen it. */
function bag(canvas: Canvas, face: Face, eye: Eye, lower: (x: number) => number): void {
  const { identity, action } = face;
  const depth = clamp(0.15 + 0.4 * identity.age + 0.55 * action.cheekRaise + 0.4 * action.lidTighten + 0.25 * action.noseWrinkle);
  const y = lower(eye.x) + 0.055;
  const inner = eye.x - eye.side * eye.width * 0.85;
  const outer = eye.x + eye.side * eye.width * 1.05;
  stroke(canvas, [inner, eye.y + 0.05, 0.012], [eye.x, y, 0.026], [outer, eye.y + 0.03, 0.014], times(canvas, 1 - 0.26 * depth));
  stroke(canvas, [inner, eye.y + 0.05, 0.012], [eye.x, y + 0.004, 0.03], [outer, eye.y + 0.03, 0.016], raise(canvas, -0.022 * depth));
}
