import { resolve } from "node:path";
import { type Ended, faultsOf, instructionSets, runWatched } from "../../packages/torch/src/fixtures/forked.ts";

export const name = "channels";
export const description = "layers and networks of 1 to 64 channels agree with float64 and keep to their memory, at each instruction set";

/** One process: a script and what it is told. */
interface Batch {
  readonly script: "layers" | "networks";
  readonly widths: readonly number[];
  readonly precisions: string;
  readonly instructions: string;
}

const root = resolve(import.meta.dirname, "../..");
const scripts = {
  layers: resolve(root, "packages/torch/src/fixtures/sweep-channels.ts"),
  networks: resolve(root, "packages/training/src/fixtures/train-narrow.ts"),
};

/** Every width is tried once, in an order of chance, since the time may be up before the last; then once more. */
export async function* check(context: {
  readonly random: { permutation(count: number): Int32Array };
  readonly until: number;
  readonly corpus: readonly unknown[] | undefined;
  readonly again: boolean;
}): AsyncGenerator<{ done: number; failed?: { what: string; input: unknown }; note?: string }> {
  for (const input of context.corpus ?? []) yield report(input as Batch, await run(input as Batch));
  if (context.again) return;
  const tried = new Set<number>();
  while (Date.now() < context.until) {
    for (const place of context.random.permutation(64)) {
      if (Date.now() >= context.until) break;
      for (const batch of batchesOf(place + 1)) yield report(batch, await run(batch));
      tried.add(place + 1);
    }
  }
  yield { done: 0, note: `${tried.size} of 64 widths, instructions ${instructionSets().join(", ")}` };
}

/** A processor is held to older instructions for float32 only: libtorch asks the processor itself whether it can do bfloat16. */
function batchesOf(width: number): Batch[] {
  return instructionSets().flatMap((instructions): Batch[] =>
    (["layers", "networks"] as const).flatMap((script): Batch[] => {
      const precisions = instructions === "ALL" ? ["float32", "bfloat16"] : ["float32"];
      return precisions.map((precision) => ({ script, widths: [width], precisions: precision, instructions }));
    }),
  );
}

function run({ script, widths, precisions, instructions }: Batch): Promise<Ended> {
  const thorough = script === "layers" ? ["thorough"] : [];
  return runWatched(scripts[script], [widths.join(","), precisions, ...thorough], instructions);
}

function report(batch: Batch, ended: Ended): { done: number; failed?: { what: string; input: unknown } } {
  const faults = faultsOf(ended);
  const what = `${batch.instructions} ${batch.script} ${batch.widths}: ${faults[0]}`;
  return { done: ended.lines.length, ...(faults.length > 0 && { failed: { what, input: batch } }) };
}
