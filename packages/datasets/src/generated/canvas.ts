import { clamp } from "./draws.ts";

/** Where the canvas ends: it is wider than the frame (±1), so that a turned or shifted head still has surroundings. */
export const EXTENT = 1.3;

/**
 * A frontal head being built: for each point its tone under full light (0 black to 1 white), its height towards the viewer, and how much
 * of it is there at all (0: the background shows). Square, `n` points a side, from −{@link EXTENT} to +{@link EXTENT} both ways.
 */
export class Canvas {
  readonly n: number;
  readonly tone: Float32Array;
  readonly height: Float32Array;
  readonly cover: Float32Array;
  /** The tones once the lamp is on; filled when photographed, where anything is. */
  readonly lit: Float32Array;

  constructor(n: number) {
    this.n = n;
    this.tone = new Float32Array(n * n);
    this.height = new Float32Array(n * n);
    this.cover = new Float32Array(n * n);
    this.lit = new Float32Array(n * n);
  }

  /** Wipes everything, for the next head. */
  clear(): void {
    this.tone.fill(0);
    this.height.fill(0);
    this.cover.fill(0);
  }

  /** The x or y of a column or row. */
  at(i: number): number {
    return ((i + 0.5) / this.n) * 2 * EXTENT - EXTENT;
  }

  /** The column or row (not rounded) of an x or y. */
  index(v: number): number {
    return ((v + EXTENT) / (2 * EXTENT)) * this.n - 0.5;
  }

  /** The width of one point. */
  get step(): number {
    return (2 * EXTENT) / this.n;
  }
}

/**
 * What a brush does to one layer where it covers a point: value ← value + amount · (gain · value + add). Data rather than a function,
 * since it is done millions of times.
 */
export interface Paint {
  readonly layer: Float32Array;
  readonly gain: number;
  readonly add: number;
}

/** Paints over: the tone moves towards `tone` by the covered amount. */
export function toward(canvas: Canvas, tone: number, opacity = 1): Paint {
  return { layer: canvas.tone, gain: -opacity, add: tone * opacity };
}

/** Darkens or lightens: the tone is multiplied by `factor` where fully covered. */
export function times(canvas: Canvas, factor: number): Paint {
  return { layer: canvas.tone, gain: factor - 1, add: 0 };
}

/** Raises (or, below 0, sinks) the surface. */
export function raise(canvas: Canvas, by: number): Paint {
  return { layer: canvas.height, gain: 0, add: by };
}

/** Makes the point part of the picture. */
export function solid(canvas: Canvas): Paint {
  return { layer: canvas.cover, gain: -1, add: 1 };
}

/** Lets a paint act on point i. */
export function apply({ layer, gain, add }: Paint, i: number, amount: number): void {
  const value = layer[i] as number;
  layer[i] = value + amount * (gain * value + add);
}

/** What to do at point i, of which `amount` (0 to 1) is covered; x and y are its place. */
export type Visit = (i: number, amount: number, x: number, y: number) => void;

/** The first and last row and column of a box, cut at the edges of the canvas. */
function box(canvas: Canvas, x0: number, x1: number, y0: number, y1: number): { left: number; right: number; top: number; bottom: number } {
  return {
    left: Math.max(0, Math.floor(canvas.index(x0))),
    right: Math.min(canvas.n - 1, Math.ceil(canvas.index(x1))),
    top: Math.max(0, Math.floor(canvas.index(y0))),
    bottom: Math.min(canvas.n - 1, Math.ceil(canvas.index(y1))),
  };
}

/** A soft round spot: 1 in the middle, falling as (1 − q)² to 0 at the radii, tilted by a slope dy/dx. */
export function spot(canvas: Canvas, x: number, y: number, rx: number, ry: number, paint: Paint, slope = 0): void {
  const reach = ry + Math.abs(slope) * rx;
  const { left, right, top, bottom } = box(canvas, x - rx, x + rx, y - reach, y + reach);
  for (let row = top; row <= bottom; row++) {
    const offset = canvas.at(row) - y;
    for (let column = left; column <= right; column++) {
      const px = canvas.at(column) - x;
      const dx = px / rx;
      const dy = (offset - slope * px) / ry;
      const q = dx * dx + dy * dy;
      if (q < 1) apply(paint, row * canvas.n + column, (1 - q) * (1 - q));
    }
  }
}

/** A disc or ellipse with an edge `soft` wide. */
export function disc(canvas: Canvas, x: number, y: number, rx: number, ry: number, paint: Paint, soft = canvas.step): void {
  const smaller = Math.min(rx, ry);
  const { left, right, top, bottom } = box(canvas, x - rx - soft, x + rx + soft, y - ry - soft, y + ry + soft);
  for (let row = top; row <= bottom; row++) {
    const dy = (canvas.at(row) - y) / ry;
    for (let column = left; column <= right; column++) {
      const dx = (canvas.at(column) - x) / rx;
      const amount = clamp(((1 - Math.sqrt(dx * dx + dy * dy)) * smaller) / soft + 0.5);
      if (amount > 0) apply(paint, row * canvas.n + column, amount);
    }
  }
}

/** The points between two curves y = top(x) and y = bottom(x), for x from left to right, with edges `soft` wide. */
export interface Band {
  readonly left: number;
  readonly right: number;
  readonly top: (x: number) => number;
  readonly bottom: (x: number) => number;
  readonly soft: number;
}

/** Visits the points of a band, column by column. */
export function band(canvas: Canvas, { left, right, top, bottom, soft }: Band, visit: Visit): void {
  const n = canvas.n;
  const end = Math.min(n - 1, Math.floor(canvas.index(right)));
  for (let column = Math.max(0, Math.ceil(canvas.index(left))); column <= end; column++) {
    const x = canvas.at(column);
    const y0 = top(x);
    const y1 = bottom(x);
    if (y1 <= y0 - soft) continue;
    const first = Math.max(0, Math.floor(canvas.index(y0 - soft)));
    const last = Math.min(n - 1, Math.ceil(canvas.index(y1 + soft)));
    for (let row = first; row <= last; row++) {
      const y = canvas.at(row);
      const amount = clamp((y - y0) / soft + 0.5) * clamp((y1 - y) / soft + 0.5);
      if (amount > 0) visit(row * n + column, amount, x, y);
    }
  }
}

/** A point of a stroke: its place and the half width of the brush there. */
export type Knot = readonly [x: number, y: number, half: number];

/**
 * A brush stroke through three knots (a quadratic curve), thick and thin as the knots say; soft across: full in the
 * middle, 0 at the edge.
 */
export function stroke(canvas: Canvas, from: Knot, through: Knot, to: Knot, paint: Paint, hardness = 1): void {
  const pieces = 6;
  const knots: Knot[] = [];
  for (let k = 0; k <= pieces; k++) {
    const t = k / pieces;
    const [a, b, c] = [2 * (t - 0.5) * (t - 1), 4 * t * (1 - t), 2 * t * (t - 0.5)];
    const blend = (i: 0 | 1 | 2) => a * from[i] + b * through[i] + c * to[i];
    knots.push([blend(0), blend(1), Math.max(blend(2), 1e-4)]);
  }
  const widest = Math.max(from[2], through[2], to[2]) * 1.3;
  const xs = knots.map((knot) => knot[0]);
  const ys = knots.map((knot) => knot[1]);
  const { left, right, top, bottom } = box(
    canvas,
    Math.min(...xs) - widest,
    Math.max(...xs) + widest,
    Math.min(...ys) - widest,
    Math.max(...ys) + widest,
  );
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const best = nearness(knots, canvas.at(column), canvas.at(row));
      if (best > 0) apply(paint, row * canvas.n + column, clamp(best * hardness));
    }
  }
}

/** How far inside the brush a point is: 1 on the line through the knots, 0 at the edge and beyond. */
function nearness(knots: readonly Knot[], x: number, y: number): number {
  let best = 0;
  for (let k = 0; k + 1 < knots.length; k++) {
    const p = knots[k] as Knot;
    const q = knots[k + 1] as Knot;
    const ex = q[0] - p[0];
    const ey = q[1] - p[1];
    const t = clamp(((x - p[0]) * ex + (y - p[1]) * ey) / (ex * ex + ey * ey + 1e-12));
    const dx = x - p[0] - t * ex;
    const dy = y - p[1] - t * ey;
    const half = p[2] + (q[2] - p[2]) * t;
    const inside = 1 - (dx * dx + dy * dy) / (half * half);
    if (inside > best) best = inside;
  }
  return best;
}
