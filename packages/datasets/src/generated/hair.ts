import type { Canvas } from "./canvas.ts";
import { clamp, mix, smoothstep } from "./draws.ts";
import { Grain } from "./grain.ts";
import type { HairStyle } from "./identity.ts";
import { type Face, outline } from "./landmarks.ts";

/** The form of a style: how far it stands off the head, how low it falls beside the face, and how it lies on the forehead. */
interface Form {
  readonly volume: number;
  /** y to which hair stands beside the head. */
  readonly falls: number;
  readonly thickness: number;
  /** How far the hairline is from the identity's own, above 0 lower on the forehead. */
  readonly lower: number;
  readonly curls: number;
}

const FORMS: Readonly<Record<HairStyle, Form>> = {
  bald: { volume: 0, falls: -2, thickness: 0, lower: -1, curls: 0 },
  cropped: { volume: 0.25, falls: -0.2, thickness: 0.75, lower: 0, curls: 0 },
  parted: { volume: 1, falls: -0.12, thickness: 1, lower: 0.02, curls: 0 },
  fringe: { volume: 1, falls: 0.05, thickness: 1, lower: 0.2, curls: 0 },
  long: { volume: 1.2, falls: 2, thickness: 1, lower: 0.02, curls: 0 },
  curly: { volume: 1.9, falls: 0.25, thickness: 1, lower: 0.04, curls: 1 },
  receding: { volume: 0.4, falls: -0.05, thickness: 0.85, lower: -0.2, curls: 0 },
  tied: { volume: 0.35, falls: -0.1, thickness: 1, lower: -0.03, curls: 0 },
};

/** Hair behind the head and neck, where the style is long enough to show there. */
export function paintBackHair(canvas: Canvas, face: Face): void {
  const { identity } = face;
  const form = FORMS[identity.hairStyle];
  if (form.falls < 0.2) return;
  const grain = new Grain(identity.grain + 1);
  const grow = identity.hairVolume * form.volume;
  for (let row = 0; row < canvas.n; row++) {
    const y = canvas.at(row);
    const width = y < identity.eyeY ? outline(face, y, grow) : identity.headWidth + grow + 0.03 * grain.at(y * 4, 3);
    const fall = 1 - smoothstep(form.falls - 0.15, form.falls, y);
    if (fall <= 0 || width <= 0) continue;
    for (let column = 0; column < canvas.n; column++) {
      const x = canvas.at(column);
      if (Math.abs(x) > width + 0.07) continue;
      const curl = form.curls > 0 ? 0.04 * (grain.at(x * 9, y * 9) + 0.6 * grain.at(x * 21, y * 21)) : 0;
      const amount = clamp((width + curl - Math.abs(x)) / 0.04) * fall;
      if (amount > 0) cover(canvas, row * canvas.n + column, amount, strands(grain, face, form, x, y) * 0.72, 0.5);
    }
  }
}

/** Hair on the head: from the hairline up and beside the face down to the style's length. */
export function paintHair(canvas: Canvas, face: Face): void {
  const { identity } = face;
  const form = FORMS[identity.hairStyle];
  if (form.thickness === 0) return;
  const grain = new Grain(identity.grain + 1);
  const grow = identity.hairVolume * form.volume;
  const n = canvas.n;
  const lines = Float64Array.from({ length: n }, (_, column) => {
    const x = canvas.at(column);
    return hairline(face, form, x) + 0.018 * grain.at(x * 24, 5);
  });
  for (let row = 0; row < n; row++) {
    const y = canvas.at(row);
    if (y > Math.max(0.4, form.falls)) break;
    const head = outline(face, y);
    const outer = outline(face, y, grow);
    for (let column = 0; column < n; column++) {
      const x = canvas.at(column);
      const ax = Math.abs(x);
      if (ax > outer + 0.07 || (ax < head - 0.03 && y > (lines[column] as number) + 0.16)) continue;
      const wave = grain.at(x * 7 + 11, y * 7);
      const rim = clamp((outer + (0.015 + 0.05 * form.curls) * wave - ax) / 0.025);
      if (rim <= 0) continue;
      const line = (lines[column] as number) + (0.015 + 0.03 * form.curls) * wave;
      const above = clamp((line - y) / 0.035 + 0.5);
      const beside = clamp((ax - head + 0.03) / 0.03) * (1 - smoothstep(form.falls - 0.06, form.falls, y));
      const amount = rim * Math.max(above, beside) * form.thickness;
      if (amount > 0) cover(canvas, row * n + column, amount, strands(grain, face, form, x, y), 0);
      const shadow = clamp(1 - (y - line) / 0.09) * (1 - above) * 0.3;
      if (shadow > 0 && form.volume > 0.3) canvas.tone[row * n + column] = (canvas.tone[row * n + column] as number) * (1 - shadow * rim);
    }
  }
}

/** The lower edge of the hair over x: high on the forehead, down at the temples to the sideburns, swept from the parting. */
function hairline(face: Face, form: Form, x: number): number {
  const { identity } = face;
  const side = Math.abs(x) / identity.headWidth;
  const sweep =
    identity.hairStyle === "parted" || identity.hairStyle === "long" ? 0.13 * Math.min(1, Math.abs(x - 0.35 * identity.parting)) : 0;
  const recede = identity.hairStyle === "receding" ? -0.22 * clamp(1 - Math.abs(side - 0.55) / 0.35) : 0;
  const forehead = identity.hairlineY + form.lower + sweep + recede + 0.05 * side * side;
  const temple = smoothstep(0.8, 0.97, side);
  return mix(forehead, Math.min(form.falls + 0.1, identity.eyeY + 0.12), temple);
}

/** The tone of hair at a place: strands that fan out from the parting, or curls, with a sheen across the crown. */
function strands(grain: Grain, face: Face, form: Form, x: number, y: number): number {
  const { identity } = face;
  const from = 0.35 * identity.parting;
  const fan = (x - from) / (0.55 + Math.max(0, y - identity.crownY));
  const fine =
    form.curls > 0
      ? grain.at(x * 13, y * 13) * 0.8 + grain.at(x * 29, y * 29 + 3) * 0.5
      : grain.at(fan * 26, y * 2.2) * 0.7 + grain.at(fan * 9 + 7, y * 1.5) * 0.5;
  const sheen = clamp(1 - Math.abs(y - identity.hairlineY + 0.12) / 0.16) * (1 - form.curls);
  return clamp(identity.hairTone * (1 + 0.38 * fine) + 0.09 * sheen + 0.03 * fine, 0.015, 0.95);
}

function cover(canvas: Canvas, i: number, amount: number, tone: number, height: number): void {
  const solid = canvas.cover[i] as number;
  canvas.tone[i] = solid > 0.01 ? mix(canvas.tone[i] as number, tone, amount) : tone;
  canvas.height[i] = mix(canvas.height[i] as number, (canvas.height[i] as number) * 0.9 + 0.07 + height, amount * 0.6);
  canvas.cover[i] = Math.max(solid, amount);
}
