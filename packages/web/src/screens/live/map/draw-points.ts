import { styleOf } from "../../../design/class-styles.ts";

/** How positions of a map become pixels of a picture. */
export interface Projected {
  readonly x: (x: number) => number;
  readonly y: (y: number) => number;
}

const edge = 14;

/** The whole map within so many pixels, at the same scale both ways. */
export function projected(positions: Float32Array, width: number, height: number): Projected {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < positions.length; i += 2) {
    const [x, y] = [positions[i] as number, positions[i + 1] as number];
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  const scale = Math.min((width - 2 * edge) / Math.max(1e-9, right - left), (height - 2 * edge) / Math.max(1e-9, bottom - top));
  const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  return { x: (x) => width / 2 + (x - middle.x) * scale, y: (y) => height / 2 + (y - middle.y) * scale };
}

/** Draws a point per face, in the colour of its look. */
export function drawPoints(
  canvas: HTMLCanvasElement,
  { positions, looks }: { readonly positions: Float32Array; readonly looks: readonly string[] },
  classes: readonly string[],
): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const density = window.devicePixelRatio;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.scale(density, density);
  const colors = new Map([...new Set(looks)].map((name) => [name, resolved(canvas, styleOf(name, classes).color)]));
  const to = projected(positions, width, height);
  const radius = looks.length > 2000 ? 1 : 2;
  for (const [i, look] of looks.entries()) {
    context.fillStyle = colors.get(look) as string;
    context.beginPath();
    context.arc(to.x(positions[2 * i] as number), to.y(positions[2 * i + 1] as number), radius, 0, 2 * Math.PI);
    context.fill();
  }
}

/** A colour of the style sheet, as a canvas takes it: that of the scheme that is on. */
function resolved(canvas: HTMLCanvasElement, color: string): string {
  canvas.style.color = color;
  return getComputedStyle(canvas).color;
}
