import { checkCertificateFiles } from "./certificate-files.ts";
import type { Claim, Database, Statement, Transaction } from "./database.ts";
import { standsAlone } from "./only-reads.ts";
import { parseServerAddress, type ServerAddress } from "./parse-server-address.ts";
import { listOf } from "./placeholders.ts";
import { type Asking, PostgresStatement, type ReadText, readText } from "./postgres-statement.ts";
import { inServersWords, isServerGone } from "./server-failures.ts";
import { ServerPages } from "./server-pages.ts";
import { ServerFailure, ServerThread } from "./server-thread.ts";
import { type Isolation, ServerTransactions } from "./server-transactions.ts";

export interface PostgresOptions {
  /** Only reads: the server refuses everything else (false). */
  readonly readonly?: boolean;
  /** Settings of each connection, as `{ "hnsw.ef_search": "100" }`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Milliseconds that a server which went away is waited for, while the caller sleeps (10 s). */
  readonly patience?: number;
  /** Milliseconds after which a question without an answer is looked after on another connection (30 s). */
  readonly silence?: number;
}

/** Milliseconds that a server is waited for which went away, that is just starting, and that one try takes while nobody sleeps. */
const usual = 10_000;
const starting = 5000;
const oneTry = 1000;

/** Milliseconds after which a question is looked after. */
const silence = 30_000;

/** How many texts are kept as they were read. */
const mostTexts = 500;

/**
 * Connects to a PostgreSQL server. The schema that the address names comes first where a name is looked up; it need not be there.
 *
 * @throws OptionError if the address cannot be read
 * @throws DataError if the server does not let in who asks, or is not there, or a file that the address names cannot be read
 */
export function openPostgres(address: string, options: PostgresOptions = {}): PostgresDatabase {
  const parsed = parseServerAddress(address);
  checkCertificateFiles(parsed.encryption);
  return new PostgresDatabase(parsed, options);
}

/** A schema on a PostgreSQL server; see {@link Database}. */
export class PostgresDatabase implements Database {
  readonly kind = "postgres";
  readonly name: string;
  /** The schema that holds the library. */
  readonly schema: string;
  readonly readonly: boolean;
  readonly #address: ServerAddress;
  readonly #thread: ServerThread;
  readonly #transactions: ServerTransactions;
  readonly #texts = new Map<string, ReadText>();
  readonly #held = new Set<string>();
  readonly #asking: Asking;
  readonly #patience: number;

  constructor(address: ServerAddress, options: PostgresOptions) {
    this.#address = address;
    this.name = address.name;
    this.schema = address.schema;
    this.readonly = options.readonly ?? false;
    this.#patience = options.patience ?? usual;
    const { settings = {} } = options;
    this.#thread = new ServerThread({ address, readonly: this.readonly, settings, silence: options.silence ?? silence });
    this.#transactions = new ServerTransactions(this.#thread, { readonly: this.readonly, patience: this.#patience });
    this.#asking = {
      ask: (question, reads) => this.#trying(() => this.#transactions.ask(question, reads)),
      pages: (question, reads) =>
        this.#trying(() => {
          const first = this.#transactions.ask(question, reads);
          return new ServerPages(this.#thread, first, (error) => this.#transactions.note(error));
        }),
      inWords: (error) => this.#inWords(error),
    };
    try {
      this.#trying(() => this.#thread.ask({ kind: "connect", patience: Math.min(starting, this.#patience), first: true }));
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get open(): boolean {
    return !this.#thread.closed;
  }

  prepare<Parameters extends readonly unknown[] = readonly unknown[], Row = unknown>(sql: string): Statement<Parameters, Row> {
    const known = this.#texts.get(sql) ?? readText(sql);
    if (this.#texts.size >= mostTexts) this.#texts.clear();
    this.#texts.set(sql, known);
    return new PostgresStatement(this.#asking, known);
  }

  exec(sql: string): void {
    if (standsAlone(sql) && !this.#transactions.inside)
      this.#trying(() => this.#thread.ask({ kind: "script", sql, patience: this.#patience }));
    else this.#asking.ask({ kind: "script", sql }, false);
  }

  transaction<Parameters extends unknown[], Result>(work: (...given: Parameters) => Result): Transaction<Parameters, Result> {
    const made =
      (isolation: Isolation) =>
      (...given: Parameters): Result =>
        this.#trying(() => this.#transactions.run(isolation, () => work(...given)));
    return Object.assign(made("reading"), { immediate: made("immediate"), concurrent: made("concurrent") });
  }

  rowsByIds<Row>(sql: string, ids: readonly number[]): Row[] {
    if (ids.length === 0) return [];
    return this.prepare<[string], Row>(sql.replace("IN (?)", "= ANY(?::bigint[])")).all(listOf(ids));
  }

  claim(name: string): Claim | undefined {
    if (this.#held.has(name)) return undefined;
    const taken = this.#trying(() => this.#thread.ask({ kind: "claim", name, patience: this.#patience })).done.said === true;
    if (!taken) return undefined;
    this.#held.add(name);
    return { release: () => this.#release(name) };
  }

  claimed(names: readonly string[]): string[] {
    const sql = `SELECT name FROM unnest(@names::text[]) AS name WHERE EXISTS (
      SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(@schema || '/' || name, 0))`;
    return this.prepare<[object], string>(sql)
      .pluck()
      .all({ names: listOf(names), schema: this.schema });
  }

  /**
   * Waits until a server that went away is back, while everything else goes on.
   *
   * @throws DataError if it is back and lets nobody in
   */
  async untilBack(signal?: AbortSignal): Promise<void> {
    for (;;) {
      try {
        await this.#thread.asked({ kind: "connect", patience: oneTry, first: false }, signal);
        return;
      } catch (error) {
        const said = this.#inWords(error);
        if (!isServerGone(said)) throw said;
      }
    }
  }

  close(): void {
    this.#thread.close();
  }

  #release(name: string): void {
    if (!this.#held.delete(name) || !this.open) return;
    try {
      this.#trying(() => this.#thread.ask({ kind: "release", name, patience: 0 }));
    } catch (error) {
      if (!isServerGone(error)) throw error; // with the connection the claim is gone
    }
  }

  #trying<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#inWords(error);
    }
  }

  #inWords(error: unknown): unknown {
    return error instanceof ServerFailure ? inServersWords(error.failure, this.#address) : error;
  }
}
