import { type Canvas, stroke, toward } from "./canvas.ts";
import type { Face } from "./landmarks.ts";

/** Both brows: broad within, thin without, raised, lowered and drawn together as the landmarks say. */
export function paintBrows(canvas: Canvas, face: Face): void {
  const { browThickness: half, browTone } = face.identity;
  const opacity = 0.75 + 0.2 * Math.min(1, half / 0.04);
  for (const { inner, middle, outer } of face.brows) {
    const paint = toward(canvas, browTone, opacity);
    stroke(canvas, [inner[0], inner[1], half * 0.95], [middle[0], middle[1], half * 1.1], [outer[0], outer[1], half * 0.45], paint, 1.4);
  }
}
