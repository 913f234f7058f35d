import type { GroupFacts } from "./group-facts.ts";
import { sleep } from "./sleep.ts";
import type { KeyStore } from "./store.ts";

/** What the store knows of the other ranks after something went wrong. */
export interface RollCall {
  /** Ranks that say nothing any more: they ended, are stopped, or their link is cut. */
  readonly gone: readonly number[];
  /** Ranks that are alive and have not noticed: they do something else, or are stuck in it. */
  readonly busy: readonly number[];
  /** Ranks that left the group, with the reason that they gave; "" is none. */
  readonly left: ReadonlyMap<number, string>;
  /** Whether a rank waited in vain, rather than to find a connection closed. */
  readonly waited: boolean;
}

/** A process that is alive says so every second: two of these seconds, and some for a machine that is busy. */
const patience = 2.8;

/** Tells the others that it is over, and looks for a moment who else is there. Rank 0 keeps the store, so without it that one is gone. */
export function callRoll({ rank, size }: GroupFacts, store: KeyStore, waited: boolean): RollCall {
  const others = Array.from({ length: size }, (_, other) => other).filter((other) => other !== rank);
  store.reconnect();
  try {
    store.set(`failed/${rank}`, waited ? "waited" : "closed");
    const beats = others.map((other) => beatOf(store, other));
    const end = performance.now() + patience * 1000;
    const noticed = (other: number) => store.has(`failed/${other}`) || store.has(`left/${other}`);
    const reasonGiven = () => others.some((other) => store.has(`left/${other}`) && store.get(`left/${other}`, 1) !== "");
    while (performance.now() < end && !others.every(noticed) && !reasonGiven()) sleep(100);
    const silent = others.filter((other) => !noticed(other));
    const gone = silent.filter((other) => beatOf(store, other) === beats[others.indexOf(other)]);
    const left = new Map(others.filter((other) => store.has(`left/${other}`)).map((other) => [other, store.get(`left/${other}`, 1) ?? ""]));
    const failed = others.filter((other) => store.has(`failed/${other}`));
    const alsoWaited = failed.some((other) => store.get(`failed/${other}`, 1) === "waited");
    store.set(`told/${rank}`, "");
    if (rank === 0) lingerFor(store, failed);
    return { gone, busy: silent.filter((other) => !gone.includes(other)), left, waited: waited || alsoWaited };
  } catch {
    return { gone: rank === 0 ? others : [0], busy: [], left: new Map(), waited };
  }
}

/** How often a rank has said that it is alive. */
const beatOf = (store: KeyStore, rank: number): string => (store.has(`beat/${rank}`) ? (store.get(`beat/${rank}`, 1) ?? "") : "");

/** Keeps the store until these ranks have asked it, too, a few seconds at most. */
function lingerFor(store: KeyStore, ranks: readonly number[]): void {
  const end = performance.now() + patience * 1000;
  while (performance.now() < end && !ranks.every((rank) => store.has(`told/${rank}`))) sleep(50);
}
