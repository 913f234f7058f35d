import { EngineError } from "@semblant/core";
import { native } from "../binding.ts";
import type { KeyStore } from "./store.ts";
import { told, toldRanks } from "./told.ts";

/** Who meets, and for how many seconds it waits. */
interface Meeting {
  readonly rank: number;
  readonly size: number;
  readonly timeLimit: number;
}

/** Tells all ranks one's size and address; says which address of this machine they are to come to. */
export function meet(store: KeyStore, { rank, size, timeLimit }: Meeting, own: string): string {
  if (store.add(`arrived/${rank}`, 1) > 1)
    throw new EngineError(
      `joinProcessGroup: expected one process of rank ${rank}, but got a second one.\n` +
        "  Two trainings may share a port: give each its own MASTER_PORT.",
    );
  store.set(`came/${rank}`, JSON.stringify({ size, own }));
  const end = performance.now() + timeLimit * 1000;
  const missing: number[] = [];
  const addresses: string[] = [];
  for (let other = 0; other < size; other++) {
    const text = store.get(`came/${other}`, (end - performance.now()) / 1000);
    if (text === null) missing.push(other);
    const came = JSON.parse(text ?? "{}");
    if (text !== null && came.size !== size)
      throw new EngineError(
        `joinProcessGroup: expected all ranks to be started with one size, but rank ${rank} was told ${size} ` +
          `and rank ${other} ${came.size}.\n  Start all with the same WORLD_SIZE.`,
      );
    addresses.push(came.own);
  }
  if (missing.length > 0)
    throw new EngineError(
      `joinProcessGroup: expected ${size} ranks within ${told(timeLimit)}, but ${toldRanks(missing)} did not come.\n` +
        "  Are all started, with the same address and port?",
    );
  const beyond = addresses.find((address) => !isLoopback(address));
  return isLoopback(own) && beyond !== undefined ? (native().routeTo(beyond, 9) ?? own) : own;
}

const isLoopback = (address: string): boolean => /^127\.|^::1$/.test(address);
