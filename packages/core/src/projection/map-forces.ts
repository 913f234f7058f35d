import type { Affinities } from "./affinities.ts";
import { Quadtree } from "./quadtree.ts";

/**
 * What pulls the points of a map together and pushes them apart, and so the divergence of the map from the affinities and its gradient
 * (van der Maaten 2014, eqs. 4 and 5): KL(P‖Q), q_ij = w_ij / Z, w_ij = 1 / (1 + ‖yᵢ − yⱼ‖²), Z = Σ w over all i ≠ j.
 *
 * With theta 0 every pair of points is summed; above it far ones are summed by cells of a {@link Quadtree}.
 */
export class MapForces {
  readonly #P: Affinities;
  readonly #tree: Quadtree | undefined;
  /** (rows, 2): Σⱼ p w (yᵢ − yⱼ) and Σⱼ w² (yᵢ − yⱼ). */
  readonly #pull: Float64Array;
  readonly #push: Float64Array;
  #Z = 0;

  constructor(P: Affinities, theta: number) {
    this.#P = P;
    this.#tree = theta > 0 ? new Quadtree(P.rows, theta) : undefined;
    this.#pull = new Float64Array(2 * P.rows);
    this.#push = new Float64Array(2 * P.rows);
  }

  /** Measures the forces at these positions, (rows, 2); the gradient and the divergence are read from them. */
  measure(positions: Float64Array): void {
    const pull = () => pullTogether(this.#P, positions, this.#pull);
    if (this.#tree) {
      this.#tree.build(positions);
      this.#Z = this.#tree.repulsion(this.#push, pull);
    } else {
      pull();
      this.#Z = pushApart(positions, this.#push);
    }
  }

  /** Writes ∂KL / ∂Y where last measured, (rows, 2), with every affinity times `exaggeration`; returns its Euclidean norm. */
  gradient(exaggeration: number, gradient: Float64Array): number {
    let square = 0;
    for (let j = 0; j < gradient.length; j++) {
      const slope = 4 * (exaggeration * (this.#pull[j] as number) - (this.#push[j] as number) / this.#Z);
      gradient[j] = slope;
      square += slope * slope;
    }
    return Math.sqrt(square);
  }

  /** KL(P‖Q) in nats where last measured, at the positions given again. */
  divergence(positions: Float64Array): number {
    const { rows, starts, others, values } = this.#P;
    let sum = 0;
    for (let i = 0; i < rows; i++) {
      for (let e = starts[i] as number; e < (starts[i + 1] as number); e++) {
        const p = values[e] as number;
        if (p === 0) continue;
        const j = others[e] as number;
        const dx = (positions[2 * i] as number) - (positions[2 * j] as number);
        const dy = (positions[2 * i + 1] as number) - (positions[2 * j + 1] as number);
        sum += 2 * p * Math.log(p * this.#Z * (1 + dx * dx + dy * dy));
      }
    }
    return sum;
  }
}

function pullTogether({ rows, starts, others, values }: Affinities, positions: Float64Array, pull: Float64Array): void {
  pull.fill(0);
  for (let i = 0; i < rows; i++) {
    const x = positions[2 * i] as number;
    const y = positions[2 * i + 1] as number;
    const end = starts[i + 1] as number;
    let px = 0;
    let py = 0;
    for (let e = starts[i] as number; e < end; e++) {
      const j = 2 * (others[e] as number);
      const dx = x - (positions[j] as number);
      const dy = y - (positions[j + 1] as number);
      const f = (values[e] as number) / (1 + dx * dx + dy * dy);
      px += f * dx;
      py += f * dy;
      pull[j] = (pull[j] as number) - f * dx;
      pull[j + 1] = (pull[j + 1] as number) - f * dy;
    }
    pull[2 * i] = (pull[2 * i] as number) + px;
    pull[2 * i + 1] = (pull[2 * i + 1] as number) + py;
  }
}

/** Every pair once; returns Z. */
function pushApart(positions: Float64Array, push: Float64Array): number {
  push.fill(0);
  let Z = 0;
  for (let i = 0; i < positions.length; i += 2) {
    const x = positions[i] as number;
    const y = positions[i + 1] as number;
    let px = 0;
    let py = 0;
    for (let j = 0; j < i; j += 2) {
      const dx = x - (positions[j] as number);
      const dy = y - (positions[j + 1] as number);
      const w = 1 / (1 + dx * dx + dy * dy);
      const f = w * w;
      Z += 2 * w;
      px += f * dx;
      py += f * dy;
      push[j] = (push[j] as number) - f * dx;
      push[j + 1] = (push[j + 1] as number) - f * dy;
    }
    push[i] = px;
    push[i + 1] = py;
  }
  return Z;
}
