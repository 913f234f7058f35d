import { invalidOption } from "./errors.ts";
import { isTyped } from "./lists.ts";

/** Seeds end where 32 bits do: a greater one would be a smaller one in disguise. */
const mostSeed = 0xffffffff;
const isWord = (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= mostSeed;

/**
 * The seeded generator behind everything random in the project (xoshiro128**, seeded by SplitMix32).
 *
 * Same seed, same numbers, on every machine and runtime: only 32-bit integer arithmetic is used, and `normal`
 * is made from `Math.log`, `Math.sqrt`, `Math.cos`, which may differ in the last bit between engines.
 * Blackman and Vigna 2018, "Scrambled linear pseudorandom number generators".
 *
 * @throws OptionError if the seed is anything but a whole number from 0 to 4294967295
 *
 * @example
 * const random = new Random(7);
 * random.integer(6); // a die from 0 to 5
 * const again = Random.resume(random.state()); // continues with the same numbers
 */
export class Random {
  readonly #s: Uint32Array;

  constructor(seed: number) {
    if (!isWord(seed)) throw invalidOption("Random", "seed", `a whole number from 0 to ${mostSeed}`, seed);
    this.#s = new Uint32Array(4);
    let z = seed;
    for (let i = 0; i < 4; i++) {
      z = (z + 0x9e3779b9) >>> 0;
      let x = z;
      x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
      x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
      this.#s[i] = (x ^ (x >>> 16)) >>> 0;
    }
  }

  /**
   * A generator that continues where {@link state} was taken.
   *
   * @throws OptionError if the state is not four words of 32 bits, or all of them are 0
   */
  static resume(state: readonly number[]): Random {
    const holds = Array.isArray(state) && state.length === 4 && state.every(isWord) && state.some((word) => word > 0);
    if (!holds) throw invalidOption("Random.resume", "state", `four whole numbers from 0 to ${mostSeed}, not all 0`, state);
    const random = new Random(0);
    random.#s.set(state);
    return random;
  }

  /** The four words of the state, as JSON can hold them. */
  state(): number[] {
    return Array.from(this.#s);
  }

  /**
   * An independent generator for one purpose, so that drawing more for one does not shift another.
   *
   * @throws OptionError if the purpose is no text: numbers would all give the same generator
   */
  fork(purpose: string): Random {
    if (typeof purpose !== "string") throw invalidOption("Random.fork", "purpose", 'a text, like "sampler" or "image 7"', purpose);
    let hash = 0x811c9dc5 ^ this.#next();
    for (let i = 0; i < purpose.length; i++) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
    return new Random(hash >>> 0);
  }

  /**
   * From low (included) to high (excluded), with 32 random bits.
   *
   * @throws OptionError if low or high is no finite number, or they lie further apart than 1.8e308
   */
  uniform(low = 0, high = 1): number {
    const width = high - low;
    if (width - width !== 0 || typeof low !== "number" || typeof high !== "number") throw noRange(low, high); // Infinity − Infinity is NaN
    return low + width * (this.#next() / 4294967296);
  }

  /**
   * Fills a list with the numbers that so many calls of {@link uniform} would give, several times as fast.
   *
   * @returns the list
   * @throws OptionError if it is no Float64Array
   */
  uniforms(into: Float64Array): Float64Array {
    if (!isTyped(into, "Float64Array")) throw invalidOption("Random.uniforms", "into", "a Float64Array", into);
    let [a, b, c, d] = this.#s as unknown as [number, number, number, number];
    for (let i = 0; i < into.length; i++) {
      const x = Math.imul(b, 5);
      into[i] = (Math.imul((x << 7) | (x >>> 25), 9) >>> 0) / 4294967296;
      const shifted = b << 9;
      c ^= a;
      d ^= b;
      b ^= c;
      a ^= d;
      c ^= shifted;
      d = (d << 11) | (d >>> 21);
    }
    this.#s.set([a, b, c, d]);
    return into;
  }

  /**
   * A whole number from 0 to n − 1, without modulo bias.
   *
   * @throws OptionError if n is not a whole number from 1 to 4294967296
   */
  integer(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= 4294967296)) {
      throw invalidOption("Random.integer", "n", "a whole number from 1 to 4294967296", n);
    }
    const limit = 4294967296 - (4294967296 % n);
    let x = this.#next();
    while (x >= limit) x = this.#next();
    return x % n;
  }

  /**
   * From the normal distribution, by Box and Muller; each call draws afresh, so that the state says everything.
   *
   * @throws OptionError if the mean is no finite number, or the deviation not one of 0 or more
   */
  normal(mean = 0, deviation = 1): number {
    if (!Number.isFinite(mean)) throw invalidOption("Random.normal", "mean", "a finite number", mean);
    if (!(Number.isFinite(deviation) && deviation >= 0)) {
      throw invalidOption("Random.normal", "deviation", "a finite number of 0 or more", deviation);
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.#next() / 4294967296));
    return mean + deviation * radius * Math.cos(2 * Math.PI * (this.#next() / 4294967296));
  }

  /**
   * Shuffles in place (Fisher and Yates) and returns the same array.
   *
   * @throws OptionError if it is no array or typed array, or one that is frozen
   */
  shuffle<T extends { length: number; [i: number]: number | unknown }>(items: T): T {
    if (!isShuffled(items)) throw invalidOption("Random.shuffle", "items", "an array that may be changed", items);
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = items[i];
      items[i] = items[j];
      items[j] = kept;
    }
    return items;
  }

  /**
   * The numbers 0 to n − 1 in random order.
   *
   * @throws OptionError if n is not a whole number from 0 to 2147483648
   */
  permutation(n: number): Int32Array {
    if (!(Number.isInteger(n) && n >= 0 && n <= 2 ** 31)) {
      throw invalidOption("Random.permutation", "n", `a whole number from 0 to ${2 ** 31}`, n);
    }
    return this.shuffle(Int32Array.from({ length: n }, (_, i) => i));
  }

  #next(): number {
    const s = this.#s;
    const [a, b, c, d] = [s[0] as number, s[1] as number, s[2] as number, s[3] as number];
    const x = Math.imul(b, 5);
    const result = Math.imul((x << 7) | (x >>> 25), 9) >>> 0;
    s[2] = c ^ a;
    s[3] = d ^ b;
    s[1] = b ^ (s[2] as number);
    s[0] = a ^ (s[3] as number);
    s[2] = (s[2] as number) ^ (b << 9);
    const e = s[3] as number;
    s[3] = (e << 11) | (e >>> 21);
    return result;
  }
}

function noRange(low: unknown, high: unknown) {
  if (!Number.isFinite(low)) return invalidOption("Random.uniform", "low", "a finite number", low);
  if (!Number.isFinite(high)) return invalidOption("Random.uniform", "high", "a finite number", high);
  return invalidOption("Random.uniform", "high", `a number at most 1.8e308 from low (${low})`, high);
}

const isShuffled = (items: unknown) =>
  (Array.isArray(items) && !Object.isFrozen(items)) || (ArrayBuffer.isView(items) && !(items instanceof DataView));
