import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { threadId } from "node:worker_threads";
import pg from "pg";
import pgpass from "pgpass";
import type { ServerOptions } from "../server-messages.ts";
import { passes } from "./lost.ts";

/** A connection that is open. */
export interface Connected {
  readonly client: pg.Client;
  /** Counts this session's connections. */
  readonly number: number;
  /** Its process on the server, and since when: numbers of processes come again. */
  readonly process: { readonly pid: number; readonly since: string };
}

/** Milliseconds that one connecting may take, and between tries. */
const oneTry = 5000;
const between = { least: 50, most: 1000 };

/** How many statements are kept on the server at most. */
const mostKept = 200;

/**
 * A session with a server that outlives its connections: each is made when it is first needed, has the session's settings, and takes the
 * session's claims again.
 */
export class ServerSession {
  readonly #options: ServerOptions;
  readonly #claims = new Set<string>();
  readonly #kept = new Map<string, string>();
  #connected: Connected | undefined;
  /** Processes on the server of connections that were lost. */
  #lost: Connected["process"][] = [];
  #number = 0;
  #named = 0;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  /** The connection that is open; undefined where there is none. */
  get now(): Connected | undefined {
    return this.#connected;
  }

  /**
   * The connection, made where there is none.
   *
   * @param patience milliseconds that a server which does not answer is asked again
   * @param first a server that refuses is not asked again, unless it is just starting
   */
  async connect(patience: number, first = false): Promise<Connected> {
    const until = performance.now() + patience;
    for (let wait = between.least; ; wait = Math.min(2 * wait, between.most)) {
      if (this.#connected !== undefined) return this.#connected;
      try {
        return await this.#open(Math.max(1000, Math.min(oneTry, until - performance.now())));
      } catch (error) {
        if (!passes(error, first) || performance.now() + wait > until) throw Object.assign(error as Error, { connecting: true });
      }
      await pause(wait);
    }
  }

  /** Milliseconds after which a question without an answer is looked after. */
  get silence(): number {
    return this.#options.silence;
  }

  /** A name for a text on the server, so that it is read there once; "" for texts that are too many to keep. */
  nameOf(sql: string): string {
    const known = this.#kept.get(sql);
    if (known !== undefined) return known;
    if (this.#kept.size >= mostKept) return "";
    const name = `s${process.pid}_${threadId}_${this.#named++}`;
    this.#kept.set(sql, name);
    return name;
  }

  /** Has every text read anew: a table is another than when the server read them. */
  forgetTexts(): void {
    this.#kept.clear();
  }

  /** Takes a claim, unless another holds it. It is the session's, and is taken again on each new connection. */
  async claim({ client }: Connected, name: string): Promise<boolean> {
    const { rows } = await client.query({ text: `SELECT pg_try_advisory_lock(${this.#keyOf}) AS held`, values: [name] });
    if (rows[0].held === true) this.#claims.add(name);
    return rows[0].held === true;
  }

  async release({ client }: Connected, name: string): Promise<void> {
    this.#claims.delete(name);
    await client.query({ text: `SELECT pg_advisory_unlock(${this.#keyOf})`, values: [name] });
  }

  /** Forgets the connection: the next question makes another. @param only if it still is this one */
  drop(only?: Connected): void {
    const dropped = this.#connected;
    if (dropped === undefined || (only !== undefined && only !== dropped)) return;
    this.#lost = [...this.#lost.slice(-9), dropped.process];
    this.#connected = undefined;
    this.#kept.clear();
    (dropped.client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
  }

  /** Ends the processes on the server whose connections were lost, where they still wait for words. */
  async endLost({ client }: Connected): Promise<void> {
    const text = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND backend_start::text = $2";
    for (const { pid, since } of this.#lost) await client.query({ text, values: [pid, since] });
  }

  /** Whether the server still works on what a connection asked, as another connection sees it. */
  async isServed({ process: { pid, since } }: Connected): Promise<boolean> {
    const client = this.#client(oneTry);
    client.on("error", () => {});
    try {
      await client.connect();
      const text = "SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND backend_start::text = $2 AND state <> 'idle'";
      return (await client.query({ text, values: [pid, since] })).rowCount === 1;
    } catch {
      return false;
    } finally {
      client.end().catch(() => {});
    }
  }

  async end(): Promise<void> {
    await this.#connected?.client.end();
  }

  /** Claims are of a schema; the server keeps them by a number. */
  get #keyOf(): string {
    return `hashtextextended(${pg.escapeLiteral(this.#options.address.schema)} || '/' || $1, 0)`;
  }

  #client(patience: number): pg.Client {
    const { address } = this.#options;
    return new pg.Client({
      ...(address.host !== undefined && { host: address.host }),
      ...(address.port !== undefined && { port: address.port }),
      ...(address.user !== undefined && { user: address.user }),
      ...(address.database !== undefined && { database: address.database }),
      password: address.password ?? passwordElsewhere,
      ssl: encrypted(this.#options),
      application_name: "semblant",
      connectionTimeoutMillis: Math.ceil(patience),
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    } as pg.ClientConfig);
  }

  async #open(patience: number): Promise<Connected> {
    const client = this.#client(patience);
    client.on("error", () => {
      if (this.#connected?.client === client) this.drop();
    });
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number; since: string; at: string }>(
        `SELECT pid, backend_start::text AS since, coalesce((SELECT quote_ident(n.nspname) FROM pg_extension e
          JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'), 'public') AS at
         FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
      );
      const { pid, since, at } = rows[0] ?? { pid: 0, since: "", at: "public" };
      await client.query(this.#settings(at));
      const connected = { client, number: ++this.#number, process: { pid, since } };
      await this.#claimAgain(connected);
      this.#connected = connected;
      return connected;
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
  }

  /** What each connection begins with. A server ends what a machine left that is gone, so that its claims end, too. */
  #settings(vectors: string): string {
    const { address, readonly, settings } = this.#options;
    const all = {
      client_min_messages: "warning",
      default_transaction_read_only: readonly ? "on" : "off",
      idle_in_transaction_session_timeout: "5min",
      tcp_keepalives_idle: "30",
      tcp_keepalives_interval: "10",
      tcp_keepalives_count: "3",
      tcp_user_timeout: "60000",
      ...settings,
    };
    const path = `SET search_path = ${pg.escapeIdentifier(address.schema)}, ${vectors}, public`;
    return [path, ...Object.entries(all).map(([name, value]) => `SET ${name} = ${pg.escapeLiteral(value)}`)].join("; ");
  }

  /** The process of the connection before may still hold them: it is ended. */
  async #claimAgain(connected: Connected): Promise<void> {
    if (this.#claims.size === 0) return;
    await this.endLost(connected);
    for (const name of this.#claims) {
      for (let tries = 0; !(await this.claim(connected, name)); tries++) {
        if (tries >= 40) throw Object.assign(new Error(name), { code: "CLAIM_LOST" });
        await pause(50);
      }
    }
  }
}

/** Where an address has no password: PGPASSWORD, or the user's file ~/.pgpass, as psql does. */
async function passwordElsewhere(asked: unknown): Promise<string> {
  const { PGPASSWORD } = process.env;
  if (PGPASSWORD !== undefined) return PGPASSWORD;
  const found = await new Promise<string | undefined>((resolve) => pgpass(asked, resolve));
  if (found === undefined) throw Object.assign(new Error("no password"), { code: "NO_PASSWORD" });
  return found;
}

function encrypted({ address: { encryption } }: ServerOptions): pg.ClientConfig["ssl"] {
  const { mode, ca, certificate, key } = encryption;
  if (mode === "disable") return false;
  return {
    rejectUnauthorized: mode === "verify-full",
    ...(ca !== undefined && { ca: readFileSync(ca, "utf8") }),
    ...(certificate !== undefined && { cert: readFileSync(certificate, "utf8") }),
    ...(key !== undefined && { key: readFileSync(key, "utf8") }),
  };
}
