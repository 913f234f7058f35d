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
 * pixels in place of 227, and by `paper` PreActResNet18 24 and CVGG13 32. The paper's own trainings, on a GPU: `semblant reproduce table-1 table-2 --data DIR
 * --seeds 3 preset=paper`, which is 100 epochs of width 64.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { reproduce } from "@semblant/lab";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { type Measured, markdownTable, withInterval } from "./markdown.ts";

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
const networks = {
  fmpnet: "FMPNet",
  cvgg13: "CVGG13",
  alexnet: "AlexNet",
  resnet18: "ResNet18",
  preactresnet18: "PreActResNet18",
} as const;
type Network = keyof typeof networks;
const methods = { "cross-entropy": "CNN", triplet: "triplet", sgm: "SGM" } as const;
type Method = keyof typeof methods;
const file = resolve(import.meta.dirname, "results/fer-plus-networks.json");

/** One training, percent of the 3,137 test faces: what Table 2 counts and the NMI of Table 1, beside the paper's. */
interface Cell {
  readonly preset: Preset;
  readonly width: number;
  /** Pixels, where they aren't the network's own. */
  readonly size?: number;
  readonly epochs: number;
  readonly network: Network;
  readonly method: Method;
  readonly seed: number;
  readonly accuracy: Measured;
  readonly macroPrecision: Measured;
  readonly macroRecall: Measured;
  readonly paperF1: Measured;
  /** By the 11 nearest training faces, whatever the loss; `accuracy` of a CNN is its own head's. */
  readonly neighbors: Measured;
  readonly nmi: Measured;
  readonly withoutTwins?: Measured;
  readonly paper?: { readonly accuracy: number; readonly paperF1: number };
}
/** McNemar's exact test of SGM against another loss of the same network and seed. */
interface Paired {
  readonly preset: Preset;
  readonly epochs: number;
  readonly network: Network;
  /** `ResNet18, SGM − CNN`, and `, seed 1` where there are several. */
  readonly pair: string;
  readonly points: string;
  readonly onlySgm: string;
  readonly onlyOther: string;
  readonly p: string;
}
interface Result {
  readonly cells: readonly Cell[];
  readonly paired: readonly Paired[];
}

/** As `semblant reproduce` has them in its pages. */
interface Classified extends Pick<Cell, "method" | "network" | "seed" | "paper"> {
  readonly judged: Pick<Cell, "accuracy" | "macroPrecision" | "macroRecall" | "paperF1">;
  readonly withoutTwins?: { readonly accuracy: Measured };
}
type Clustered = Pick<Cell, "method" | "network" | "seed" | "accuracy" | "nmi">;

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
  let classified: readonly Classified[] = [];
  let clustered: readonly Clustered[] = [];
  let paired: readonly Paired[] = [];
  const out = resolve(study.runs, "pages", network);
  for await (const { name, finding } of reproduce({ ...study, experiments: ["table-2", "table-1"], networks: [network], overrides, out })) {
    if (name === "table-1") {
      clustered = finding.numbers as Clustered[];
      continue;
    }
    classified = finding.numbers as Classified[];
    paired = (finding.sections.at(-1)?.table ?? []).slice(1).map(([pair = "", points = "", onlySgm = "", onlyOther = "", p = ""]) => ({
      preset,
      epochs,
      network,
      pair,
      points,
      onlySgm,
      onlyOther,
      p,
    }));
  }
  const cells = classified.map(({ judged, withoutTwins, method, seed, paper }): Cell => {
    const { accuracy, macroPrecision, macroRecall, paperF1 } = judged;
    const { accuracy: neighbors, nmi } = clustered.find((one) => one.method === method && one.seed === seed) as Clustered;
    const twins = withoutTwins && { withoutTwins: withoutTwins.accuracy };
    return {
      preset,
      width,
      ...(size !== undefined && { size }),
      epochs,
      network,
      method,
      seed,
      accuracy,
      macroPrecision,
      macroRecall,
      paperF1,
      neighbors,
      nmi,
      ...twins,
      ...(paper && { paper }),
    };
  });
  record({ preset, epochs, network }, cells, paired);
}

/** What a table's row is of, seeds and losses aside. */
type Study = Pick<Cell, "preset" | "epochs" | "network">;

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
  const rows = inOrder(read().cells).map((cell) => {
    const { network, method, seed, accuracy, paperF1, neighbors, nmi, withoutTwins, paper } = cell;
    return [
      `${presetOf(cell)}, ${networks[network]}, ${methods[method]}${seed === 0 ? "" : `, seed ${seed}`}`,
      withInterval(accuracy),
      withoutTwins === undefined ? "" : withoutTwins.value.toFixed(1),
      withInterval(paperF1),
      withInterval(neighbors),
      withInterval(nmi),
      paper === undefined ? "" : `*${paper.accuracy.toFixed(1)}*`,
    ];
  });
  return markdownTable(["", "accuracy", "without twins", "F1 (paper)", "accuracy, 11-NN", "NMI", "*paper's accuracy*"], rows);
}

/** SGM against the others, test by test. */
export function pairsTable(): string {
  const rows = inOrder(read().paired).map((one) => {
    const { pair, points, onlySgm, onlyOther, p } = one;
    return [`${presetOf(one)}, ${pair}`, points, `${onlySgm} / ${onlyOther}`, p];
  });
  return markdownTable(["", "accuracy, points", "only SGM / only the other right", "McNemar's p"], rows);
}

/** By preset, epochs, network and, of trainings, loss and seed; pairs stay in the order they were compared in. */
function inOrder<T extends Study & Partial<Pick<Cell, "method" | "seed">>>(rows: readonly T[]): T[] {
  const place = (table: object, key = "") => Object.keys(table).indexOf(key);
  const key = (row: T) => [place(presets, row.preset), row.epochs, place(networks, row.network), place(methods, row.method), row.seed ?? 0];
  return rows.toSorted((a, b) => {
    const other = key(b);
    return (
      key(a)
        .map((value, i) => value - (other[i] ?? 0))
        .find((difference) => difference !== 0) ?? 0
    );
  });
}

/** The preset of a row, with its epochs where they aren't the preset's here. */
function presetOf({ preset, epochs }: Study): string {
  return epochs === presets[preset].epochs ? `\`${preset}\`` : `\`${preset}\`, ${epochs} epochs`;
}
