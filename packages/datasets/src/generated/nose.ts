import { type Canvas, disc, raise, spot, stroke, times, toward } from "./canvas.ts";
import type { Face } from "./landmarks.ts";

/** The nose: a ridge that widens to the tip, wings with their grooves, nostrils, the shade beneath, and wrinkles of the bridge (AU9). */
export function paintNose(canvas: Canvas, face: Face): void {
  const { identity, action, noseY, noseWidth } = face;
  const { eyeY, noseHeight, skinTone } = identity;
  const rootY = eyeY - 0.03;
  const bridge = noseWidth * 0.52;
  for (const [share, width, high] of [
    [0.15, 0.9, 0.42],
    [0.4, 0.92, 0.55],
    [0.65, 1.05, 0.6],
  ] as const) {
    const y = rootY + (noseY - rootY) * share;
    spot(canvas, 0, y, bridge * 1.5 * width, 0.2, raise(canvas, noseHeight * high * 0.62));
  }
  spot(canvas, 0, noseY - 0.055, noseWidth * 0.82, 0.14, raise(canvas, noseHeight * 0.55));
  for (const side of [-1, 1]) {
    const x = side * noseWidth * 0.78;
    spot(canvas, x, noseY - 0.015, noseWidth * 0.42, 0.085, raise(canvas, noseHeight * 0.33));
    stroke(
      canvas,
      [x + side * noseWidth * 0.1, noseY - 0.09, 0.01],
      [x + side * noseWidth * 0.3, noseY - 0.02, 0.02],
      [x, noseY + 0.035, 0.014],
      times(canvas, 0.74),
    );
    disc(
      canvas,
      side * noseWidth * 0.42,
      noseY + 0.022,
      noseWidth * 0.22,
      0.02 + 0.006 * action.noseWrinkle,
      toward(canvas, skinTone * 0.16, 0.8),
      0.025,
    );
    spot(canvas, side * bridge * 1.25, rootY + 0.08, 0.06, 0.16, times(canvas, 0.86));
  }
  spot(canvas, 0, noseY + 0.045, noseWidth * 0.9, 0.05, times(canvas, 0.72));
  spot(canvas, 0, noseY - 0.07, 0.055, 0.07, toward(canvas, Math.min(1, skinTone * 1.3), 0.35));
  if (action.noseWrinkle > 0.05) wrinkles(canvas, face, rootY);
}

function wrinkles(canvas: Canvas, face: Face, rootY: number): void {
  const strength = face.action.noseWrinkle;
  for (const [k, y] of [rootY + 0.02, rootY + 0.08, rootY + 0.14].entries()) {
    const half = 0.075 + 0.012 * k;
    stroke(canvas, [-half, y + 0.018, 0.012], [0, y - 0.02, 0.019], [half, y + 0.018, 0.012], times(canvas, 1 - 0.42 * strength));
  }
  for (const side of [-1, 1]) {
    stroke(
      canvas,
      [side * 0.07, rootY + 0.03, 0.014],
      [side * 0.11, rootY + 0.12, 0.022],
      [side * 0.15, rootY + 0.24, 0.01],
      times(canvas, 1 - 0.35 * strength),
    );
  }
}
