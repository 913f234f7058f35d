import type { AppEvent } from "@semblant/api";

/** Milliseconds between two looks at what others wrote, while somebody watches. */
const between = 1000;
/** Milliseconds of reading that nobody minds, however often; and by how much longer what takes more than that rests. */
const unnoticed = 250;
const slower = 10;

/**
 * Counts what a library went through: a number that rises whenever its stamp is another, and those who want to be told. Others' writes
 * are seen when somebody asks, and every second while somebody watches.
 *
 * Each rise has whoever watches ask again. Where that takes long, and others write all the time, as workers do that index, it rises by
 * their writes only as often as leaves nine tenths of the time free.
 */
export class Revisions {
  readonly #stamp: () => string;
  readonly #listeners = new Set<(event: AppEvent) => void>();
  #known: string;
  #timer: NodeJS.Timeout | undefined;
  /** Not from 0: a page that saw an earlier run of the server may still be open. */
  #revision = Date.now();
  #rose = Number.NEGATIVE_INFINITY;
  /** Least milliseconds between two rises by others' writes. */
  #pace = 0;

  constructor(stamp: () => string) {
    this.#stamp = stamp;
    this.#known = stamp();
  }

  /** The revision now, and the stamp that it is of. */
  now(): { readonly revision: number; readonly stamp: string } {
    const stamp = this.#stamp();
    if (stamp !== this.#known && performance.now() - this.#rose >= this.#pace) this.rise(stamp);
    return { revision: this.#revision, stamp: this.#known };
  }

  /** What was written here counts at once. */
  written(): void {
    const stamp = this.#stamp();
    if (stamp !== this.#known) this.rise(stamp);
  }

  /** @param milliseconds that it took to read what a revision is of */
  took(milliseconds: number): void {
    this.#pace = milliseconds < unnoticed ? 0 : slower * milliseconds;
  }

  /** Something changed that the stamp need not say. */
  rise(stamp = this.#stamp()): void {
    this.#known = stamp;
    this.#rose = performance.now();
    this.#revision++;
    this.tell({ type: "revision", revision: this.#revision });
  }

  tell(event: AppEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  watch(listener: (event: AppEvent) => void): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => this.look(), between).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** As {@link now}, but where the library cannot be read, nobody is told. */
  look(): void {
    try {
      this.now();
    } catch {} // damaged, or another is writing: who asks is told
  }
}
