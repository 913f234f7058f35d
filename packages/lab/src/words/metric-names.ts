import type { Evaluation } from "@semblant/core";
import type { Shown } from "./shown.ts";

interface Words {
  readonly name: string;
  readonly unit: "%" | "nats";
  readonly meaning: string;
}

const words: ReadonlyMap<string, Words> = new Map(
  Object.entries({
    accuracy: { name: "accuracy", unit: "%", meaning: "named rightly by the vote of the nearest training faces" },
    macroPrecision: { name: "macro precision", unit: "%", meaning: "mean over the classes" },
    macroRecall: { name: "macro recall", unit: "%", meaning: "mean over the classes" },
    paperF1: { name: "F1 as in the paper", unit: "%", meaning: "2PR / (P + R) of the macro precision and recall" },
    macroF1: { name: "macro F1", unit: "%", meaning: "mean of the classes' F1" },
    nmi: { name: "NMI", unit: "%", meaning: "k-means clusters of the test faces against their classes" },
    ami: { name: "AMI", unit: "%", meaning: "NMI corrected for chance" },
    pairwiseF1: { name: "pairwise F1 of clusters", unit: "%", meaning: "over all pairs of test faces" },
    seededNmi: { name: "NMI, start from the labels", unit: "%", meaning: "as the published code does it" },
    mapAtR: { name: "MAP@R", unit: "%", meaning: "the test faces of its class come before all others: order, to the R-th" },
    rPrecision: { name: "R-precision", unit: "%", meaning: "share of its class among the R nearest test faces, R as many as there are" },
    mrr: { name: "MRR", unit: "%", meaning: "1 / rank of the nearest test face of its class" },
    gaussianAccuracy: { name: "nearest-Gaussian accuracy", unit: "%", meaning: "the most probable class Gaussian" },
    ece: { name: "calibration error (ECE)", unit: "%", meaning: "of the Gaussians' posterior, 15 bins" },
    adaptiveEce: { name: "calibration error, equal bins", unit: "%", meaning: "15 bins of equally many faces" },
    aurc: { name: "area under risk-coverage", unit: "%", meaning: "mean risk over all coverages" },
    logLoss: { name: "log-loss", unit: "nats", meaning: "of the Gaussians' posterior" },
    voteLogLoss: { name: "vote log-loss", unit: "nats", meaning: "cross-entropy to the raters' votes" },
    voteDivergence: { name: "vote divergence", unit: "nats", meaning: "beyond the raters' own disagreement" },
    headAccuracy: { name: "head: accuracy", unit: "%", meaning: "of the classifier trained with the network" },
    headMacroPrecision: { name: "head: macro precision", unit: "%", meaning: "mean over the classes" },
    headMacroRecall: { name: "head: macro recall", unit: "%", meaning: "mean over the classes" },
    headMacroF1: { name: "head: macro F1", unit: "%", meaning: "mean of the classes' F1" },
    headPaperF1: { name: "head: F1 as in the paper", unit: "%", meaning: "of macro precision and recall" },
    headEce: { name: "head: calibration error", unit: "%", meaning: "15 bins" },
    headAdaptiveEce: { name: "head: calibration error, equal bins", unit: "%", meaning: "15 bins of equally many faces" },
    headAurc: { name: "head: area under risk-coverage", unit: "%", meaning: "mean risk over all coverages" },
    headLogLoss: { name: "head: log-loss", unit: "nats", meaning: "of the true class" },
    headVoteLogLoss: { name: "head: vote log-loss", unit: "nats", meaning: "cross-entropy to the raters' votes" },
    headVoteDivergence: { name: "head: vote divergence", unit: "nats", meaning: "beyond the raters' own disagreement" },
  }),
);

/** What comes for each K, in the order of the table. */
const atK = ["recallAt", "precisionAt", "accuracyAt"];

/** The keys of an evaluation's metrics that have words, in the order of the table; those at K come for each K beside them. */
export const metricKeys: readonly string[] = [...words.keys()];

/** Whose metrics are shown, and against which faces they were measured. */
export interface ShownOf {
  /** Of a run the head is the classifier that was trained with it; of a model, its Gaussians. */
  readonly what?: "run" | "model";
  /** Each face was asked of all others: there were no training faces. */
  readonly leaveOneOut?: boolean;
  /** The faces are queries, which look for their class in a gallery. */
  readonly against?: boolean;
}

/** Every metric that was measured, in the order of the table, with its words. A name without words stands for itself. */
export function shownMetrics(metrics: Evaluation["metrics"], of: ShownOf = {}): (Shown & { readonly key: string })[] {
  const place = (key: string) => {
    const listed = metricKeys.indexOf(key);
    if (listed >= 0) return listed;
    return (
      metricKeys.indexOf("mapAtR") - 0.5 + (atK.findIndex((kind) => key.startsWith(kind)) + Number(/\d+$/.exec(key)?.[0] ?? 0) / 1000) / 10
    );
  };
  return Object.entries(metrics as Record<string, { value: number; low: number; high: number }>)
    .sort(([a], [b]) => place(a) - place(b))
    .map(([key, estimate]) => ({ key, ...wordsFor(key, of), ...estimate, digits: wordsOf(key).unit === "nats" ? 3 : 1 }));
}

function wordsFor(key: string, { what = "run", leaveOneOut = false, against = false }: ShownOf): Words {
  const { name, unit, meaning } = wordsOf(key);
  const other = against
    ? ofQueries(key, meaning)
    : leaveOneOut
      ? meaning.replace("nearest training", "nearest other").replace("test face", "face")
      : meaning;
  if (what === "run") return { name, unit, meaning: other };
  const ownMeaning = key === "headAccuracy" ? "named rightly by the Gaussians that it carries" : other;
  return { name: name.replace(/^head: /, "its Gaussians: "), unit, meaning: ownMeaning };
}

/** The same of queries: what is found is of the gallery, what is asked is a query. */
function ofQueries(key: string, meaning: string): string {
  const found = /At\d+$|^(mapAtR|rPrecision|mrr)$/.test(key);
  return found
    ? meaning.replace(/(other )?test face/, "gallery face")
    : meaning.replace("nearest training", "nearest gallery").replace(/test faces/, "queries");
}

export function wordsOf(key: string): Words {
  const [, kind, K] = /^(recall|precision|accuracy)At(\d+)$/.exec(key) ?? [];
  if (kind === "recall" && K === "1") return { name: "Recall@1", unit: "%", meaning: "the nearest other test face has its class" };
  if (kind === "recall") return { name: `Recall@${K}`, unit: "%", meaning: `a face of its class among the ${K} nearest test faces` };
  if (kind === "precision") return { name: `Precision@${K}`, unit: "%", meaning: `share of its class among the ${K} nearest test faces` };
  if (kind === "accuracy") return { name: `Acc@${K}`, unit: "%", meaning: `the paper's name for Precision@${K}` };
  return words.get(key) ?? { name: key, unit: "%", meaning: "" };
}
