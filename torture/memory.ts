/**
 * Whether a process that asks the same library again and again keeps its size: resident memory after a tenth of the questions, which is
 * the warm-up, beside what it is at the end.
 *
 *   node --conditions=semblant-source torture/memory.ts LIBRARY [--searches 10000] [--classifies 10000] [--albums 1000]
 *
 * Each question in a process of its own, without a turn of the event loop in between. Status 1 where one grew by more than 5 %.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Library, openLibrary } from "semblant";

const kinds: Readonly<Record<string, (library: Library, i: number) => unknown>> = {
  searches: (library, i) => library.search(ids(library)[i % ids(library).length] as number, { k: 12 }),
  classifies: (library) => library.classify(),
  albums: (library) => library.album({ size: 6 }),
};
const mostGrowth = 1.05;

let known: readonly number[] | undefined;
function ids(library: Library): readonly number[] {
  known ??= library.faceSet().faces.map(({ id }) => id);
  return known;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    searches: { type: "string", default: "10000" },
    classifies: { type: "string", default: "10000" },
    albums: { type: "string", default: "1000" },
    one: { type: "string" },
  },
});
const folder = positionals[0];
if (folder === undefined) throw new Error("memory: expected a folder with a library.");
if (values.one === undefined) {
  for (const kind of Object.keys(kinds)) {
    const count = values[kind as "searches"];
    if (Number(count) === 0) continue;
    const args = ["--conditions=semblant-source", fileURLToPath(import.meta.url), folder, "--one", kind, `--${kind}`, count];
    if (spawnSync(process.execPath, args, { stdio: "inherit" }).status !== 0) process.exitCode = 1;
  }
} else await measure(values.one, Number(values[values.one as "searches"]));

async function measure(kind: string, count: number): Promise<void> {
  using library = await openLibrary(folder as string, { readonly: true });
  const ask = kinds[kind] as (library: Library, i: number) => unknown;
  const resident = () => process.memoryUsage().rss / 2 ** 20;
  const warm = Math.max(1, Math.floor(count / 10));
  let [before, most] = [0, 0];
  for (let i = 0; i < count; i++) {
    await ask(library, i);
    if (i < warm) before = Math.max(before, resident());
    else if (i % warm === 0 || i === count - 1) most = Math.max(most, resident());
  }
  console.log(`${count} ${kind}: ${before.toFixed(0)} MiB after ${warm}, at most ${most.toFixed(0)} MiB later`);
  if (most > before * mostGrowth) process.exitCode = 1;
}
