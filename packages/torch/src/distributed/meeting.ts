import { EngineError } from "@semblant/core";
import { native } from "../binding.ts";
import { sleep } from "./sleep.ts";
import type { KeyStore } from "./store.ts";
import { told, toldRanks } from "./told.ts";

/** Who meets where, and for how many seconds it waits. */
export interface Meeting {
  readonly rank: number;
  readonly size: number;
  readonly address: string;
  readonly port: number;
  readonly timeLimit: number;
  readonly backend: string;
}

/** What each rank says when it comes. */
interface Arrival {
  readonly size: number;
  readonly backend: string;
  readonly own: string;
}

/** What rank 0 finds: where each rank is to be reached, or why there will be no group. */
type Verdict = { readonly addresses: readonly string[] } | { readonly refusal: string };

/**
 * Waits until all ranks have come to the store, and says by which address the others reach this machine: that from which it reaches rank 0.
 *
 * @throws EngineError, the same on all ranks, if one does not come or was told another size
 */
export function meet(store: KeyStore, meeting: Meeting): string {
  const { rank, size, address, port, timeLimit, backend } = meeting;
  if (rank === 0) store.set("here", "");
  else if (store.get("here", timeLimit) === null) throw nobodyAt(meeting);
  if (store.add(`arrived/${rank}`, 1) > 1)
    throw new EngineError(
      `joinProcessGroup: expected one process of rank ${rank}, but got a second one.\n` +
        "  Two trainings may share a port: give each its own MASTER_PORT.",
    );
  const own = native().routeTo(address, port) ?? "127.0.0.1";
  store.set(`came/${rank}`, JSON.stringify({ size, backend, own } satisfies Arrival));
  if (rank === 0) store.set("verdict", JSON.stringify(verdictOf(store, meeting)));
  const text = store.get("verdict", timeLimit + 5);
  if (text === null) throw nobodyAt(meeting);
  store.set(`heard/${rank}`, "");
  const verdict: Verdict = JSON.parse(text);
  if ("addresses" in verdict) return seenBy(verdict.addresses, own);
  if (rank === 0) sendOff(store, size);
  throw new EngineError(`joinProcessGroup: expected ${verdict.refusal}`);
}

/** The words for a rank 0 that is not there. */
export const nobodyAt = ({ address, port, timeLimit }: Pick<Meeting, "address" | "port" | "timeLimit">, cause?: unknown): EngineError =>
  new EngineError(
    `joinProcessGroup: expected rank 0 at ${address}:${port} within ${told(timeLimit)}, but nobody answered there.\n` +
      "  Is it started, and is its address right?",
    { cause },
  );

function verdictOf(store: KeyStore, { size, backend, timeLimit }: Meeting): Verdict {
  const end = performance.now() + timeLimit * 1000;
  const missing: number[] = [];
  const addresses: string[] = [];
  for (let rank = 0; rank < size; rank++) {
    const text = store.get(`came/${rank}`, (end - performance.now()) / 1000);
    if (text === null) {
      missing.push(rank);
      continue;
    }
    const came: Arrival = JSON.parse(text);
    const both = (own: unknown, other: unknown) => `rank 0 was told ${own} and rank ${rank} ${other}`;
    if (came.size !== size)
      return { refusal: `all ranks to be started with one size, but ${both(size, came.size)}.\n  Start all with the same WORLD_SIZE.` };
    if (came.backend !== backend)
      return {
        refusal: `all ranks to use one backend, but ${both(backend, came.backend)}.\n  All need a GPU and an addon with NCCL, or none.`,
      };
    addresses.push(came.own);
  }
  if (missing.length === 0) return { addresses };
  const late = `${size} ranks within ${told(timeLimit)}, but ${toldRanks(missing)} did not come`;
  return { refusal: `${late}.\n  Are all started, with the same address and port?` };
}

/** Where a name means this machine only here, the address on the way to another machine. */
function seenBy(addresses: readonly string[], own: string): string {
  const isLocal = (address: string) => /^127\.|^::1$/.test(address);
  const beyond = addresses.find((address) => !isLocal(address));
  return isLocal(own) && beyond !== undefined ? (native().routeTo(beyond, 9) ?? own) : own;
}

/** Keeps the store until those who came have heard that there is no group, some seconds at most. */
function sendOff(store: KeyStore, size: number): void {
  const came = Array.from({ length: size }, (_, rank) => rank).filter((rank) => store.has(`came/${rank}`));
  for (let i = 0; i < 100 && !came.every((rank) => store.has(`heard/${rank}`)); i++) sleep(20);
}
