import type { Encryption, ServerAddress } from "./parse-server-address.ts";
import type { Sent } from "./placeholders.ts";
import type { Chunk, Columns } from "./row-chunks.ts";

/** What the thread that talks to a server is started with. */
export interface ServerOptions {
  readonly address: ServerAddress;
  readonly readonly: boolean;
  /** Settings of the session, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** Milliseconds after which a question without an answer is looked after. */
  readonly silence: number;
}

export type { Encryption };

/** What the library's thread asks. */
export type Request =
  /** Connects, unless it is. `first`: a server that refuses is not asked again. */
  | { readonly kind: "connect"; readonly patience: number; readonly first: boolean }
  | {
      readonly kind: "rows";
      readonly sql: string;
      readonly values: readonly Sent[];
      readonly limit: number;
      readonly page: number;
      /** What is run before it: a transaction's beginning, whose number comes back. */
      readonly before?: string;
      /** The connection that a transaction began on: on another it is lost. */
      readonly connection?: number;
      readonly patience: number;
    }
  /** Goes on with an answer that has more, or leaves it. */
  | { readonly kind: "next" }
  | { readonly kind: "leave" }
  /** Several statements without parameters. */
  | { readonly kind: "script"; readonly sql: string; readonly before?: string; readonly connection?: number; readonly patience: number }
  /** How a transaction ended whose end was not heard. */
  | { readonly kind: "outcome"; readonly transaction: string; readonly patience: number }
  | { readonly kind: "claim" | "release"; readonly name: string; readonly patience: number }
  | { readonly kind: "end" };

/** What the thread answers: chunks of rows, then one of the others. */
export type Answer =
  | { readonly kind: "chunk"; readonly chunk: Chunk; readonly columns: Columns }
  | {
      readonly kind: "done";
      readonly more: boolean;
      readonly changes: number;
      readonly columns?: Columns;
      readonly connection: number;
      /** The number of the transaction that `before` began. */
      readonly transaction?: string;
      /** What was asked for: a claim, how a transaction ended. */
      readonly said?: string | boolean;
    }
  | { readonly kind: "failed"; readonly failure: Failure };

/** What went wrong. */
export interface Failure {
  readonly message: string;
  /** SQLSTATE, the system's, or ours: OLD_TEXT, where a table is another than when the server read a statement. */
  readonly code: string;
  readonly detail?: string;
  readonly hint?: string;
  /** The connection is gone, or there was none. */
  readonly lost: boolean;
  /** Whether it was so while connecting. */
  readonly connecting: boolean;
  /** The connection that is still there. */
  readonly connection?: number;
}
