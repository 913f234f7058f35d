import { keyOf, type Table, type Tables } from "./rows.ts";
import type { Store } from "./store.ts";

/** Keeps everything for as long as the page is open: in private windows, where a browser has no storage for pages. */
export function memoryStore(): Store {
  const tables = new Map<Table, Map<string | number, unknown>>();
  const tableOf = (table: Table) => {
    const known = tables.get(table) ?? new Map<string | number, unknown>();
    tables.set(table, known);
    return known;
  };
  const pictures = new Map<string, Blob>();
  return {
    kept: false,
    all: async <T extends Table>(table: T) => [...tableOf(table).values()] as Tables[T][],
    get: async <T extends Table>(table: T, key: string | number) => tableOf(table).get(key) as Tables[T] | undefined,
    async change(changes) {
      for (const change of changes) {
        if ("drop" in change) tableOf(change.table).delete(change.drop);
        else tableOf(change.table).set((change.put as never)[keyOf[change.table]], structuredClone(change.put));
      }
    },
    pictures: {
      put: async (hash, bytes) => void pictures.set(hash, bytes),
      get: async (hash) => pictures.get(hash),
      drop: async (hash) => void pictures.delete(hash),
      hashes: async () => [...pictures.keys()],
    },
    async erase() {
      tables.clear();
      pictures.clear();
    },
  };
}
