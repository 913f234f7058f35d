import type { Canvas } from "./canvas.ts";
import { clamp, mix } from "./draws.ts";
import { Grain } from "./grain.ts";
import type { Face } from "./landmarks.ts";
import type { Nuisance } from "./nuisance.ts";

/** Neck in the shadow of the chin, and shoulders in plain or patterned cloth. */
export function paintBody(canvas: Canvas, face: Face, nuisance: Nuisance): void {
  const { identity } = face;
  const cloth = new Grain(nuisance.grain + 7);
  const neck = identity.headWidth * (identity.build === "child" ? 0.46 : 0.56 + 0.1 * identity.jaw);
  const n = canvas.n;
  for (let row = 0; row < n; row++) {
    const y = canvas.at(row);
    if (y < 0.3) continue;
    for (let column = 0; column < n; column++) {
      const x = canvas.at(column);
      const ax = Math.abs(x);
      const i = row * n + column;
      const onNeck = clamp((neck + 0.35 * Math.max(0, y - 1.05) - ax) / 0.03);
      if (onNeck > 0) {
        const round = ax / neck;
        const shadow = 0.55 + 0.35 * clamp((y - identity.chinY - 0.1) / 0.4);
        canvas.tone[i] = mix(canvas.tone[i] as number, identity.skinTone * shadow * (1 - 0.25 * round * round), onNeck);
        canvas.cover[i] = Math.max(canvas.cover[i] as number, onNeck);
        canvas.height[i] = mix(canvas.height[i] as number, -0.1 - 0.15 * round * round, onNeck);
      }
      const collar = 1.14 + 0.1 * clamp((ax - neck) / 0.8) + (ax < neck ? 0.14 * (1 - ax / neck) : -0.05);
      const onCloth = clamp((y - collar) / 0.03);
      if (onCloth > 0) {
        const pattern = nuisance.clothPattern * cloth.at(x * 6, y * 6);
        canvas.tone[i] = mix(canvas.tone[i] as number, clamp(nuisance.clothTone + pattern), onCloth);
        canvas.cover[i] = Math.max(canvas.cover[i] as number, onCloth);
      }
    }
  }
}

/** The tone of what is behind the person, at a place of the picture: a slanting gradient with blurred shapes. */
export function backdrop(nuisance: Nuisance): (u: number, v: number) => number {
  const shapes = new Grain(nuisance.grain);
  const { backdropTone, backdropSlope, backdropShapes } = nuisance;
  return (u, v) => clamp(backdropTone + backdropSlope * (0.7 * u + 0.5 * v) + backdropShapes * shapes.at(u * 1.7 + 4, v * 1.7), 0.01, 1);
}
