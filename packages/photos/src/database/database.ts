/** What a statement takes: a number, a text, bytes, or nothing. A truth value is 0 or 1. */
export type Value = number | bigint | string | Uint8Array | null | undefined;

/** Values in their order, or one object that has them by name. */
export type Given = Value | Readonly<Record<string, Value>>;

/**
 * A statement of a {@link Database}. Its parameters are `?`, in their order, or `@name`, of one object. It is made once per text: asking
 * for the same text again costs nothing.
 *
 * A row is an object by column, an array after `raw`, the first column after `pluck`. Whole numbers, fractions, texts and bytes come back
 * as number, number, string and `Buffer`.
 */
export interface Statement<Parameters extends readonly unknown[] = readonly unknown[], Row = unknown> {
  /** The first row; undefined where there is none. */
  get(...given: Parameters): Row | undefined;
  /** Every row. */
  all(...given: Parameters): Row[];
  /** Every row, some at a time: what is not asked for yet takes no memory here. What was begun must be ended or left. */
  iterate(...given: Parameters): IterableIterator<Row>;
  /** Does what it says. @returns how many rows were written or removed */
  run(...given: Parameters): { readonly changes: number };
  pluck(): Statement<Parameters, Row>;
  raw(): Statement<Parameters, Row>;
}

/**
 * A function that works in a transaction of its own; in a savepoint, where it is called in another's. What it throws takes back what it
 * wrote, and is thrown on.
 *
 * It must do nothing that cannot be done twice: on a server it runs again from its start when another transaction came in between, or
 * the line was lost.
 */
export interface Transaction<Parameters extends readonly unknown[], Result> {
  /** Reads one moment of the database, and may write. */
  (...given: Parameters): Result;
  /** As if nobody else worked meanwhile. SQLite lets one write at a time; a server runs again what could not be so. */
  immediate(...given: Parameters): Result;
  /**
   * Each statement reads what was last written, and waits only for the rows it writes or locks (`FOR UPDATE`). For work that locks what it
   * decides by; many may do it at once. With SQLite it is `immediate`.
   */
  concurrent(...given: Parameters): Result;
}

/** Held by one at a time; it ends with the process that holds it, however that ends. */
export interface Claim {
  release(): void;
}

/**
 * Where a library's rows lie: a file of SQLite or a schema of a PostgreSQL server. Whoever asks waits for the answer.
 *
 * The SQL is what both understand: `INSERT ... ON CONFLICT`, `RETURNING`, `LIMIT`, quoted names where capitals matter (`AS "photoWidth"`).
 * In a transaction on a server nothing can be asked after a statement failed: what may fail stands in a transaction of its own.
 */
export interface Database {
  readonly kind: "sqlite" | "postgres";
  /** The file's path, or the server's address without a password. */
  readonly name: string;
  readonly readonly: boolean;
  /** Whether it was not closed yet. */
  readonly open: boolean;
  prepare<Parameters extends readonly unknown[] = readonly unknown[], Row = unknown>(sql: string): Statement<Parameters, Row>;
  /** Runs statements without parameters, separated by semicolons. */
  exec(sql: string): unknown;
  transaction<Parameters extends unknown[], Result>(work: (...given: Parameters) => Result): Transaction<Parameters, Result>;
  /**
   * Rows of many keys, in no certain order, in few questions: on a server each question takes its time.
   *
   * @param sql has `IN (?)` once, where the keys go; it has no other parameter
   */
  rowsByIds<Row>(sql: string, ids: readonly number[]): Row[];
  /** Claims what the name stands for; undefined while another holds it, in this process or another. */
  claim(name: string): Claim | undefined;
  /** Which of these are claimed, by anybody. */
  claimed(names: readonly string[]): string[];
  close(): unknown;
}
