import { Random } from "@semblant/core";
import type { QueueState } from "./sampler.ts";

/**
 * Rows in random order, shuffled anew each time all have been taken: after any number of takes, every row has been
 * taken k or k + 1 times.
 *
 * Its state is the generator's state before the last shuffle and a count, not the order itself: the order is made
 * again from them.
 */
export class RowQueue {
  readonly #rows: Int32Array;
  #random: Random;
  #order: Int32Array;
  #state: { random: number[]; taken: number; avoided: number[]; places: number };

  constructor(rows: Int32Array, random: Random) {
    this.#rows = rows;
    this.#random = random;
    this.#order = rows;
    this.#state = { random: random.state(), taken: 0, avoided: [], places: 0 };
    this.#shuffle();
  }

  /**
   * Takes the next rows. No row comes twice in one take unless there are fewer rows than are asked for, and then
   * each comes as often as any other, give or take one: a refill in the middle of a take puts the rows that the
   * take already holds behind the others.
   */
  take(count: number): Int32Array {
    const batch = new Int32Array(count);
    const rows = this.#rows.length;
    for (let i = 0; i < count; i++) {
      if (this.#state.taken === rows) this.#refill(batch.subarray(0, i % rows), count - i);
      batch[i] = this.#order[this.#state.taken++] as number;
    }
    return batch;
  }

  state(): QueueState {
    return { ...this.#state };
  }

  resume({ random, taken, avoided, places }: QueueState): void {
    this.#random = Random.resume(random);
    this.#state = { random: [...random], taken, avoided: [...avoided], places };
    this.#shuffle();
  }

  #refill(held: Int32Array, places: number): void {
    this.#state = { random: this.#random.state(), taken: 0, avoided: [...held], places };
    this.#shuffle();
  }

  #shuffle(): void {
    const order = this.#random.shuffle(this.#rows.slice());
    const { avoided, places } = this.#state;
    const held = new Set(avoided);
    let later = places; // the first place that this take no longer reaches
    for (let i = 0; i < Math.min(places, order.length) && held.size > 0; i++) {
      if (!held.has(order[i] as number)) continue;
      while (later < order.length && held.has(order[later] as number)) later++;
      if (later >= order.length) break;
      const row = order[i] as number;
      order[i] = order[later] as number;
      order[later++] = row;
    }
    this.#order = order;
  }
}
