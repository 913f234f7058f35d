import { invalidOption, refuseUnknown } from "../errors.ts";
import { type FaceOfShot, samePeople } from "./same-people.ts";

/** What is known of a photo to tell its near-duplicates. */
export interface NearDuplicateRow {
  /** 64 bits; photos that look alike differ in few. */
  readonly perceptualHash: bigint;
  /** When it was taken, in milliseconds; absent where unknown. */
  readonly taken?: number;
  /** Its faces; absent where nobody looked for any. */
  readonly faces?: readonly FaceOfShot[];
}

export interface NearDuplicateOptions {
  /** Most bits in which two shots of one moment differ, 0 to 64 (12). */
  readonly bits?: number;
  /** Longest time between two shots of one moment, in seconds (30). */
  readonly seconds?: number;
  /** Most bits in which two copies of one picture differ, whenever they were taken, 0 to 15 (3). */
  readonly copyBits?: number;
}

/**
 * In how many bits two 64-bit hashes differ, 0 to 64.
 *
 * @example
 * hashDistance(0b1011n, 0b0010n); // 2
 */
export function hashDistance(a: bigint, b: bigint): number {
  const differing = BigInt.asUintN(64, a ^ b);
  return ones(Number(differing & 0xffffffffn)) + ones(Number(differing >> 32n));
}

/**
 * (shots): the number of the group of near-duplicates that each belongs to, groups numbered in the order of their first shots.
 *
 * Two shots are near-duplicates if they were taken within `seconds` of each other and differ in at most `bits` of the hash (a burst,
 * a pose held for several pictures), or differ in at most `copyBits` whatever their times (copies, saved anew). In either case their
 * faces must agree ({@link samePeople}): two people before one wall have nearly the same hash. Whoever is a
 * near-duplicate of a member is in the group. The order of the shots changes the numbers and nothing else.
 *
 * Time grows with the shots and with how many lie within `seconds` of each other, not with the square of their number: copies are
 * looked for among shots that agree in one of copyBits + 1 parts of the hash, which two such copies must.
 *
 * @throws OptionError if an option is out of range or unknown
 *
 * @example
 * const shots = [{ perceptualHash: 1n, taken: 0 }, { perceptualHash: 0xff00n, taken: 9e9 }, { perceptualHash: 31n, taken: 2000 }];
 * groupNearDuplicates(shots); // Int32Array [0, 1, 0]
 */
export function groupNearDuplicates(shots: readonly NearDuplicateRow[], options: NearDuplicateOptions = {}): Int32Array {
  const where = "groupNearDuplicates";
  refuseUnknown(where, options, ["bits", "seconds", "copyBits"]);
  const { bits = 12, seconds = 30, copyBits = 3 } = options;
  if (!(Number.isInteger(bits) && bits >= 0 && bits <= 64)) throw invalidOption(where, "bits", "a whole number from 0 to 64", bits);
  if (!(Number.isInteger(copyBits) && copyBits >= 0 && copyBits <= 15)) {
    throw invalidOption(where, "copyBits", "a whole number from 0 to 15", copyBits);
  }
  if (!(seconds >= 0)) throw invalidOption(where, "seconds", "a number from 0", seconds);
  const low = Uint32Array.from(shots, ({ perceptualHash }) => Number(perceptualHash & 0xffffffffn));
  const high = Uint32Array.from(shots, ({ perceptualHash }) => Number((perceptualHash >> 32n) & 0xffffffffn));
  const distance = (i: number, j: number) =>
    ones((low[i] as number) ^ (low[j] as number)) + ones((high[i] as number) ^ (high[j] as number));
  const parents = Int32Array.from(shots, (_, i) => i);
  const join = (i: number, j: number, most: number, asCopies: boolean): void => {
    const [a, b] = [rootOf(parents, i), rootOf(parents, j)];
    const agree = () => samePeople(shots[i]?.faces, shots[j]?.faces, { asCopies });
    if (a !== b && distance(i, j) <= most && agree()) parents[Math.max(a, b)] = Math.min(a, b);
  };

  const timed = [...shots.keys()].filter((i) => Number.isFinite(shots[i]?.taken));
  const taken = (i: number) => shots[i]?.taken as number;
  timed.sort((a, b) => taken(a) - taken(b) || a - b);
  for (const [place, i] of timed.entries()) {
    for (let next = place + 1; next < timed.length && taken(timed[next] as number) - taken(i) <= 1000 * seconds; next++) {
      join(i, timed[next] as number, bits, false);
    }
  }
  for (const alike of agreeingInAPart(shots, copyBits + 1)) {
    for (const [place, i] of alike.entries()) for (const j of alike.slice(place + 1)) join(i, j, copyBits, true);
  }
  const numbers = new Map<number, number>();
  return Int32Array.from(shots, (_, i) => {
    const root = rootOf(parents, i);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root) as number;
  });
}

/**
 * Lists of shots that agree in one of `parts` parts of the hash; of those that agree in all of it, and in their people,
 * the first stands for all.
 */
function* agreeingInAPart(shots: readonly NearDuplicateRow[], parts: number): Generator<number[]> {
  const firsts = new Map<bigint, number[]>();
  for (const [i, { perceptualHash, faces }] of shots.entries()) {
    const hash = BigInt.asUintN(64, perceptualHash);
    const first = firsts.get(hash)?.find((other) => samePeople(shots[other]?.faces, faces, { asCopies: true }));
    if (first === undefined) pushTo(firsts, hash, i);
    else yield [first, i];
  }
  for (let part = 0; part < parts; part++) {
    const [from, to] = [Math.floor((64 * part) / parts), Math.floor((64 * (part + 1)) / parts)];
    const lists = new Map<bigint, number[]>();
    for (const [hash, own] of firsts) for (const i of own) pushTo(lists, BigInt.asUintN(to - from, hash >> BigInt(from)), i);
    for (const list of lists.values()) if (list.length > 1) yield list;
  }
}

function pushTo(lists: Map<bigint, number[]>, key: bigint, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function rootOf(parents: Int32Array, of: number): number {
  let i = of;
  while (parents[i] !== i) {
    parents[i] = parents[parents[i] as number] as number;
    i = parents[i] as number;
  }
  return i;
}

/** How many of 32 bits are 1. */
function ones(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
