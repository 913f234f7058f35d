import { apply, band, type Canvas, raise, spot, stroke, times, toward } from "./canvas.ts";
import { clamp, smoothstep } from "./draws.ts";
import type { Face, Mouth } from "./landmarks.ts";

/** The mouth: the dark inside with teeth and tongue, the two lips around it, the line between them, and the shade beneath. */
export function paintMouth(canvas: Canvas, face: Face): void {
  const { identity, mouth } = face;
  const curves = edges(face);
  const { left, right, upperInner, lowerInner, upperOuter, lowerOuter } = curves;
  const soft = 0.022;

  spot(canvas, (left + right) / 2, mouth.y, (right - left) * 0.62, 0.2, raise(canvas, 0.055));
  const lips = identity.skinTone * identity.lipTone;
  const upper = toward(canvas, lips * 0.86, 0.9);
  const lower = toward(canvas, lips, 0.85);
  const raised = raise(canvas, 0.02);
  band(canvas, { left, right, top: upperOuter, bottom: upperInner, soft }, (i, amount) => {
    apply(upper, i, amount);
    apply(raised, i, amount);
  });
  band(canvas, { left, right, top: lowerInner, bottom: lowerOuter, soft }, (i, amount, x, y) => {
    const across = clamp((y - lowerInner(x)) / (lowerOuter(x) - lowerInner(x) + 1e-6));
    apply(lower, i, amount);
    apply(raise(canvas, 0.045 * 4 * across * (1 - across)), i, amount);
  });
  spot(
    canvas,
    0,
    lowerInner(0) + mouth.lowerLip * 0.45,
    identity.mouthWidth * 0.5,
    mouth.lowerLip * 0.5,
    toward(canvas, Math.min(1, lips * 1.5), 0.3),
  );
  spot(canvas, 0, lowerOuter(0) + 0.03, identity.mouthWidth * 0.75, 0.04, times(canvas, 0.84));
  if (mouth.gapUp + mouth.gapDown > 0.012) inside(canvas, face, curves);

  const closed = 1 - smoothstep(0.0, 0.05, mouth.gapUp + mouth.gapDown);
  const middle = (left + right) / 2;
  const line = toward(canvas, 0.05, 0.35 + 0.5 * closed);
  const half = 0.02 + 0.008 * face.action.lipPress;
  stroke(
    canvas,
    [left, mouth.leftY, 0.013],
    [(left + middle) / 2, upperInner((left + middle) / 2), half],
    [middle, upperInner(middle), half],
    line,
    1.3,
  );
  stroke(
    canvas,
    [middle, upperInner(middle), half],
    [(middle + right) / 2, upperInner((middle + right) / 2), half],
    [right, mouth.rightY, 0.013],
    line,
    1.3,
  );
}

interface Edges {
  readonly left: number;
  readonly right: number;
  readonly upperInner: (x: number) => number;
  readonly lowerInner: (x: number) => number;
  readonly upperOuter: (x: number) => number;
  readonly lowerOuter: (x: number) => number;
}

/** The four edges of the lips over x. The closed line rises or falls to each corner; the gap and the lips swell between the corners. */
function edges(face: Face): Edges {
  const { mouth, action } = face;
  const { leftX: left, rightX: right } = mouth;
  const stretch = action.lipStretch;
  const place = (x: number) => (x < 0 ? x / -left : x / right);
  const closed = (x: number) => closedLine(mouth, x, place(x));
  const swell = (s: number) => 1 - s * s;
  const gape = (s: number) => (1 - s * s) * (1 + (0.5 * stretch + 0.35 * face.moment.teeth) * s * s);
  const upperInner = (x: number) => closed(x) - mouth.gapUp * gape(place(x));
  const lowerInner = (x: number) => closed(x) + mouth.gapDown * gape(place(x));
  const bow = (s: number) => 1 - 0.28 * clamp(1 - (s * s) / 0.05) + 0.1 * s * s;
  const upperOuter = (x: number) => {
    const s = place(x);
    const square = 0.045 * action.upperLipRaise * clamp(1.4 * (1 - s * s)) + 0.02 * action.noseWrinkle * swell(s);
    return upperInner(x) - mouth.upperLip * swell(s) * bow(s) - square * (1 - 0.35 * clamp(1 - (s * s) / 0.09));
  };
  const lowerOuter = (x: number) => {
    const s = place(x);
    return lowerInner(x) + mouth.lowerLip * (1 - s * s * s * s) * (1 - 0.35 * s * s);
  };
  return { left, right, upperInner, lowerInner, upperOuter, lowerOuter };
}

function closedLine(mouth: Mouth, x: number, s: number): number {
  const corner = x < 0 ? mouth.leftY : mouth.rightY;
  return mouth.y + (corner - mouth.y) * s * s * (0.55 + 0.45 * s * s);
}

/**
 * The dark inside; the upper teeth show when the upper lip leaves them, both rows when they are bared, and the tongue
 * when the jaw is low.
 */
function inside(canvas: Canvas, face: Face, { left, right, upperInner, lowerInner }: Edges): void {
  const { action, mouth, moment } = face;
  const smile = (action.cornerPullLeft + action.cornerPullRight) / 2;
  const opening = mouth.gapUp + mouth.gapDown;
  const upperTeeth = clamp(
    Math.max(
      moment.teeth,
      0.75 * smile * action.lipsPart,
      0.6 * action.upperLipRaise * action.lipsPart,
      0.35 * action.lipStretch * action.lipsPart,
    ),
  );
  const tall = Math.max(0.4 * opening, Math.min(opening, 0.075)) * clamp(0.35 + upperTeeth);
  const tongue = smoothstep(0.14, 0.3, opening) * (1 - moment.teeth);
  band(canvas, { left, right, top: upperInner, bottom: lowerInner, soft: 0.018 }, (i, amount, x, y) => {
    const s = x < 0 ? x / left : x / right;
    const fromTop = y - upperInner(x);
    const fromBottom = lowerInner(x) - y;
    let tone = 0.05;
    const edge = clamp((tall - fromTop) / 0.02 + 0.5) * clamp((0.93 - Math.abs(s)) / 0.12);
    const gaps = 1 - 0.12 * clamp(1 - Math.abs(((x * 22 + 50) % 1) - 0.5) * 5);
    const white = 0.9 * (1 - 0.45 * s * s) * gaps;
    tone += (white - tone) * edge * upperTeeth;
    const lowerEdge = clamp((tall * 0.85 - fromBottom) / 0.02 + 0.5) * clamp((0.85 - Math.abs(s)) / 0.12);
    tone += (white * 0.86 - tone) * lowerEdge * moment.teeth * (1 - edge * upperTeeth);
    const t = clamp(1 - (s * s) / 0.4) * clamp(1 - fromBottom / (0.45 * opening + 1e-6));
    tone += (0.3 - tone) * t * tongue * 0.8;
    apply(toward(canvas, tone), i, amount);
  });
}
