import { keptStore } from "./kept-store.ts";
import { memoryStore } from "./memory-store.ts";
import type { Store } from "./store.ts";

/** The browser's storage; memory where this window has none, as private windows of some browsers. */
export async function openStore(): Promise<Store> {
  try {
    return await keptStore();
  } catch (error) {
    console.warn("This window has no storage for pages: photos are kept in memory.", error);
    return memoryStore();
  }
}
