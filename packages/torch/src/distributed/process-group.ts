import { EngineError, ShapeError } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import { native } from "../binding.ts";
import type { BeatHandle, GroupHandle } from "../native.ts";
import { Tensor } from "../tensor.ts";
import type { ProcessGroupBackend } from "./backends.ts";
import { groupFailure } from "./failure.ts";
import type { GroupFacts } from "./group-facts.ts";
import { sleep } from "./sleep.ts";
import type { KeyStore } from "./store.ts";

/**
 * Processes that compute one thing together. Every rank calls the same methods in the same order, with tensors of the same shapes; each
 * waits until all have called. {@link joinProcessGroup} makes one.
 *
 * @throws EngineError from every method if a rank is gone or does not answer within the time limit; the group has ended then
 */
export class ProcessGroup implements GroupFacts {
  readonly rank: number;
  readonly size: number;
  readonly backend: ProcessGroupBackend;
  readonly timeLimit: number;
  /** What the addon knows this group by. */
  readonly handle: GroupHandle;
  readonly #store: KeyStore;
  readonly #beat: BeatHandle | null;
  #failure: EngineError | null = null;
  #closed = false;

  /** Takes over a handle of the addon; others use {@link joinProcessGroup}. */
  constructor({ rank, size, backend, timeLimit }: GroupFacts, handle: GroupHandle, store: KeyStore) {
    this.rank = rank;
    this.size = size;
    this.backend = backend;
    this.timeLimit = timeLimit;
    this.handle = handle;
    this.#store = store;
    this.#beat = size > 1 ? store.beat(`beat/${rank}`) : null;
  }

  /** Replaces each tensor by its sum over all ranks, the same bits on each. */
  allReduce(tensors: readonly Tensor[]): void {
    const handles = tensors.map(({ handle }) => handle);
    this.guard(() => native().groupSum(this.handle, handles));
  }

  /**
   * The rows of all ranks, in the order of the ranks; no gradient flows through it.
   *
   * @param rows (own rows, …)
   * @param counts how many rows each rank has; 0 is one of them
   * @throws ShapeError if there are other than so many rows, or counts for another number of ranks
   */
  gather(rows: Tensor, counts: readonly number[]): Tensor {
    if (counts.length !== this.size) throw new ShapeError(`gather: expected counts for ${this.size} ranks, but got ${counts.length}.`);
    if (rows.shape[0] !== counts[this.rank])
      throw new ShapeError(`gather: expected ${counts[this.rank]} rows of rank ${this.rank}, but got ${rows.shape[0]}.`);
    return new Tensor(this.guard(() => native().groupGather(this.handle, rows.handle, counts)));
  }

  /** Gives the tensor of every rank the values that it has on rank `from`. */
  broadcast(tensor: Tensor, from: number): void {
    if (!Number.isInteger(from) || from < 0 || from >= this.size)
      throw invalidOption("broadcast", "from", `a rank from 0 to ${this.size - 1}`, from);
    this.guard(() => native().groupBroadcast(this.handle, tensor.handle, from));
  }

  /** Waits until all ranks have come here. */
  barrier(): void {
    this.guard(() => native().groupBarrier(this.handle));
  }

  /**
   * Tells all ranks a text, and gives those of all, in the order of the ranks. It goes through rank 0: for what is said rarely.
   *
   * @param name what is said, once in the life of a group
   */
  exchange(name: string, text: string): string[] {
    return this.guard(() => {
      this.#store.set(`${name}/${this.rank}`, text);
      const end = performance.now() + this.timeLimit * 1000;
      return Array.from({ length: this.size }, (_, rank) => {
        const said = this.#store.get(`${name}/${rank}`, (end - performance.now()) / 1000);
        if (said === null) throw new Error(`Timed out: rank ${rank} did not say ${name}`);
        return said;
      });
    });
  }

  /**
   * Leaves the group, when all do, or after some seconds.
   *
   * @param because why this rank stops before the others, as a sentence: their errors then say it
   */
  close({ because }: { readonly because?: string } = {}): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#failure === null && this.size > 1) this.#leave(because);
    native().cutGroup(this.handle);
    native().closeGroup(this.handle);
    if (this.#beat !== null) native().stopBeat(this.#beat);
    this.#store.close();
  }

  /** Runs `work`; what c10d says of a failure, on whatever thread, becomes an EngineError that names the rank. */
  guard<T>(work: () => T): T {
    if (this.#failure !== null) throw this.#failure;
    if (this.#closed) throw new EngineError("process group: used after it was closed.");
    try {
      return work();
    } catch (cause) {
      throw this.#explained(cause);
    }
  }

  /** As {@link guard}, and lets other errors through: what a step throws may be its own, or the group's in other words. */
  guardStep<T>(work: () => T): T {
    try {
      return work();
    } catch (cause) {
      const failed = this.#failure === null && native().groupFailure(this.handle) !== null;
      throw failed ? this.#explained(cause) : cause;
    }
  }

  /** Connections stay until all have left, some seconds at most: another may still receive what this rank sent last. */
  #leave(because: string | undefined): void {
    const seconds = Math.min(this.timeLimit, 5);
    try {
      this.#store.set(`left/${this.rank}`, because ?? "");
      if (because !== undefined) native().cutGroup(this.handle);
      if (this.rank === 0) this.#seeOut(seconds);
      else if (because === undefined) this.#store.get("all left", seconds);
    } catch {
      // Rank 0 is gone, and with it the store: nobody will ask.
    }
  }

  #seeOut(seconds: number): void {
    const end = performance.now() + seconds * 1000;
    for (let rank = 1; rank < this.size; rank++) {
      while (performance.now() < end && !this.#store.has(`left/${rank}`) && !this.#store.has(`told/${rank}`)) sleep(20);
    }
    this.#store.set("all left", "");
  }

  #explained(cause: unknown): unknown {
    if (this.#failure !== null) return this.#failure;
    native().cutGroup(this.handle);
    this.#failure = groupFailure(this, this.#store, cause);
    return this.#failure;
  }
}
