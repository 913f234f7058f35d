import { startPglite } from "../../packages/photos/src/database/fixtures/test-server.ts";
import { openPostgres } from "../../packages/photos/src/database/postgres.ts";

/** A server to measure on. */
export interface BenchServer {
  /** Its address, without a schema. */
  readonly address: string;
  /** Said beside the figures where it is no real one. */
  readonly isWasm: boolean;
  stop(): Promise<void> | void;
}

/**
 * The server that is named; else one that the environment or this machine has; else PostgreSQL as WebAssembly, which says nothing of how
 * fast a server is.
 */
export async function findServer(named: string | undefined): Promise<BenchServer> {
  const places = named === undefined ? [process.env.SEMBLANT_TEST_POSTGRES, "postgres:///postgres?host=/var/run/postgresql"] : [named];
  for (const address of places) {
    if (address !== undefined && (named !== undefined || hasPgvector(address))) return { address, isWasm: false, stop() {} };
  }
  const server = await startPglite();
  return { address: withoutSchema(server.address()), isWasm: true, stop: () => server.stop() };
}

function hasPgvector(address: string): boolean {
  try {
    const database = openPostgres(address);
    try {
      return database.prepare("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'").get() !== undefined;
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

/** The address of a schema of its own. */
export function inSchema(address: string, schema: string): string {
  const own = new URL(address);
  own.searchParams.set("schema", schema);
  return own.href;
}

/** Takes a schema away with all in it, where it is there. */
export function dropSchema(address: string, schema: string): void {
  const database = openPostgres(address);
  try {
    database.exec(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  } finally {
    database.close();
  }
}

function withoutSchema(address: string): string {
  const own = new URL(address);
  own.searchParams.delete("schema");
  return own.href;
}
