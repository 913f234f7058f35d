/** Rows of the paper's Table 2 and of the FER+ column of its Table 1, made of what `semblant reproduce` found, and as pages show them. */
import type { Reproduced } from "@semblant/lab";
import { type Measured, withInterval } from "./markdown.ts";

export const networks = {
  fmpnet: "FMPNet",
  cvgg13: "CVGG13",
  alexnet: "AlexNet",
  resnet18: "ResNet18",
  preactresnet18: "PreActResNet18",
} as const;
export type Network = keyof typeof networks;
export const methods = { "cross-entropy": "CNN", triplet: "triplet", sgm: "SGM" } as const;
export type Method = keyof typeof methods;

/** One training, percent of the test faces: what Table 2 counts and the NMI of Table 1, beside the paper's. */
export interface PaperRow {
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
export interface PaperPair {
  readonly network: Network;
  /** `ResNet18, SGM − CNN`, and `, seed 1` where there are several. */
  readonly pair: string;
  readonly points: string;
  readonly onlySgm: string;
  readonly onlyOther: string;
  readonly p: string;
}

/** As `semblant reproduce` has them in its pages. */
interface Classified extends Pick<PaperRow, "method" | "network" | "seed" | "paper"> {
  readonly judged: Pick<PaperRow, "accuracy" | "macroPrecision" | "macroRecall" | "paperF1">;
  readonly withoutTwins?: { readonly accuracy: Measured };
}
interface Clustered extends Pick<PaperRow, "method" | "network" | "seed" | "accuracy" | "nmi"> {
  /** The folder of the run, without those above it. */
  readonly run: string;
}

/** The rows of `table-2` and `table-1` made of the same trainings, each with the name of its run's folder. */
export function rowsOf(table2: Reproduced, table1: Reproduced): { readonly row: PaperRow; readonly run: string }[] {
  const clustered = table1.finding.numbers as Clustered[];
  return (table2.finding.numbers as Classified[]).map(({ judged, withoutTwins, method, network, seed, paper }) => {
    const { accuracy, macroPrecision, macroRecall, paperF1 } = judged;
    const { accuracy: neighbors, nmi, run } = clustered.find((one) => one.method === method && one.seed === seed) as Clustered;
    const twins = withoutTwins && { withoutTwins: withoutTwins.accuracy };
    const row = {
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
    return { row, run };
  });
}

/** SGM against the other losses of one network, of its `table-2`. */
export function pairsOf({ finding }: Reproduced, network: Network): PaperPair[] {
  const lines = (finding.sections.at(-1)?.table ?? []).slice(1);
  return lines.map(([pair = "", points = "", onlySgm = "", onlyOther = "", p = ""]) => ({ network, pair, points, onlySgm, onlyOther, p }));
}

export const rowHead = ["", "accuracy", "without twins", "F1 (paper)", "accuracy, 11-NN", "NMI", "*paper's accuracy*"];

/** A row as a page shows it, after words for its preset. */
export function shownRow(
  preset: string,
  { network, method, seed, accuracy, paperF1, neighbors, nmi, withoutTwins, paper }: PaperRow,
): string[] {
  return [
    `${preset}, ${networks[network]}, ${methods[method]}${seed === 0 ? "" : `, seed ${seed}`}`,
    withInterval(accuracy),
    withoutTwins === undefined ? "" : withoutTwins.value.toFixed(1),
    withInterval(paperF1),
    withInterval(neighbors),
    withInterval(nmi),
    paper === undefined ? "" : `*${paper.accuracy.toFixed(1)}*`,
  ];
}

export const pairHead = ["", "accuracy, points", "only SGM / only the other right", "McNemar's p"];

export function shownPair(preset: string, { pair, points, onlySgm, onlyOther, p }: PaperPair): string[] {
  return [`${preset}, ${pair}`, points, `${onlySgm} / ${onlyOther}`, p];
}

/** The order of the paper's tables; what does not count for both is equal. */
export function inPaperOrder<T extends { readonly network: Network; readonly method?: Method; readonly seed?: number }>(
  a: T,
  b: T,
): number {
  const place = (table: object, key = "") => Object.keys(table).indexOf(key);
  return (
    place(networks, a.network) - place(networks, b.network) ||
    place(methods, a.method) - place(methods, b.method) ||
    (a.seed ?? 0) - (b.seed ?? 0)
  );
}
