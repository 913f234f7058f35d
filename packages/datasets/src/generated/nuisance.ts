import type { Random } from "@semblant/core";
import { bell, clamp } from "./draws.ts";

/** Something held before the face: a capsule from (x0, y0) to (x1, y1) in the picture, its half width and tone. */
export interface Obstacle {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly half: number;
  readonly tone: number;
}

/** What varies from picture to picture and says nothing of the expression. Angles in radians. */
export interface Nuisance {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  readonly scale: number;
  readonly shiftX: number;
  readonly shiftY: number;
  /** Direction from the face to the light; z towards the viewer. Unit length. */
  readonly light: readonly [number, number, number];
  /** Share of the light that comes from everywhere. */
  readonly ambient: number;
  readonly exposure: number;
  /** 1 as it is, below 1 flat, above 1 harsh. */
  readonly contrast: number;
  /** Above 0 lifts the middle tones. */
  readonly curve: number;
  /** Weight of the four neighbours of each pixel, 0 to 0.2. */
  readonly blur: number;
  /** Deviation of the noise, in tones. */
  readonly noise: number;
  readonly backdropTone: number;
  readonly backdropSlope: number;
  readonly backdropShapes: number;
  readonly clothTone: number;
  readonly clothPattern: number;
  readonly obstacle: Obstacle | undefined;
  readonly grain: number;
}

/**
 * Pose, light, lens and surroundings of one picture.
 *
 * @param difficulty 0 is a frontal portrait in soft light, 1 the data set's own, 2 twice as far from it
 */
export function drawNuisance(random: Random, difficulty: number): Nuisance {
  const d = difficulty;
  const lightX = 0.4 * clamp(d, 0.2, 1.5) * bell(random);
  const lightY = -0.35 + 0.3 * clamp(d, 0.2, 1.5) * bell(random);
  const lightZ = random.uniform(0.75, 1.3);
  const length = Math.sqrt(lightX * lightX + lightY * lightY + lightZ * lightZ);
  return {
    yaw: clamp(0.13 * d * bell(random), -0.5, 0.5),
    pitch: clamp(0.08 * d * bell(random), -0.3, 0.3),
    roll: clamp(0.09 * d * bell(random), -0.4, 0.4),
    scale: 1.1 + clamp(0.05 * d * bell(random), -0.22, 0.22),
    shiftX: 0.035 * d * bell(random),
    shiftY: 0.035 * d * bell(random),
    light: [lightX / length, lightY / length, lightZ / length],
    ambient: random.uniform(0.32, 0.6),
    exposure: random.uniform(0.82, 1.25),
    contrast: 1 + clamp(0.13 * d * bell(random), -0.5, 0.5),
    curve: clamp(0.2 * d * bell(random), -0.6, 0.6),
    blur: random.uniform() < 0.28 * d ? random.uniform(0.02, 0.14) : 0,
    noise: random.uniform(0.004, 0.01 + 0.02 * clamp(d, 0, 2) * random.uniform()),
    backdropTone: random.uniform(0.05, 0.95),
    backdropSlope: random.uniform(-0.2, 0.2),
    backdropShapes: random.uniform(0, 0.3),
    clothTone: random.uniform(0.04, 0.9),
    clothPattern: random.uniform() < 0.3 ? random.uniform(0.1, 0.3) : 0.03,
    obstacle: drawObstacle(random, d),
    grain: random.integer(2 ** 31),
  };
}

/** In one picture of seventeen (at difficulty 1) something is held before the lower face or the side: a hand, a microphone, a scarf. */
function drawObstacle(random: Random, difficulty: number): Obstacle | undefined {
  if (random.uniform() >= 0.06 * difficulty) return undefined;
  const side = random.uniform() < 0.5 ? -1 : 1;
  const x = side * random.uniform(0.2, 0.75);
  return {
    x0: x,
    y0: random.uniform(0.45, 0.8),
    x1: x + side * random.uniform(0, 0.5),
    y1: 1.3,
    half: random.uniform(0.1, 0.2),
    tone: random.uniform(0.1, 0.8),
  };
}
