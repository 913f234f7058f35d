/**
 * Table 2 and the FER+ column of Table 1: five networks by CNN, triplet loss and SGM, from scratch under one protocol, in short trainings that
 * two processor cores can do, the same faces and five epochs for all: of width 16 by the preset `best`, of the paper's
 * width 64 by `paper`, under whose rate (a twentieth) width 16 has learned nothing after fifteen (37.9 % of the validation faces).
 *
 *   npm run experiment -- fer-plus-networks --data DIR [--presets best,paper] [--networks alexnet,resnet18] [--seeds 1] [--threads 1]
 *   npm run experiment -- fer-plus-networks --data DIR --presets paper --networks resnet18 --epochs 12   # rows beside those of five
 *   npm run experiment -- fer-plus-networks --table     # the tables, from results/
 *
 * About 2.5 minutes a run of `best` on one core, FMPNet and CVGG13 4 to 6; 8 to 20 a run of `paper`. Runs are kept in
 * runs/fer-plus-networks, go on after any stop and are not trained twice. A network's three losses have one size, but to fit two cores AlexNet has 64
 * pixels in place of 227, and by `paper` PreActResNet18 24 and CVGG13 32. The paper's own trainings, on a GPU, are fer-plus-tables.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Reproduced, reproduce } from "@semblant/lab";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { markdownTable } from "./markdown.ts";
import {
  inPaperOrder,
  type Network,
  networks,
  type PaperPair,
  type PaperRow,
  pairHead,
  pairsOf,
  rowHead,
  rowsOf,
  shownPair,
  shownRow,
} from "./paper-rows.ts";

/** `look`: epochs from one validation to the next. `sizes`: pixels, where not the network's own. The loss is as published by both. */
const presets = {
  best: { width: 16, epochs: 5, look: 5, sizes: { alexnet: 64 }, overrides: ["loss.leaveOneOut=false"] },
  paper: {
    width: 64,
    epochs: 5,
    look: 1,
    sizes: { alexnet: 64, cvgg13: 32, preactresnet18: 24 },
    overrides: ["preset=paper", "precision=bfloat16"],
  },
} as const;
type Preset = keyof typeof presets;
const file = resolve(import.meta.dirname, "results/fer-plus-networks.json");

/** What was trained, and how long. */
interface Study {
  readonly preset: Preset;
  readonly epochs: number;
  readonly network: Network;
}
interface Cell extends PaperRow, Study {
  readonly width: number;
  /** Pixels, where they aren't the network's own. */
  readonly size?: number;
}
type Paired = PaperPair & Study;
interface Result {
  readonly cells: readonly Cell[];
  readonly paired: readonly Paired[];
}

if (import.meta.main) {
  const { values } = parseOptions({
    options: {
      data: { type: "string" },
      presets: { type: "string", default: "best" },
      networks: { type: "string", default: Object.keys(networks).join(",") },
      seeds: { type: "string", default: "1" },
      epochs: { type: "string" },
      runs: { type: "string", default: "runs/fer-plus-networks" },
      threads: { type: "string" },
      table: { type: "boolean", default: false },
    },
  });
  if (!values.table) {
    if (values.data === undefined) refuse("expected the folder of FER+ with --data.");
    for (const preset of values.presets.split(",") as Preset[]) {
      if (presets[preset] === undefined) refuse(`there is no preset ${preset}; known: ${Object.keys(presets).join(", ")}.`);
      for (const network of values.networks.split(",") as Network[]) {
        const epochs = Number(values.epochs ?? presets[preset].epochs);
        await make(preset, network, epochs, {
          data: [resolve(values.data)],
          runs: resolve(values.runs, epochs === presets[preset].epochs ? preset : `${preset}-${epochs}`),
          seeds: Number(values.seeds),
          ...(values.threads !== undefined && { threads: Number(values.threads) }),
        });
      }
    }
  }
  console.log(`${networksTable()}\n\n${pairsTable()}`);
}

/** Trains what is missing of a network's three losses, measures, and records them. */
async function make(
  preset: Preset,
  network: Network,
  epochs: number,
  study: { data: string[]; runs: string; seeds: number; threads?: number },
): Promise<void> {
  const { width, look, sizes } = presets[preset];
  const size = (sizes as Partial<Record<Network, number>>)[network];
  const overrides = [...presets[preset].overrides, `network.baseChannels=${width}`, `epochs=${epochs}`, `validation.every=${look}`];
  if (size !== undefined) overrides.push(`network.size=${size}`);
  const made = new Map<string, Reproduced>();
  const out = resolve(study.runs, "pages", network);
  for await (const one of reproduce({ ...study, experiments: ["table-2", "table-1"], networks: [network], overrides, out }))
    made.set(one.name, one);
  const table2 = made.get("table-2") as Reproduced;
  const cells = rowsOf(table2, made.get("table-1") as Reproduced).map(({ row: { network, ...row } }): Cell => {
    return { preset, width, ...(size !== undefined && { size }), epochs, network, ...row };
  });
  const paired = pairsOf(table2, network).map((pair) => ({ preset, epochs, ...pair }));
  record({ preset, epochs, network }, cells, paired);
}

function record(study: Study, cells: readonly Cell[], paired: readonly Paired[]): void {
  const before: Result = existsSync(file) ? read() : { cells: [], paired: [] };
  const other = (one: Study) => one.preset !== study.preset || one.epochs !== study.epochs || one.network !== study.network;
  const whole = {
    experiment: "fer-plus-networks",
    dataset: { name: "FER+", labels: "label.csv majority", split: "test", n: 3137 },
    machine: machine(),
    cells: [...before.cells.filter(other), ...cells],
    paired: [...before.paired.filter(other), ...paired],
  };
  writeFileSync(file, `${JSON.stringify(whole, null, 2)}\n`);
}

function read(): Result {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** A row a training, in the order of the paper's Table 2. */
export function networksTable(): string {
  return markdownTable(
    rowHead,
    inOrder(read().cells).map((cell) => shownRow(presetOf(cell), cell)),
  );
}

/** SGM against the others, test by test. */
export function pairsTable(): string {
  return markdownTable(
    pairHead,
    inOrder(read().paired).map((pair) => shownPair(presetOf(pair), pair)),
  );
}

/** By preset, epochs, network and, of trainings, loss and seed; pairs stay in the order they were compared in. */
function inOrder<T extends Study & Partial<Pick<Cell, "method" | "seed">>>(rows: readonly T[]): T[] {
  const place = ({ preset }: T) => Object.keys(presets).indexOf(preset);
  return rows.toSorted((a, b) => place(a) - place(b) || a.epochs - b.epochs || inPaperOrder(a, b));
}

/** The preset of a row, with its epochs where they aren't the preset's here. */
function presetOf({ preset, epochs }: Study): string {
  return epochs === presets[preset].epochs ? `\`${preset}\`` : `\`${preset}\`, ${epochs} epochs`;
}
