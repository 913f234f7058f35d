import { apply, type Canvas, stroke, toward } from "./canvas.ts";
import { clamp } from "./draws.ts";
import type { Face } from "./landmarks.ts";

/** Glasses: two rounded frames, a bridge, temples to the ears, lenses that veil a little and reflect a streak. */
export function paintGlasses(canvas: Canvas, face: Face): void {
  const { identity, moment } = face;
  if (!moment.glasses) return;
  const { glassesWidth: w, glassesHeight: h, glassesTone, eyeX, eyeY, headWidth } = identity;
  const y = eyeY + 0.025;
  const frame = toward(canvas, glassesTone, 0.95);
  const n = canvas.n;
  for (let row = 0; row < n; row++) {
    const py = canvas.at(row);
    const v = (py - y) / h;
    if (v < -1.3 || v > 1.3) continue;
    for (let column = 0; column < n; column++) {
      const px = canvas.at(column);
      const u = (Math.abs(px) - eyeX) / w;
      if (u < -1.25 || u > 1.25) continue;
      const r = Math.sqrt(Math.sqrt(u * u * u * u + v * v * v * v));
      const rim = clamp((0.026 - Math.abs(r - 1) * h) / 0.014 + 0.5);
      const i = row * n + column;
      if (r < 1) {
        const streak = clamp(1 - Math.abs(u + v * 0.5 - 0.25) / 0.22);
        apply(toward(canvas, 0.85, 0.06 + 0.22 * streak), i, 1);
      }
      if (rim > 0) apply(frame, i, rim);
    }
  }
  stroke(canvas, [-(eyeX - w) - 0.01, y - 0.02, 0.02], [0, y - 0.06, 0.022], [eyeX - w + 0.01, y - 0.02, 0.02], frame, 1.5);
  for (const side of [-1, 1]) {
    const x = side * (eyeX + w);
    stroke(canvas, [x, y - 0.04, 0.024], [(x + side * headWidth) / 2, y - 0.03, 0.022], [side * headWidth, y - 0.01, 0.018], frame, 1.5);
  }
}
