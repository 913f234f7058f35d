/**
 * The paper's Table 2 and the FER+ column of its Table 1: five networks by three losses at their own sizes, by the preset `paper` with its
 * 100 epochs and by `best`, from scratch. It is work for a GPU; what it costs is said before it starts.
 *
 *   npm run experiment -- fer-plus-tables --data DIR --device cuda                  # thirty trainings, ResNet18 first
 *   npm run experiment -- fer-plus-tables --data DIR --device cuda --cost           # says the cost, and ends
 *   npm run experiment -- fer-plus-tables --data DIR --device cuda --minutes 15     # what ends in that time comes first
 *   npm run experiment -- fer-plus-tables --data DIR --device cpu --steps 2         # a rehearsal
 *   npm run experiment -- fer-plus-tables --table                                   # the tables, from results/
 *
 * --presets best,paper  --networks resnet18,alexnet  --epochs 25 in place of the presets'  --threads 1 of each training
 * --at-once N           trainings side by side, each in its own process: the cores less one, at most 15
 * --minutes M           then trainings stop after their step and save; what is being measured is finished, a minute or so
 * --runs FOLDER         runs/fer-plus-tables; of a rehearsal runs/fer-plus-tables-rehearsal
 *
 * Each row is written to experiments/results as its training ends. The same command goes on after any stop, a kill too:
 * unfinished trainings from their checkpoints, and rows that are there are not made again. A rehearsal has --steps, or settings (name=value)
 * after the options; its rows and its page stay in its own folder. Remove that folder to rehearse anew.
 */
import { availableParallelism } from "node:os";
import { relative, resolve } from "node:path";
import { DataError, EngineError, OptionError } from "@semblant/core";
import { writeWhole } from "@semblant/files/internals";
import { engine } from "@semblant/torch";
import { openData } from "@semblant/training/settings";
import { commit } from "../bench/commit.ts";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { make, planOf, planText } from "./campaign/campaign.ts";
import { costText } from "./campaign/cost.ts";
import { has, keptIn, pairsTable, rehearsalPage, rowsTable } from "./campaign/rows.ts";
import { networkOrder, type Preset, presets, trainingsOf } from "./campaign/trainings.ts";
import type { Network } from "./paper-rows.ts";

const recorded = resolve(import.meta.dirname, "results/fer-plus-tables.json");

/** A row a training, as recorded. */
export const tablesRows = (): string => rowsTable(recorded);
/** SGM against the other losses, as recorded. */
export const tablesPairs = (): string => pairsTable(recorded);

if (import.meta.main) process.exitCode = await main().catch(told);

/** What a person can mend is said without a stack. */
function told(error: unknown): number {
  if (error instanceof OptionError) refuse(error.message);
  if (!(error instanceof DataError || error instanceof EngineError)) throw error;
  console.error(`fer-plus-tables: ${error.message}`);
  return 1;
}

async function main(): Promise<number> {
  const { values, positionals } = parseOptions({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      device: { type: "string", default: "auto" },
      presets: { type: "string", default: presets.join(",") },
      networks: { type: "string", default: networkOrder.join(",") },
      epochs: { type: "string" },
      steps: { type: "string" },
      minutes: { type: "string" },
      "at-once": { type: "string" },
      threads: { type: "string", default: "1" },
      runs: { type: "string" },
      cost: { type: "boolean", default: false },
      table: { type: "boolean", default: false },
    },
  });
  if (values.table) {
    console.log(`${tablesRows()}\n\n${tablesPairs()}`);
    return 0;
  }
  if (values.data === undefined) refuse("expected the folder of FER+ with --data.");
  const plan = planned(values as Given, positionals);
  const { missing, all, file, rehearsal } = plan;
  const shown = relative(process.cwd(), file);
  if (missing.length < all.length) console.log(`${all.length - missing.length} of ${all.length} rows are in ${shown} already.`);
  const [some] = missing;
  if (some === undefined) return 0;
  const data = await openData(some.settings.data); // before the trainings: they find the faces decoded, and need not each do it
  const { device, atOnce, minutes, threads } = plan;
  const circumstances = { device, atOnce, faces: data.train.images.count, classes: data.classes.length };
  const limit = minutes === undefined ? {} : { minutes };
  const asked = { trainings: missing, circumstances, threads, ...limit };
  console.log(costText(missing, circumstances));
  if (minutes !== undefined) console.log(planText(planOf(asked), minutes));
  if (values.cost) return 0;
  const on = device === "cpu" ? "cpu" : (engine().gpus[Number(device.split(":")[1] ?? 0)] ?? device);
  const status = await make({ ...asked, file, made: { device: on, machine: machine(), commit: commit() } });
  if (rehearsal) {
    const page = resolve(file, "../fer-plus-tables.md");
    await writeWhole(page, rehearsalPage(file, `Made by ${["fer-plus-tables", ...process.argv.slice(2)].join(" ")}.`));
    console.log(`The rehearsal's page: ${relative(process.cwd(), page)}`);
  } else console.log(`Rows are in ${shown}. Into the page with: node --conditions=semblant-source scripts/readme.mjs`);
  return status;
}

/** Options as they were given. */
interface Given extends Readonly<Record<"device" | "presets" | "networks" | "threads" | "data", string>> {
  readonly epochs?: string;
  readonly steps?: string;
  readonly minutes?: string;
  readonly runs?: string;
  readonly "at-once"?: string;
}

/** What is to be made, and how; wrong options are refused here. */
function planned(values: Given, settings: readonly string[]) {
  const device = deviceOf(values.device);
  const threads = wholeOf("threads", values.threads) as number;
  const atOnce = wholeOf("at-once", values["at-once"]) ?? Math.max(1, Math.min(15, Math.floor((availableParallelism() - 1) / threads)));
  const minutes = minutesOf(values.minutes);
  const [epochs, steps] = [wholeOf("epochs", values.epochs), wholeOf("steps", values.steps)];
  const rehearsal = steps !== undefined || settings.length > 0;
  const runs = resolve(values.runs ?? `runs/fer-plus-tables${rehearsal ? "-rehearsal" : ""}`);
  const data = values.data === "generated" ? values.data : resolve(values.data);
  const which = {
    presets: listOf<Preset>("presets", values.presets, presets),
    networks: listOf<Network>("networks", values.networks, networkOrder),
  };
  const all = trainingsOf(which, {
    data,
    device,
    settings,
    runs,
    ...(epochs !== undefined && { epochs }),
    ...(steps !== undefined && { steps }),
  });
  const file = rehearsal ? resolve(runs, "fer-plus-tables.json") : recorded;
  const kept = keptIn(file);
  return { all, missing: all.filter((training) => !has(kept, training)), file, rehearsal, device, atOnce, minutes, threads };
}

/** The device that is meant, which has to be here. */
function deviceOf(asked: string): string {
  const { devices, cuda } = engine();
  if (asked === "auto") return cuda ? "cuda" : "cpu";
  if (devices.includes(asked === "cuda" ? "cuda:0" : asked)) return asked;
  const there = devices.join(", ");
  return refuse(
    cuda
      ? `expected --device to be auto or one of ${there}, but got ${asked}.`
      : `expected a GPU for --device ${asked}, but libtorch finds none on this machine: it has ${there}.`,
  );
}

function wholeOf(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^[1-9]\d{0,8}$/.test(given)) refuse(`expected a whole number of 1 or more after --${name}, but got ${JSON.stringify(given)}.`);
  return Number(given);
}

function minutesOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const minutes = Number(given);
  if (!(minutes > 0 && minutes < 20_000))
    refuse(`expected minutes above 0 and below 20000 after --minutes, but got ${JSON.stringify(given)}.`);
  return minutes;
}

function listOf<T extends string>(name: string, given: string, known: readonly T[]): T[] {
  const asked = given.split(",") as T[];
  const unknown = asked.find((one) => !known.includes(one));
  if (unknown !== undefined) refuse(`there is no ${JSON.stringify(unknown)} among --${name}; known: ${known.join(", ")}.`);
  return known.filter((one) => asked.includes(one));
}
