// The thread that talks to a server. It is asked one thing at a time, and the library's thread sleeps until it is answered.
import { type MessagePort, workerData } from "node:worker_threads";
import type { Answer, Failure, Request, ServerOptions } from "../server-messages.ts";
import { isLost } from "./lost.ts";
import { outcomeOf } from "./outcome.ts";
import { type PageEnd, ServerRows } from "./rows.ts";
import { type Connected, ServerSession } from "./session.ts";
import { watched } from "./watch.ts";

const { port, bell, options } = workerData as { port: MessagePort; bell: Int32Array; options: ServerOptions };
const session = new ServerSession(options);
let open: { readonly rows: ServerRows; readonly on: Connected } | undefined;

port.on("message", (request: Request) => {
  answer(request).catch((error: unknown) => tell({ kind: "failed", failure: failureOf(error) }));
});
process.on("uncaughtException", (error) => tell({ kind: "failed", failure: { ...failureOf(error), lost: true } }));

/** The answer first, then the bell: who wakes finds it. */
function tell(said: Answer): void {
  port.postMessage(said, said.kind === "chunk" ? [said.chunk.bytes.buffer] : []);
  Atomics.add(bell, 0, 1);
  Atomics.notify(bell, 0);
}

async function answer(request: Request): Promise<void> {
  if (request.kind === "rows" || request.kind === "script") return asked(request);
  if (request.kind === "next" || request.kind === "leave") return goOn(request.kind);
  if (request.kind === "end") {
    await session.end();
    return done({ more: false, changes: 0 }, 0);
  }
  const on = await session.connect(request.patience, request.kind === "connect" && request.first);
  if (request.kind === "connect") return done({ more: false, changes: 0 }, on.number);
  if (request.kind === "outcome") return done({ more: false, changes: 0 }, on.number, { said: await outcomeOf(session, request) });
  if (request.kind === "claim") return done({ more: false, changes: 0 }, on.number, { said: await session.claim(on, request.name) });
  await session.release(on, request.name);
  done({ more: false, changes: 0 }, on.number);
}

async function asked(request: Request & { kind: "rows" | "script" }): Promise<void> {
  const { before, connection, patience } = request;
  if (connection !== undefined && session.now?.number !== connection) throw new Error("the transaction's connection is gone");
  const on = await session.connect(patience);
  await watched(session, on, async () => {
    const transaction = before === undefined ? undefined : await begin(on, before);
    if (request.kind === "script") {
      const said = lastOf(await on.client.query(request.sql)).command ?? "";
      return done({ more: false, changes: 0 }, on.number, { said, ...(transaction !== undefined && { transaction }) });
    }
    const { sql, values, limit, page } = request;
    const rows = new ServerRows({ sql, values, limit, page, name: session.nameOf(sql) }, (chunk, columns) =>
      tell({ kind: "chunk", chunk, columns }),
    );
    on.client.query(rows);
    const end = await rows.first();
    open = end.more ? { rows, on } : undefined;
    done(end, on.number, { columns: rows.columns, ...(transaction !== undefined && { transaction }) });
  });
}

/** Begins a transaction; its number, where that is asked for. */
async function begin({ client }: Connected, before: string): Promise<string | undefined> {
  return lastOf(await client.query(before)).rows[0]?.number;
}

/** What came of the last of several statements. */
function lastOf(said: unknown): { readonly rows: { number?: string }[]; readonly command?: string } {
  return [said].flat().at(-1) as ReturnType<typeof lastOf>;
}

async function goOn(how: "next" | "leave"): Promise<void> {
  if (open === undefined) throw new Error("the answer's connection is gone");
  const { rows, on } = open;
  const end = await watched(session, on, () => rows[how]());
  if (!end.more) open = undefined;
  done(end, on.number);
}

function done({ more, changes }: PageEnd, connection: number, rest: Partial<Extract<Answer, { kind: "done" }>> = {}): void {
  tell({ kind: "done", more, changes, connection, ...rest });
}

function failureOf(error: unknown): Failure {
  const { message, code, detail, hint, connecting } = error as Error &
    Partial<Record<"code" | "detail" | "hint", string>> & { connecting?: true };
  const isOld = code === "0A000" && message.includes("cached plan");
  if (isOld) session.forgetTexts();
  const lost = isLost(error);
  if (lost) session.drop();
  if (lost) open = undefined;
  return {
    message: message || String((error as AggregateError).errors?.[0]?.message ?? error),
    code: isOld ? "OLD_TEXT" : (code ?? ""),
    ...(detail !== undefined && { detail }),
    ...(hint !== undefined && { hint }),
    lost,
    connecting: connecting === true,
    ...(session.now !== undefined && { connection: session.now.number }),
  };
}
