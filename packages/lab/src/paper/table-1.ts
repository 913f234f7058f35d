import { basename } from "node:path";
import { bootstrap, type Estimate, nmi, Random } from "@semblant/core";
import { rangeOfMetric } from "@semblant/core/internals";
import type { EvaluatedRun } from "../runs/evaluate-run.ts";
import type { Experiment } from "./experiment.ts";
import type { Table } from "./finding.ts";
import { count, signed, withInterval } from "./numbers.ts";
import { architectures, methods, type Table1Set, table1, table1Sets } from "./published.ts";

/** One cell of Table 1: a network, a loss and a data set. */
interface Cell {
  readonly method: keyof typeof methods;
  readonly network: keyof typeof architectures;
  readonly seed: number;
  readonly set: string;
  readonly n: number;
  readonly nmi: Estimate;
  readonly seededNmi: Estimate;
  readonly pairwiseF1: Estimate;
  readonly run: string;
  /** Of the neighbours' vote, where the gallery is the training set. */
  readonly accuracy: Estimate;
}

export const experiment: Experiment = {
  name: "table-1",
  title: "Table 1: clustering",
  paper:
    "k-means of the embeddings, k the number of classes, networks trained on FER+ alone: " +
    "FER+ test, AffectNet validation, and all of JAFFE, CK+ and BU-3DFE. The caption is lost; NMI by our reading. " +
    "The public code starts k-means from one labelled image of each class.",
  trains: "networks",
  async make(study) {
    const cells: Cell[] = [];
    for (const network of study.networks) {
      for (const method of study.methods) {
        for (let seed = 0; seed < study.seeds; seed++) {
          if (!study.hasTime({ method, network, seed })) continue;
          const run = await study.runOf({ method, network, seed });
          for (const data of [undefined, ...study.others]) {
            const evaluated = await study.evaluated(run, data === undefined ? {} : { data });
            cells.push({ method, network, seed, run, ...measured(evaluated) });
          }
        }
      }
    }
    const sets = [...new Set(cells.map(({ set }) => set))];
    const home = cells.filter(({ set }) => set === sets[0]);
    const best = home.reduce((a, b) => (b.nmi.value > a.nmi.value ? b : a));
    return {
      lead:
        `Clusters of the ${count(best.n)} test faces (${best.set}) agree most with the labels for ` +
        `${architectures[best.network]} with ${methods[best.method]}: NMI ${withInterval(best.nmi)} %.`,
      runs: [...new Set(cells.map(({ run }) => run))],
      sections: [
        {
          title: "Unsupervised: k-means++",
          text:
            "The best of ten k-means++ starts knows nothing of the labels. " +
            `95 % intervals over the faces, the clusters as they are. ${missing(sets)}`,
          table: tableOf(cells, sets, ({ nmi: value }) => value),
        },
        {
          title: "As the public code starts it: one labelled image of each class",
          text: "Not an unsupervised score, and it hangs on which images are drawn: here one draw, the same for all.",
          table: tableOf(cells, sets, ({ seededNmi }) => seededNmi),
        },
        {
          title: "Pairs: F1 over all pairs of faces",
          text: "The clustering F1 of Song et al. 2016, unsupervised; the paper speaks of it and prints none.",
          table: tableOf(cells, sets, ({ pairwiseF1 }) => pairwiseF1, "F1"),
        },
      ],
      numbers: cells.map((cell) => ({ ...cell, run: basename(cell.run), ...(paperOf(cell) !== undefined && { paper: paperOf(cell) }) })),
    };
  },
};

function measured({ dataset, evaluation }: EvaluatedRun) {
  const { nmi: unseeded, pairwiseF1, accuracy } = evaluation.metrics;
  const { truth, seededClusters } = evaluation.outcomes;
  const seeded = bootstrap(
    truth.length,
    (rows) => ({
      nmi:
        100 *
        nmi(
          Int32Array.from(rows, (i) => truth[i] as number),
          Int32Array.from(rows, (i) => seededClusters[i] as number),
        ),
    }),
    { resamples: evaluation.settings.bootstrap, random: new Random(evaluation.settings.seed).fork("seeded"), range: rangeOfMetric },
  );
  return { set: dataset.name, n: dataset.n, nmi: unseeded, pairwiseF1, accuracy, seededNmi: seeded.nmi as Estimate };
}

function tableOf(
  cells: readonly Cell[],
  sets: readonly string[],
  estimateOf: (cell: Cell) => Estimate,
  measure: "NMI" | "F1" = "NMI",
): Table {
  const key = ({ network, method, seed }: Cell) => `${network} ${method} ${seed}`;
  const rows = [...new Set(cells.map(key))].map((name) => {
    const own = cells.filter((cell) => key(cell) === name);
    const { network, method, seed } = own[0] as Cell;
    const values = sets.map((set) => {
      const cell = own.find((one) => one.set === set);
      if (cell === undefined) return "–";
      const paper = measure === "NMI" ? paperOf(cell) : undefined;
      const beside = paper === undefined ? "" : `; paper ${paper.toFixed(1)}, ${signed(estimateOf(cell).value - paper)}`;
      return `${withInterval(estimateOf(cell))}${beside}`;
    });
    return [`${architectures[network]}, ${methods[method]}${seed > 0 ? `, seed ${seed}` : ""}`, ...values];
  });
  const n = (set: string) => cells.find((cell) => cell.set === set)?.n ?? 0;
  return [[`${measure}, %`, ...sets.map((set) => `${set}, N = ${count(n(set))}`)], ...rows];
}

function paperOf({ method, network, set }: Cell): number | undefined {
  if (method === "cross-entropy") return undefined;
  return table1[method][network][set as Table1Set];
}

function missing(sets: readonly string[]): string {
  const absent = table1Sets.filter((set) => !sets.includes(set));
  return absent.length === 0 ? "" : `Not given here: ${absent.join(", ")} (name their folders with --data).`;
}
