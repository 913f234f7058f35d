import type { Sent } from "../placeholders.ts";
import { type Chunk, ChunkWriter, type Columns, kindOf } from "../row-chunks.ts";

/** What of pg's connection a question of one's own talks to; as pg-cursor does. */
export interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  readonly parsedStatements: Readonly<Record<string, string | undefined>>;
  parse(config: { text: string; name: string }): void;
  bind(config: { portal: string; statement: string; values: readonly (string | Buffer | null)[] }): void;
  describe(config: { type: "P"; name: string }): void;
  execute(config: { portal: string; rows: number }): void;
  close(config: { type: "P"; name: string }): void;
  flush(): void;
  sync(): void;
}

/** What is asked: a text with its values. */
export interface RowsAsked {
  readonly sql: string;
  readonly values: readonly Sent[];
  /** The statement's name on the server; "" for one that is not kept there. */
  readonly name: string;
  /** At most so many rows; 0 for all. */
  readonly limit: number;
  /** Rows after which the server waits until more are asked for; 0 for never. */
  readonly page: number;
}

/** How an answer, or one page of it, ended. */
export interface PageEnd {
  readonly more: boolean;
  /** How many rows a statement wrote; 0 where it only read. */
  readonly changes: number;
}

/**
 * A question to the server whose rows are handed on in chunks while they come, and which can wait between pages: the server then holds
 * the rest back. It is what pg's client runs like its own queries.
 */
export class ServerRows {
  readonly name: string;
  readonly text: string;
  readonly #asked: RowsAsked;
  readonly #deliver: (chunk: Chunk, columns: Columns) => void;
  #columns: Columns = { names: [], kinds: [] };
  #writer: ChunkWriter | undefined;
  #wire: Wire | undefined;
  #changes = 0;
  #ended: { resolve(end: PageEnd): void; reject(error: Error): void } | undefined;
  #failed: Error | undefined;

  constructor(asked: RowsAsked, deliver: (chunk: Chunk, columns: Columns) => void) {
    this.#asked = asked;
    this.#deliver = deliver;
    this.name = asked.name;
    this.text = asked.sql;
  }

  get columns(): Columns {
    return this.#columns;
  }

  /** The end of the answer, or of its first page. */
  first(): Promise<PageEnd> {
    return this.#untilEnd();
  }

  /** The next page, of an answer that has more. */
  next(): Promise<PageEnd> {
    const end = this.#untilEnd();
    this.#wire?.execute({ portal: "", rows: this.#asked.page });
    this.#wire?.flush();
    return end;
  }

  /** Leaves the rest of an answer that has more. */
  leave(): Promise<PageEnd> {
    const end = this.#untilEnd();
    this.#wire?.close({ type: "P", name: "" });
    this.#wire?.sync();
    return end;
  }

  submit(connection: unknown): undefined {
    const wire = connection as Wire;
    const { name, sql, values, limit, page } = this.#asked;
    this.#wire = wire;
    wire.stream.cork();
    if (name === "" || wire.parsedStatements[name] === undefined) wire.parse({ text: sql, name });
    wire.bind({ portal: "", statement: name, values: values.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value)) });
    wire.describe({ type: "P", name: "" });
    wire.execute({ portal: "", rows: page || limit });
    if (page > 0) wire.flush();
    else wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription({ fields }: { fields: readonly { name: string; dataTypeID: number }[] }): void {
    this.#columns = { names: fields.map(({ name }) => name), kinds: fields.map(({ dataTypeID }) => kindOf(dataTypeID)) };
    this.#writer = new ChunkWriter(this.#columns.kinds);
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    this.#writer?.add(fields);
    if (this.#writer?.isFull === true) this.#deliver(this.#writer.take(), this.#columns);
  }

  handlePortalSuspended(): void {
    if (this.#asked.page > 0) this.#end({ more: true, changes: 0 });
  }

  handleCommandComplete({ text }: { text: string }): void {
    const said = /^(?:INSERT \d+|UPDATE|DELETE|MERGE) (\d+)/.exec(text);
    this.#changes = said === null ? 0 : Number(said[1]);
    if (this.#asked.page > 0) this.#wire?.sync();
  }

  handleEmptyQuery(): void {
    if (this.#asked.page > 0) this.#wire?.sync();
  }

  handleReadyForQuery(): void {
    if (this.#failed === undefined) this.#end({ more: false, changes: this.#changes });
  }

  handleError(error: Error): void {
    if (this.#failed !== undefined) return;
    this.#failed = error;
    if (this.#asked.page > 0) this.#wire?.sync();
    this.#ended?.reject(error);
  }

  handleCopyInResponse(): void {}
  handleCopyData(): void {}

  #end(end: PageEnd): void {
    const rest = this.#writer?.take();
    if (rest !== undefined && rest.rows > 0) this.#deliver(rest, this.#columns);
    this.#ended?.resolve(end);
  }

  #untilEnd(): Promise<PageEnd> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    return new Promise((resolve, reject) => {
      this.#ended = { resolve, reject };
    });
  }
}
