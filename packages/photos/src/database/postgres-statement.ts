import type { Given, Statement } from "./database.ts";
import { onlyReads } from "./only-reads.ts";
import { type Placed, placeholders, valuesOf } from "./placeholders.ts";
import { type Columns, rowsOf } from "./row-chunks.ts";
import type { ServerPages } from "./server-pages.ts";
import type { Answered } from "./server-thread.ts";
import type { Question } from "./server-transactions.ts";

/** What a statement asks with. */
export interface Asking {
  ask(question: Question, reads: boolean): Answered;
  pages(question: Question & { readonly kind: "rows" }, reads: boolean): ServerPages;
  /** What goes wrong while rows are taken, in words. */
  inWords(error: unknown): unknown;
}

type Form = "rows" | "pluck" | "raw";

/** Rows of a page of an answer that is looked at one by one. */
const pageRows = 2000;

/** A text as the server reads it, which is worked out once. */
export interface ReadText extends Placed {
  readonly reads: boolean;
}

export const readText = (sql: string): ReadText => ({ ...placeholders(sql), reads: onlyReads(sql) });

/** A statement on a server; see {@link Statement}. */
export class PostgresStatement<Parameters extends readonly unknown[], Row> implements Statement<Parameters, Row> {
  readonly #asking: Asking;
  readonly #text: ReadText;
  readonly #form: Form;

  constructor(asking: Asking, text: ReadText, form: Form = "rows") {
    this.#asking = asking;
    this.#text = text;
    this.#form = form;
  }

  get(...given: Parameters): Row | undefined {
    // all of what writes is written, however few rows are looked at
    const { chunks } = this.#ask(given, this.#text.reads ? 1 : 0);
    return chunks[0] && (this.#formed(rowsOf(chunks[0].chunk, chunks[0].columns), chunks[0].columns)[0] as Row);
  }

  all(...given: Parameters): Row[] {
    const { chunks } = this.#ask(given, 0);
    return chunks.flatMap(({ chunk, columns }) => this.#formed(rowsOf(chunk, columns), columns));
  }

  run(...given: Parameters): { readonly changes: number } {
    return { changes: this.#ask(given, 0).done.changes };
  }

  *iterate(...given: Parameters): IterableIterator<Row> {
    const pages = this.#asking.pages(this.#question(given, { limit: 0, page: pageRows }), this.#text.reads);
    try {
      for (const row of pages.rows()) yield this.#formed([row], pages.columns)[0] as Row;
    } catch (error) {
      throw this.#asking.inWords(error);
    }
  }

  pluck(): Statement<Parameters, Row> {
    return new PostgresStatement(this.#asking, this.#text, "pluck");
  }

  raw(): Statement<Parameters, Row> {
    return new PostgresStatement(this.#asking, this.#text, "raw");
  }

  #ask(given: Parameters, limit: number): Answered {
    return this.#asking.ask(this.#question(given, { limit, page: 0 }), this.#text.reads);
  }

  #question(given: Parameters, rest: { readonly limit: number; readonly page: number }): Question & { readonly kind: "rows" } {
    return { kind: "rows", sql: this.#text.sql, values: valuesOf(this.#text, given as readonly unknown[] as readonly Given[]), ...rest };
  }

  #formed(rows: readonly unknown[][], { names }: Columns): Row[] {
    if (this.#form === "raw") return rows as unknown as Row[];
    if (this.#form === "pluck") return rows.map((row) => row[0] as Row);
    return rows.map((row) => {
      const made: Record<string, unknown> = {};
      for (let i = 0; i < names.length; i++) made[names[i] as string] = row[i];
      return made as Row;
    });
  }
}
