import { type ClassStyle, markerPath } from "@semblant/photos/internals";

/** A marker to paint, in points from the upper left corner of the raster. */
export interface PaintedPoint {
  readonly x: number;
  readonly y: number;
  /** Which of the styles. */
  readonly style: number;
}

/** Pixels an inch: fine enough that no dot shows its pixels in print. */
const resolution = 450;

/**
 * Markers painted one over the other, in the order given, on a clear ground: a PNG in a data URI, as large for twenty thousand points as
 * for two thousand.
 */
export async function paintPoints(
  points: readonly PaintedPoint[],
  styles: readonly ClassStyle[],
  { width, height, radius, opacity }: { width: number; height: number; radius: number; opacity: number },
): Promise<string> {
  const { default: sharp } = await import("sharp");
  const scale = resolution / 72;
  const [columns, rows] = [Math.ceil(width * scale), Math.ceil(height * scale)];
  const stamps = await Promise.all(styles.map((style) => stampOf(style, radius * scale)));
  const canvas = new Uint8ClampedArray(columns * rows * 4);
  for (const { x, y, style } of points) {
    const stamp = stamps[style] as Stamp;
    const [left, top] = [Math.round(x * scale - stamp.side / 2), Math.round(y * scale - stamp.side / 2)];
    for (let v = Math.max(0, -top); v < stamp.side && top + v < rows; v++) {
      for (let u = Math.max(0, -left); u < stamp.side && left + u < columns; u++) {
        const alpha = (stamp.cover[v * stamp.side + u] as number) * opacity;
        paintOver(canvas, 4 * ((top + v) * columns + left + u), stamp.color, alpha);
      }
    }
  }
  const png = await sharp(canvas, { raw: { width: columns, height: rows, channels: 4 } })
    .png({ compressionLevel: 9, palette: true, colors: 64, dither: 0, effort: 2 })
    .toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}

interface Stamp {
  readonly side: number;
  readonly color: readonly [number, number, number];
  /** How much of each pixel is covered, 0 to 1. */
  readonly cover: Float32Array;
}

/** One marker, rastered once with smooth edges. */
async function stampOf({ color, shape }: ClassStyle, radius: number): Promise<Stamp> {
  const { default: sharp } = await import("sharp");
  const side = 2 * Math.ceil(1.5 * radius + 1);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><path ` +
    `d="${markerPath(shape, side / 2, side / 2, radius)}"/></svg>`;
  const alpha = await sharp(Buffer.from(svg)).ensureAlpha().extractChannel("alpha").raw().toBuffer();
  const channel = (from: number) => Number.parseInt(color.slice(from, from + 2), 16);
  return { side, color: [channel(1), channel(3), channel(5)], cover: Float32Array.from(alpha, (value) => value / 255) };
}

/** Porter and Duff's "over", on colors that are not premultiplied. */
function paintOver(canvas: Uint8ClampedArray, at: number, color: Stamp["color"], alpha: number): void {
  if (alpha === 0) return;
  const beneath = ((canvas[at + 3] as number) / 255) * (1 - alpha);
  const whole = alpha + beneath;
  for (let c = 0; c < 3; c++) canvas[at + c] = ((color[c] as number) * alpha + (canvas[at + c] as number) * beneath) / whole;
  canvas[at + 3] = 255 * whole;
}
