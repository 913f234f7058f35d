import type { Random } from "@semblant/core";
import { type Canvas, EXTENT } from "./canvas.ts";
import { bell, clamp, mix, turn } from "./draws.ts";
import type { Nuisance } from "./nuisance.ts";
import { backdrop } from "./surroundings.ts";

/** Points across a pixel, each way, whose tones it averages. */
const SAMPLES = 2;

/** Lights the head and takes its picture: `size` × `size` bytes, row by row. */
export function photograph(canvas: Canvas, nuisance: Nuisance, size: number, random: Random): Uint8Array {
  light(canvas, nuisance);
  const picture = expose(canvas, nuisance, size);
  return develop(picture, nuisance, size, random);
}

/** Lambert shading of the relief: ambient light and one lamp, from the slopes of the height. The lamp stays put when the head turns. */
function light(canvas: Canvas, nuisance: Nuisance): void {
  const { n, tone, height, lit } = canvas;
  const yaw = turn(nuisance.yaw);
  const pitch = turn(nuisance.pitch);
  const [wx, wy, wz] = nuisance.light;
  const ly = wy * pitch.cos + wz * pitch.sin;
  const lz0 = -wy * pitch.sin + wz * pitch.cos;
  const lx = wx * yaw.cos - lz0 * yaw.sin;
  const lz = wx * yaw.sin + lz0 * yaw.cos;
  const perUnit = 1 / (2 * canvas.step);
  const diffuse = 1 - nuisance.ambient;
  for (let row = 0; row < n; row++) {
    const above = row === 0 ? 0 : -n;
    const below = row === n - 1 ? 0 : n;
    for (let column = 0; column < n; column++) {
      const i = row * n + column;
      if ((canvas.cover[i] as number) <= 0) continue;
      const gx = ((height[column === n - 1 ? i : i + 1] as number) - (height[column === 0 ? i : i - 1] as number)) * perUnit;
      const gy = ((height[i + below] as number) - (height[i + above] as number)) * perUnit;
      const facing = (lz - gx * lx - gy * ly) / Math.sqrt(1 + gx * gx + gy * gy);
      lit[i] = (tone[i] as number) * (nuisance.ambient + diffuse * 1.25 * Math.max(0, facing));
    }
  }
}

/** How far forward a place of the head is, for turning it: a dome with the nose on it. */
function depth(x: number, y: number): number {
  const dome = 0.72 - 0.62 * Math.min(2, x * x + 0.55 * y * y);
  const nx = x / 0.2;
  const ny = (y - 0.14) / 0.34;
  const q = nx * nx + ny * ny;
  return q < 1 ? dome + 0.15 * (1 - q) * (1 - q) : dome;
}

/** Projects the turned head onto the picture. Each sample looks for the place of the head that it sees by three rounds of substitution. */
function expose(canvas: Canvas, nuisance: Nuisance, size: number): Float32Array {
  const behind = backdrop(nuisance);
  const yaw = turn(nuisance.yaw);
  const pitch = turn(nuisance.pitch);
  const roll = turn(nuisance.roll);
  const { n, cover, lit } = canvas;
  const picture = new Float32Array(size * size);
  const across = size * SAMPLES;
  const share = 1 / (SAMPLES * SAMPLES);
  const limit = n - 1.001;
  const toIndex = n / (2 * EXTENT);
  for (let row = 0; row < across; row++) {
    const v = ((row + 0.5) / across) * 2 - 1;
    for (let column = 0; column < across; column++) {
      const u = ((column + 0.5) / across) * 2 - 1;
      const cu = (u - nuisance.shiftX) / nuisance.scale;
      const cv = (v - nuisance.shiftY) / nuisance.scale;
      const p = cu * roll.cos + cv * roll.sin;
      const q = cv * roll.cos - cu * roll.sin;
      let x = p;
      let y = q;
      for (let k = 0; k < 3; k++) {
        const z = depth(x, y);
        const turned = z * yaw.cos - x * yaw.sin;
        const nextX = (p - z * yaw.sin) / yaw.cos;
        y = (q - turned * pitch.sin) / pitch.cos;
        x = nextX;
      }
      const fx = clamp((x + EXTENT) * toIndex - 0.5, 0, limit);
      const fy = clamp((y + EXTENT) * toIndex - 0.5, 0, limit);
      const ix = Math.floor(fx);
      const iy = Math.floor(fy);
      const i = iy * n + ix;
      const ax = fx - ix;
      const ay = fy - iy;
      const c00 = (1 - ax) * (1 - ay) * (cover[i] as number);
      const c10 = ax * (1 - ay) * (cover[i + 1] as number);
      const c01 = (1 - ax) * ay * (cover[i + n] as number);
      const c11 = ax * ay * (cover[i + n + 1] as number);
      const there = c00 + c10 + c01 + c11;
      let tone = c00 * (lit[i] as number) + c10 * (lit[i + 1] as number) + c01 * (lit[i + n] as number) + c11 * (lit[i + n + 1] as number);
      if (there < 0.999) tone += (1 - there) * behind(u, v);
      tone = obstruct(nuisance, u, v, tone);
      const pixel = Math.floor(row / SAMPLES) * size + Math.floor(column / SAMPLES);
      picture[pixel] = (picture[pixel] as number) + tone * share;
    }
  }
  return picture;
}

function obstruct(nuisance: Nuisance, u: number, v: number, tone: number): number {
  const o = nuisance.obstacle;
  if (o === undefined) return tone;
  const ex = o.x1 - o.x0;
  const ey = o.y1 - o.y0;
  const t = clamp(((u - o.x0) * ex + (v - o.y0) * ey) / (ex * ex + ey * ey));
  const dx = u - o.x0 - t * ex;
  const dy = v - o.y0 - t * ey;
  const q = (dx * dx + dy * dy) / (o.half * o.half);
  return q < 1 ? o.tone * (0.5 + 0.5 * Math.sqrt(1 - q)) : tone;
}

/** Blur, exposure (the camera meters the middle, and half trusts it), contrast, tone curve, noise, and rounding to bytes. */
function develop(picture: Float32Array, nuisance: Nuisance, size: number, random: Random): Uint8Array {
  const { blur, contrast, curve, noise } = nuisance;
  const exposure = nuisance.exposure * mix(1, 0.5 / Math.max(0.08, meter(picture, size)), 0.6);
  const bytes = new Uint8Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const i = row * size + column;
      let tone = picture[i] as number;
      if (blur > 0) {
        const around =
          (picture[column === 0 ? i : i - 1] as number) +
          (picture[column === size - 1 ? i : i + 1] as number) +
          (picture[row === 0 ? i : i - size] as number) +
          (picture[row === size - 1 ? i : i + size] as number);
        tone = tone * (1 - 4 * blur) + blur * around;
      }
      tone = clamp((tone * exposure - 0.42) * contrast + 0.42);
      tone += curve * tone * (1 - tone);
      bytes[i] = Math.floor(clamp(tone + noise * bell(random), 0, 0.9999) * 256);
    }
  }
  return bytes;
}

/** The mean tone of the middle quarter of the picture. */
function meter(picture: Float32Array, size: number): number {
  const from = Math.floor(size / 4);
  const to = size - from;
  let sum = 0;
  for (let row = from; row < to; row++) for (let column = from; column < to; column++) sum += picture[row * size + column] as number;
  return sum / ((to - from) * (to - from));
}
