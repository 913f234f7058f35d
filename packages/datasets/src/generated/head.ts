import { type Canvas, disc, raise, solid, spot, times, toward } from "./canvas.ts";
import { clamp } from "./draws.ts";
import { Grain } from "./grain.ts";
import { type Face, outline } from "./landmarks.ts";

/** The bare head: skin with its grain, the rounding of the skull and jaw, cheeks, brow ridge, eye sockets and chin. */
export function paintHead(canvas: Canvas, face: Face): void {
  ears(canvas, face);
  skull(canvas, face);
  relief(canvas, face);
}

function ears(canvas: Canvas, face: Face): void {
  const { headWidth, skinTone, ears, eyeY } = face.identity;
  for (const side of [-1, 1]) {
    const x = side * (headWidth + 0.005);
    disc(canvas, x, eyeY + 0.14, 0.085 * ears, 0.18 * ears, solid(canvas));
    disc(canvas, x, eyeY + 0.14, 0.085 * ears, 0.18 * ears, toward(canvas, skinTone * 0.86));
    spot(canvas, x + side * 0.015, eyeY + 0.13, 0.05 * ears, 0.13 * ears, times(canvas, 0.7));
  }
}

function skull(canvas: Canvas, face: Face): void {
  const { skinTone, grain } = face.identity;
  const texture = new Grain(grain);
  const n = canvas.n;
  const step = canvas.step;
  for (let row = 0; row < n; row++) {
    const y = canvas.at(row);
    const half = outline(face, y);
    if (half <= 0) continue;
    const slope = (outline(face, y + step) - outline(face, y - step)) / (2 * step);
    const upright = 1 / Math.sqrt(1 + slope * slope);
    const v = (y + 0.05) / 1.4;
    for (let column = 0; column < n; column++) {
      const x = canvas.at(column);
      const inside = (half - Math.abs(x)) * upright;
      const amount = clamp(inside / step + 0.5);
      if (amount <= 0) continue;
      const i = row * n + column;
      const u = x / 1.02;
      const edge = 1 - clamp(inside / 0.26);
      canvas.height[i] = 0.8 * Math.sqrt(Math.max(0.06, 1 - u * u - v * v)) - 0.17 * edge * edge;
      canvas.tone[i] = skinTone * (1 + 0.07 * texture.at(x * 9, y * 9) + 0.05 * texture.at(x * 23 + 40, y * 23));
      canvas.cover[i] = Math.max(canvas.cover[i] as number, amount);
    }
  }
}

function relief(canvas: Canvas, face: Face): void {
  const { identity, action, chinY } = face;
  const adult = 1 - (identity.build === "child" ? 0.7 : 0);
  spot(canvas, 0, identity.eyeY - 0.2, 0.75, 0.2, raise(canvas, 0.035 * adult));
  spot(canvas, 0, identity.eyeY - 0.45, 0.6, 0.42, raise(canvas, 0.04));
  for (const eye of face.eyes) {
    const lift = 0.05 * action.cheekRaise;
    spot(canvas, eye.x * 0.98, eye.y - 0.01, 0.27, 0.2, raise(canvas, -0.075 - 0.02 * adult));
    spot(canvas, eye.x * 0.9, eye.y - 0.02, 0.3, 0.19, times(canvas, 0.88 - 0.08 * adult * action.browLower));
    spot(
      canvas,
      eye.x * 1.25,
      eye.y + 0.3 - lift,
      0.33,
      0.3,
      raise(canvas, 0.05 + 0.05 * identity.cheeks + 0.07 * action.cheekRaise),
      0.15 * eye.side,
    );
    const pull = eye.side < 0 ? action.cornerPullLeft : action.cornerPullRight;
    spot(canvas, eye.x * 1.2, eye.y + 0.42 - 0.06 * pull, 0.26, 0.2, raise(canvas, 0.085 * pull));
    const hollow = (1 - identity.cheeks) * (0.4 + 0.6 * identity.age);
    spot(canvas, eye.x * 1.45, identity.mouthY - 0.03, 0.2, 0.28, raise(canvas, -0.05 * hollow - 0.03 * action.jawDrop));
  }
  spot(canvas, 0, chinY - 0.13, 0.24, 0.15, raise(canvas, 0.075 + 0.035 * action.chinRaise));
}
