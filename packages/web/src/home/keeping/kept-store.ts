import { type IDBPDatabase, openDB } from "idb";
import { keptPictures } from "./kept-pictures.ts";
import { type Change, keyOf, type Table, type Tables } from "./rows.ts";
import type { Store } from "./store.ts";

const name = "semblant";

/** Rows in IndexedDB, pictures in the origin's private file system. */
export async function keptStore(): Promise<Store> {
  const pictures = await keptPictures();
  const base = await openDB(name, 1, {
    upgrade(fresh) {
      for (const [table, keyPath] of Object.entries(keyOf)) fresh.createObjectStore(table, { keyPath });
    },
    blocking: (_now, _next, event) => (event.target as IDBDatabase).close(), // another tab erases or upgrades it
  });
  return {
    kept: true,
    all: <T extends Table>(table: T) => base.getAll(table) as Promise<Tables[T][]>,
    get: <T extends Table>(table: T, key: string | number) => base.get(table, key) as Promise<Tables[T] | undefined>,
    change: (changes) => change(base, changes),
    pictures,
    async erase() {
      const all = base.transaction(Object.keys(keyOf), "readwrite");
      await Promise.all([...Object.keys(keyOf).map((table) => all.objectStore(table).clear()), all.done]);
      for (const hash of await pictures.hashes()) await pictures.drop(hash);
    },
  };
}

async function change(base: IDBPDatabase, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const once = base.transaction([...new Set(changes.map(({ table }) => table))], "readwrite");
  try {
    const asked = changes.map((one) => {
      const store = once.objectStore(one.table);
      return "drop" in one ? store.delete(one.drop) : store.put(one.put);
    });
    await Promise.all([...asked, once.done]);
  } catch (error) {
    once.done.catch(() => undefined); // said once
    abort(once);
    throw once.error ?? error;
  }
}

function abort(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already.
  }
}
