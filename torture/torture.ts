/** Tries to break what the project promises, for as long as it is told; see CONTRIBUTING.md. */
import { existsSync, globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { Random } from "@semblant/core";
import { foundFolder, readCorpus, readSaved, save } from "./corpus.ts";
import { type Options, parseOptions, usage } from "./options.ts";
import type { Check, CheckContext } from "./outcome.ts";
import { type CheckRecord, type Record, resultsFolder, tableOf } from "./table.ts";

/** Milliseconds between two lines of how far a check has come. */
const tellEvery = 15_000;

/** The checks by name: every module of a folder. */
export async function loadChecks(folder = join(import.meta.dirname, "checks")): Promise<Check[]> {
  const files = globSync("*.ts", { cwd: folder }).sort();
  return Promise.all(files.map(async (file) => (await import(join(folder, file))) as Check));
}

/** Runs checks one after the other; each has its share of the time that is left. */
export async function torture(
  checks: readonly Check[],
  { minutes, seed, again, tell, found }: Pick<Options, "minutes" | "seed" | "again"> & { tell: (line: string) => void; found?: string },
): Promise<Record> {
  const end = Date.now() + 60_000 * minutes;
  const records: CheckRecord[] = [];
  const stockFolder = mkdtempSync(join(tmpdir(), "torture-stock-"));
  const remove = (folder: string) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  for (const [i, check] of checks.entries()) {
    const until = Date.now() + Math.max(0, end - Date.now()) / (checks.length - i);
    const corpus = again === undefined ? readCorpus(check.name).map(({ input }) => input) : [readSaved(again).input];
    const own = new Random(seed).fork(check.name);
    const folder = mkdtempSync(join(tmpdir(), `torture-${check.name}-`));
    const context = { seed, random: own, until, folder, stockFolder, corpus, again: again !== undefined };
    try {
      records.push(await record(check, context, tell, found));
    } finally {
      remove(folder);
    }
  }
  remove(stockFolder);
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "processor"}, Node ${process.versions.node}, ${process.platform}`;
  return { day: new Date().toISOString().slice(0, 10), minutes, seed, machine, checks: records };
}

async function record(check: Check, context: CheckContext, tell: (line: string) => void, found?: string): Promise<CheckRecord> {
  const began = performance.now();
  const kinds = new Map<string, { what: string; times: number; file: string }>();
  const notes: string[] = [];
  let [cases, failed] = [0, 0];
  let skipped: string | undefined;
  const fail = (what: string, input: unknown) => {
    failed++;
    const kind = `${what.replace(/\d+/g, "0").slice(0, 120)}`;
    const seen = kinds.get(kind);
    if (seen !== undefined) seen.times++;
    else {
      const file = save(check.name, { what, input }, found);
      kinds.set(kind, { what, times: 1, file });
      tell(`  ${check.name}: ${what}\n    again: npm run torture -- --again ${relative(process.cwd(), file)}`);
    }
  };
  tell(`${check.name}: ${check.description}`);
  const telling = setInterval(() => {
    const spent = Math.round((performance.now() - began) / 1000);
    tell(cases === 0 ? `  making what it starts from, ${spent} s` : `  ${cases} cases so far, ${failed} failed, ${spent} s`);
  }, tellEvery);
  try {
    for await (const outcome of check.check(context)) {
      cases += outcome.done;
      if (outcome.note !== undefined) notes.push(outcome.note);
      skipped ??= outcome.skipped;
      if (outcome.failed !== undefined) fail(outcome.failed.what, outcome.failed.input);
    }
  } catch (error) {
    fail(`the check itself ended: ${(error as Error).stack ?? String(error)}`, { seed: context.seed });
  } finally {
    clearInterval(telling);
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  tell(skipped === undefined ? `  ${cases} cases, ${failed} failed, ${seconds} s` : `  left out: ${skipped}`);
  for (const note of notes) tell(`  ${note}`);
  return {
    name: check.name,
    description: check.description,
    cases,
    failed,
    seconds,
    notes,
    ...(skipped !== undefined && { skipped }),
    failures: [...kinds.values()].map(({ what, times, file }) => ({ what, times, file: basename(file) })),
  };
}

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const all = await loadChecks();
  if (options.help) {
    console.log(`${usage}\n\n${all.map(({ name, description }) => `  ${name.padEnd(12)} ${description}`).join("\n")}`);
    return 0;
  }
  if (options.again !== undefined && !existsSync(options.again)) throw new Error(`--again: there is no file ${options.again}.`);
  const wanted = options.again === undefined ? options.only : [readSaved(options.again).check];
  for (const name of wanted) {
    if (all.some((check) => check.name === name)) continue;
    throw new Error(`--only: expected names of ${all.map((check) => check.name).join(", ")}, but got "${name}".`);
  }
  const checks = all.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  const result = await torture(checks, { ...options, tell: (line) => console.log(line) });
  if (options.again === undefined) {
    const kept = options.minutes >= 60 ? resultsFolder : foundFolder; // what goes into the docs, and what does not
    const path = resolve(options.out ?? join(kept, `${result.day}-${result.minutes}-minutes.json`));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
    console.log(`\n${tableOf(result)}\n\nrecord: ${relative(process.cwd(), path)}`);
  }
  return result.checks.some(({ failed }) => failed > 0) ? 1 : 0;
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: Error) => {
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  });
}
