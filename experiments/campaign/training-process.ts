/**
 * A process of a campaign: trains what is missing of one network with some losses, goes on from the runs' checkpoints, measures, and
 * tells the campaign. It stops after a step when it is told to, and when the campaign is gone; Ctrl-C is for the campaign to hear.
 */
import { resolve } from "node:path";
import { type Reproduced, reproduce } from "@semblant/lab";
import { openRun } from "@semblant/training";
import { type Method, type Network, type PaperPair, type PaperRow, pairsOf, rowsOf } from "../paper-rows.ts";

/** What the process is told when it starts. */
export interface Task {
  readonly network: Network;
  readonly methods: readonly Method[];
  readonly data: string;
  readonly overrides: readonly string[];
  readonly runs: string;
  readonly threads: number;
}

/** How far a training is. */
export interface Progress {
  readonly epoch: number;
  readonly epochs: number;
  readonly step: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

/** A row, with how long its training took and how it ended where that was before the end. */
export interface TimedRow extends PaperRow {
  readonly seconds: number;
  readonly ended?: string;
}

/** What the process tells. */
export type Told =
  | { readonly kind: "progress"; readonly progress: Progress }
  | { readonly kind: "made"; readonly rows: readonly TimedRow[]; readonly pairs: readonly PaperPair[] }
  | { readonly kind: "stopped" }
  | { readonly kind: "failed"; readonly message: string };

if (import.meta.main) {
  const stopped = new AbortController();
  const tell = (told: Told) => {
    if (process.connected) process.send?.(told);
  };
  process.on("SIGINT", () => {});
  process.stderr.on("error", () => {}); // nobody reads it when the campaign is gone
  process.on("disconnect", () => stopped.abort());
  process.on("message", (word: Task | "stop") => {
    if (word === "stop") return stopped.abort();
    make(word, stopped.signal, tell)
      .catch((error: Error) => tell(stopped.signal.aborted ? { kind: "stopped" } : { kind: "failed", message: error.message }))
      .finally(() => process.connected && process.disconnect());
  });
}

async function make({ network, methods, runs, ...task }: Task, signal: AbortSignal, tell: (told: Told) => void): Promise<void> {
  const made = new Map<string, Reproduced>();
  let told = 0;
  const all = reproduce({
    ...task,
    data: [task.data],
    networks: [network],
    methods,
    runs,
    signal,
    experiments: ["table-2", "table-1"],
    out: resolve(runs, "pages", `${network}${methods.length === 1 ? `-${methods[0]}` : ""}`),
    progress: (_, step) => {
      if (step === undefined || (performance.now() - told < 2000 && step.ended === undefined)) return;
      told = performance.now();
      const { epoch, epochs, step: made, imagesPerSecond, secondsLeft } = step;
      tell({ kind: "progress", progress: { epoch, epochs, step: made, imagesPerSecond, secondsLeft } });
    },
  });
  for await (const one of all) made.set(one.name, one);
  const table2 = made.get("table-2") as Reproduced;
  const rows = rowsOf(table2, made.get("table-1") as Reproduced).map(({ row, run }) => ({ ...row, ...endOf(resolve(runs, run)) }));
  tell({ kind: "made", rows, pairs: pairsOf(table2, network) });
}

/** How long a run trained, and why it ended where it did not come to its end. */
function endOf(run: string): Pick<TimedRow, "seconds" | "ended"> {
  const last = openRun(run).last();
  for (const tensor of last?.tensors.values() ?? []) tensor.dispose();
  const reason = last?.state.ended?.reason;
  return { seconds: Math.round(last?.state.seconds ?? 0), ...(reason !== undefined && reason !== "finished" && { ended: reason }) };
}
