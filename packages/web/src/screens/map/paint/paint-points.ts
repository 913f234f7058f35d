import { PHASES, type PointStyle, type SpriteMaker } from "./sprites.ts";

/** Pixels as the canvas has them: 0xAABBGGRR each, all opaque. */
export interface Pixels {
  readonly values: Uint32Array;
  readonly width: number;
  readonly height: number;
}

/** What is drawn: rows as points. */
export interface Points {
  /** (rows, 2) */
  readonly positions: Float32Array;
  /** (rows): an index into the styles; what is none of them is not drawn. */
  readonly groups: Uint8Array;
  readonly styles: readonly PointStyle[];
  /** (rows): 1 where a row stands out; then the others step back. */
  readonly chosen?: Uint8Array | undefined;
}

/** Where it is drawn, in pixels of the canvas. */
export interface Stand {
  /** The map's point in the middle of the canvas, and pixels per unit. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly radius: number;
  /** Of the ground, as 0xRRGGBB. */
  readonly ground: number;
  /** How much of a point is laid over what is there, from 0 to 1. */
  readonly opacity: number;
}

/** Of a point that steps back behind those chosen. */
const BEHIND = 0.16;

/**
 * Draws points over the ground, in the order of their rows, those chosen last.
 *
 * By hand, since no library kept the page's promises. regl, and what is built on it, makes code from text, which the page's
 * Content-Security-Policy forbids. Others use WebGL as it is; where no graphics card helps, the processor does WebGL's work, and 100,000
 * points took 0.6 s a picture, by PixiJS and by plain WebGL alike. This needs no WebGL, and is done in a worker.
 *
 * @returns how many points were drawn
 */
export function paintPoints(pixels: Pixels, points: Points, stand: Stand, sprites: SpriteMaker): number {
  pixels.values.fill(opaque(stand.ground));
  if (points.chosen === undefined) return paintSome(pixels, points, { stand, sprites });
  const behind = paintSome(pixels, points, { stand: { ...stand, opacity: BEHIND * stand.opacity }, sprites, only: 0 });
  return behind + paintSome(pixels, points, { stand, sprites, only: 1 });
}

/** A sprite as what is done to the pixels: those that are covered whole, and the others with their share. */
interface Stamp {
  readonly whole: Int32Array;
  readonly part: Int32Array;
  /** 1 to 255 of 256. */
  readonly share: Uint8Array;
  readonly half: number;
}

interface Painting {
  readonly stand: Stand;
  readonly sprites: SpriteMaker;
  /** Those that stand out, or the others. */
  readonly only?: 0 | 1;
}

function paintSome({ values, width, height }: Pixels, points: Points, { stand, sprites, only }: Painting): number {
  const { positions, groups, styles, chosen } = points;
  const stamps = styles.map(({ shape }) => sprites(shape, stand.radius).map((sprite) => stampOf(sprite, width, stand.opacity)));
  const colors = styles.map(({ color }) => opaque(color));
  const half = stamps[0]?.[0]?.half ?? 0;
  const [left, upper] = [width / 2 - stand.x * stand.scale, height / 2 + stand.y * stand.scale];
  let drawn = 0;
  for (let row = 0; row < groups.length; row++) {
    const group = groups[row] as number;
    if (group >= stamps.length || (only !== undefined && (chosen as Uint8Array)[row] !== only)) continue;
    const x = left + (positions[2 * row] as number) * stand.scale;
    const y = upper - (positions[2 * row + 1] as number) * stand.scale;
    // A point that would reach over the canvas' edge is left out: the canvas is larger than what is seen of it.
    if (!(x >= half && y >= half && x < width - half && y < height - half)) continue;
    const [column, line] = [Math.floor(x), Math.floor(y)];
    const phase = Math.floor((y - line) * PHASES) * PHASES + Math.floor((x - column) * PHASES);
    stampAt(values, (line - half) * width + column - half, (stamps[group] as Stamp[])[phase] as Stamp, colors[group] as number);
    drawn += 1;
  }
  return drawn;
}

function stampAt(values: Uint32Array, corner: number, { whole, part, share }: Stamp, color: number): void {
  for (let i = 0; i < whole.length; i++) values[corner + (whole[i] as number)] = color;
  const outer = color & 0xff00ff;
  const inner = color & 0x00ff00;
  for (let i = 0; i < part.length; i++) {
    const at = corner + (part[i] as number);
    const under = values[at] as number;
    const over = share[i] as number;
    const rest = 256 - over;
    const mixed =
      (((outer * over + (under & 0xff00ff) * rest) >>> 8) & 0xff00ff) | (((inner * over + (under & 0x00ff00) * rest) >>> 8) & 0x00ff00);
    values[at] = (0xff000000 | mixed) >>> 0;
  }
}

function stampOf({ side, coverage }: { readonly side: number; readonly coverage: Uint8Array }, width: number, opacity: number): Stamp {
  const whole: number[] = [];
  const part: number[] = [];
  const share: number[] = [];
  for (const [i, value] of coverage.entries()) {
    const offset = Math.floor(i / side) * width + (i % side);
    const over = Math.round(value * opacity);
    if (over >= 250) whole.push(offset);
    else if (over >= 3) {
      part.push(offset);
      share.push(over);
    }
  }
  return { whole: Int32Array.from(whole), part: Int32Array.from(part), share: Uint8Array.from(share), half: side / 2 };
}

/** 0xRRGGBB as a pixel. */
function opaque(color: number): number {
  return (0xff000000 | ((color & 0xff) << 16) | (color & 0xff00) | (color >>> 16)) >>> 0;
}
