import { Random } from "@semblant/core";

const SIDE = 64;
const draws = new Random(0x67726169);
const LATTICE = Float32Array.from({ length: SIDE * SIDE }, () => draws.uniform(-1, 1));

/**
 * Smooth noise over the plane, from −1 to 1, one bump a unit: the grain of skin, hair and cloth. One lattice serves all; the seed says
 * where in it the grain begins.
 *
 * @example
 * new Grain(5).at(0.3, 0.8) === new Grain(5).at(0.3, 0.8); // true
 */
export class Grain {
  readonly #x: number;
  readonly #y: number;

  constructor(seed: number) {
    this.#x = seed % SIDE;
    this.#y = Math.floor(seed / SIDE) % SIDE;
  }

  at(x: number, y: number): number {
    const floorX = Math.floor(x);
    const floorY = Math.floor(y);
    const u = x - floorX;
    const v = y - floorY;
    const su = u * u * (3 - 2 * u);
    const sv = v * v * (3 - 2 * v);
    const left = (floorX + this.#x) & (SIDE - 1);
    const right = (left + 1) & (SIDE - 1);
    const top = ((floorY + this.#y) & (SIDE - 1)) * SIDE;
    const bottom = (top + SIDE) & (SIDE * SIDE - 1);
    const upper = (LATTICE[top + left] as number) * (1 - su) + (LATTICE[top + right] as number) * su;
    const lower = (LATTICE[bottom + left] as number) * (1 - su) + (LATTICE[bottom + right] as number) * su;
    return upper * (1 - sv) + lower * sv;
  }
}
