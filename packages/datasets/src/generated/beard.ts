import type { Canvas } from "./canvas.ts";
import { clamp, mix, smoothstep } from "./draws.ts";
import { Grain } from "./grain.ts";
import { type Face, outline } from "./landmarks.ts";

/**
 * A full beard with moustache, in the hair's tone: along the jaw from the sideburns, around the mouth, over the chin.
 * Painted before the lips.
 */
export function paintBeard(canvas: Canvas, face: Face): void {
  const { identity, mouth, noseY, noseWidth } = face;
  if (identity.beard === 0) return;
  const grain = new Grain(identity.grain + 2);
  const tone = mix(identity.hairTone, 0.1, 0.35);
  const n = canvas.n;
  for (let row = 0; row < n; row++) {
    const y = canvas.at(row);
    if (y < identity.eyeY + 0.1) continue;
    const half = outline(face, y, 0.035);
    for (let column = 0; column < n; column++) {
      const x = canvas.at(column);
      const ax = Math.abs(x);
      if (ax > half) continue;
      const rough = 0.03 * grain.at(x * 16, y * 16);
      const corner = x < 0 ? mouth.leftY : mouth.rightY;
      const reach = identity.mouthWidth * 1.5;
      const cheekLine = mix(corner - 0.02, identity.eyeY + 0.2, smoothstep(reach * 0.7, identity.headWidth, ax));
      const jaw =
        smoothstep(cheekLine - 0.04, cheekLine + 0.07, y + rough) *
        smoothstep(identity.mouthWidth * 0.75, identity.mouthWidth * 1.25, ax + rough);
      const chin = smoothstep(mouth.y + mouth.gapDown + mouth.lowerLip - 0.01, mouth.y + mouth.gapDown + mouth.lowerLip + 0.06, y + rough);
      const lip = mouth.y - mouth.gapUp - mouth.upperLip;
      const across = clamp((reach * 0.82 - ax) / 0.08);
      const droop = 0.22 * Math.max(0, ax - noseWidth * 0.5);
      const under = noseY + 0.05 + droop * 1.6;
      const moustache = smoothstep(under, under + 0.06, y + rough) * across * (1 - smoothstep(lip + 0.06, lip + 0.12, y)) * 0.9;
      const amount = clamp(Math.max(jaw, chin, moustache)) * identity.beard * clamp((half - ax) / 0.03);
      if (amount <= 0) continue;
      const i = row * n + column;
      const hair = clamp(tone * (1 + 0.4 * grain.at(x * 30, y * 14)), 0.02, 0.9);
      canvas.tone[i] = mix(canvas.tone[i] as number, hair, amount * 0.9);
      canvas.height[i] = (canvas.height[i] as number) + 0.02 * amount;
      canvas.cover[i] = Math.max(canvas.cover[i] as number, amount);
    }
  }
}
