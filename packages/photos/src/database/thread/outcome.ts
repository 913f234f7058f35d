import { setTimeout as pause } from "node:timers/promises";
import type { ServerSession } from "./session.ts";

/**
 * How a transaction ended whose end was not heard: "committed" or "aborted". One that still runs belongs to a process whose line is cut
 * and which waits for words that will not come: it is ended.
 *
 * @throws Error with the code OUTCOME_UNKNOWN if the server does not say
 */
export async function outcomeOf(
  session: ServerSession,
  { transaction, patience }: { readonly transaction: string; readonly patience: number },
): Promise<string> {
  for (const until = performance.now() + patience; performance.now() < until; await pause(50)) {
    const on = await session.connect(patience);
    const { rows } = await on.client.query({ text: "SELECT pg_xact_status($1::text::xid8) AS status", values: [transaction] });
    const status = rows[0].status as string | null;
    if (status === "committed" || status === "aborted") return status;
    await session.endLost(on);
  }
  throw Object.assign(new Error(`transaction ${transaction}`), { code: "OUTCOME_UNKNOWN" });
}
