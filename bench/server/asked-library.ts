/**
 * A process that opens a library and answers what it is told to ask of it, so that the memory of each engine's client is seen by itself.
 * Started by bench/server.ts.
 */
import { statSync } from "node:fs";
import { openLibrary, search } from "@semblant/photos";
import { fileOf } from "@semblant/photos/internals";
import { residentOf } from "../resident.ts";
import { serverMemory } from "./server-memory.ts";

/** Where the library is. */
export interface Opened {
  readonly folder: string;
  /** A server's address; the folder's own where it is none. */
  readonly place?: string;
}

/** What a library is asked. */
export type Order =
  | { readonly do: "search"; readonly query: number; readonly k: number; readonly kind: SearchKind }
  | { readonly do: "describe" };

export type SearchKind = "exact" | "approximate" | "filtered";

/** How long a search took, and what it found. */
export interface Searched {
  readonly milliseconds: number;
  readonly processor: number;
  readonly found: readonly number[];
}

/** What a library is. */
export interface Described {
  readonly faces: readonly number[];
  readonly version: string;
  readonly processMiB: number;
  /** Of the server's processes, all together; undefined where they cannot be seen. */
  readonly serverMiB?: number;
  /** Of all tables, and of the index for approximate search, which is not among them. */
  readonly tablesMiB: number;
  readonly indexMiB: number;
}

const MiB = 2 ** 20;
const round = (bytes: number): number => Math.round(bytes / MiB);

if (process.send !== undefined) {
  const { folder, place } = JSON.parse(process.argv[2] as string) as Opened;
  const library = await openLibrary(folder, place === undefined ? {} : { file: place });
  const database = fileOf(library);

  const answer = async (order: Order): Promise<Searched | Described> => {
    if (order.do === "describe") return describe();
    const options = {
      exact: {},
      approximate: { approximate: true },
      filtered: { filter: { expression: library.model.classes[0] as string } },
    }[order.kind];
    const [cpu, began] = [process.cpuUsage(), performance.now()];
    const { hits } = await search(library, order.query, { k: order.k, ...options });
    const milliseconds = performance.now() - began;
    const { user, system } = process.cpuUsage(cpu);
    return { milliseconds, processor: (user + system) / 1000, found: hits.map(({ face }) => face) };
  };

  const one = (sql: string): unknown => database.prepare(sql).pluck().get();
  const describe = (): Described => {
    const faces = database.prepare("SELECT id FROM faces ORDER BY id").pluck().all() as number[];
    const processMiB = Math.round((residentOf(process.pid) ?? process.memoryUsage.rss()) / MiB);
    if (database.kind === "sqlite") {
      const codes = library.path.replace(/\.sqlite$/, ".codes");
      const [tables, index] = [library.path, codes].map((path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0) as [number, number];
      return { faces, version: String(one("SELECT sqlite_version()")), processMiB, tablesMiB: round(tables), indexMiB: round(index) };
    }
    const own = "c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = to_regclass('facts'))";
    const index = Number(one("SELECT coalesce(pg_relation_size(to_regclass('vectors_near')), 0)"));
    const all = Number(one(`SELECT CAST(sum(pg_total_relation_size(c.oid)) AS BIGINT) FROM pg_class c WHERE c.relkind = 'r' AND ${own}`));
    const serverMiB = serverMemory(Number(one("SELECT pg_backend_pid()")));
    const pgvector = one("SELECT extversion FROM pg_extension WHERE extname = 'vector'");
    return {
      faces,
      version: `${String(one("SHOW server_version")).split(" ")[0]}, pgvector ${pgvector}`,
      processMiB,
      ...(serverMiB !== undefined && { serverMiB }),
      tablesMiB: round(all - index),
      indexMiB: round(index),
    };
  };

  process.on("message", async ({ id, order }: { id: number; order: Order }) => {
    try {
      process.send?.({ id, answer: await answer(order) });
    } catch (error) {
      process.send?.({ id, failed: String(error) });
    }
  });
  process.on("disconnect", () => {
    library.close();
    process.exit(0);
  });
  process.send({ id: 0, answer: "ready" });
}
