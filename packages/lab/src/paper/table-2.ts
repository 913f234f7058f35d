import type { Estimate, Metrics } from "@semblant/core";
import { metricsOf } from "@semblant/core/internals";
import type { EvaluatedRun } from "../runs/evaluate-run.ts";
import { compareSpaces } from "../runs/evaluate-space.ts";
import { numberText } from "../words/number-text.ts";
import type { Experiment } from "./experiment.ts";
import type { Section, Table } from "./finding.ts";
import { count, signed, withInterval } from "./numbers.ts";
import { architectures, methods, type PublishedMethod, type Table2Row, table2 } from "./published.ts";
import type { Study } from "./study.ts";

/** Whose answer is counted: the neighbours' vote, or the CNN's own head. */
interface Judged {
  readonly accuracy: Estimate;
  readonly macroPrecision: Estimate;
  readonly macroRecall: Estimate;
  readonly paperF1: Estimate;
  readonly macroF1: Estimate;
}

/** One row of the table: a network, a loss, a seed, measured. */
interface Row {
  readonly method: PublishedMethod;
  readonly network: keyof typeof architectures;
  readonly seed: number;
  readonly run: EvaluatedRun;
  readonly judged: Judged;
  readonly withoutTwins?: Judged;
}

const columns = ["accuracy", "macroPrecision", "macroRecall", "paperF1"] as const;

const besideThePaper = "below each row the paper's numbers, and ours less the paper's";
const notThePapers = "these are not the paper's faces, so its numbers are left out";

export const experiment: Experiment = {
  name: "table-2",
  title: "Table 2: classification",
  paper:
    "FER+ test, 3,137 faces; a face is what the 11 nearest training faces are (SGM, triplet), or what the network's own " +
    "head says (CNN). Accuracy, macro precision and recall, and F1 = 2PR/(P+R) of these.",
  trains: "networks",
  async make(study) {
    const rows: Row[] = [];
    for (const network of study.networks) {
      for (const method of study.methods) {
        for (let seed = 0; seed < study.seeds; seed++) {
          if (!study.hasTime({ method, network, seed })) continue;
          const run = await study.evaluated(await study.runOf({ method, network, seed }));
          const twins = run.twins && judgedBy(method, run.twins.metrics);
          rows.push({
            method,
            network,
            seed,
            run,
            judged: judgedBy(method, run.evaluation.metrics),
            ...(twins && { withoutTwins: twins }),
          });
        }
      }
    }
    const [first] = rows as [Row, ...Row[]];
    const best = rows.reduce((a, b) => (b.judged.accuracy.value > a.judged.accuracy.value ? b : a));
    const comparable = first.run.dataset.name === "FER+" && first.run.dataset.n === 3137;
    return {
      lead:
        `${architectures[best.network]} with ${methods[best.method]} names most of the ` +
        `${count(first.run.dataset.n)} test faces (${first.run.dataset.name}) rightly: ${withInterval(best.judged.accuracy)} %.`,
      runs: rows.map(({ run }) => run.run),
      sections: [
        {
          title: "All test faces",
          text:
            `95 % intervals by bootstrap over the ${count(first.run.dataset.n)} faces; ` +
            `${comparable ? besideThePaper : notThePapers}. ` +
            `Labels: ${first.run.dataset.labels}. ` +
            "A CNN that learned from balanced batches meets the classes' natural frequencies unprepared, the neighbours' vote " +
            "knows them: part of any difference between the two is that (sampler=plain shows how much).",
          table: tableOf(rows, ({ judged }) => judged, comparable),
        },
        ...withoutTwins(rows),
        paired(rows, study),
      ],
      numbers: rows.map(({ method, network, seed, run, judged, withoutTwins: without }) => ({
        method,
        network,
        seed,
        dataset: run.dataset,
        judged,
        ...(without && { withoutTwins: without }),
        ...(comparable && { paper: table2[method][network] }),
      })),
    };
  },
};

function judgedBy(method: PublishedMethod, metrics: Metrics): Judged {
  if (method !== "cross-entropy") return metrics;
  return {
    accuracy: metrics.headAccuracy as Estimate,
    macroPrecision: metrics.headMacroPrecision as Estimate,
    macroRecall: metrics.headMacroRecall as Estimate,
    paperF1: metrics.headPaperF1 as Estimate,
    macroF1: metrics.headMacroF1 as Estimate,
  };
}

function tableOf(rows: readonly Row[], judgedOf: (row: Row) => Judged | undefined, comparable: boolean): Table {
  const head = ["%", "Acc", "Prec", "Rec", "F1 (paper)", "macro F1"];
  const lines = rows.flatMap((row) => {
    const judged = judgedOf(row);
    if (judged === undefined) return [];
    const paper: Table2Row = table2[row.method][row.network];
    const ours = [...columns.map((key) => withInterval(judged[key])), withInterval(judged.macroF1)];
    const seed = row.seed === 0 ? "" : `, seed ${row.seed}`;
    const name = `${architectures[row.network]}, ${methods[row.method]}${seed}`;
    if (!comparable || row.seed > 0) return [[name, ...ours]];
    const theirs = columns.map((key) => `${paper[key].toFixed(3)} (${signed(judged[key].value - paper[key])})`);
    return [
      [name, ...ours],
      ["  the paper's", ...theirs, "–"],
    ];
  });
  return [head, ...lines];
}

function withoutTwins(rows: readonly Row[]): Section[] {
  const twins = rows[0]?.run.twins;
  if (twins === undefined) return [];
  return [
    {
      title: "Without twins",
      text: `${count(twins.count)} test faces stand pixel for pixel in the training data too; here are the other ${count(twins.n)}.`,
      table: tableOf(rows, (row) => row.withoutTwins, false),
    },
  ];
}

/** SGM against each other method of the same network and seed, on the same faces. */
function paired(rows: readonly Row[], study: Study): Section {
  const lines = rows
    .filter(({ method }) => method === "sgm")
    .flatMap((sgm) =>
      rows
        .filter((other) => other.network === sgm.network && other.seed === sgm.seed && other.method !== "sgm")
        .map((other) => {
          const difference = sgm.judged.accuracy.value - other.judged.accuracy.value;
          const { onlyFirst, onlySecond, p } = mcnemarOf(sgm, other);
          const name = `${architectures[sgm.network]}, SGM − ${methods[other.method]}${study.seeds > 1 ? `, seed ${sgm.seed}` : ""}`;
          return [name, signed(difference, 2), count(onlyFirst), count(onlySecond), p < 0.001 ? "< 0.001" : numberText(p, 3)];
        }),
    );
  return {
    title: "Is SGM better?",
    text:
      "McNemar's exact test on the faces that only one of the two names rightly. " +
      "A p of 0.05 or more is what luck with the test faces gives often.",
    table: [["", "accuracy, points", "only SGM right", "only the other right", "p"], ...lines],
  };
}

function mcnemarOf(first: Row, second: Row) {
  const { mcnemar } = compareSpaces(answering(first), answering(second));
  return mcnemar.accuracy;
}

/** The run with its judged answers in the place of the neighbours' vote, so that the paired test counts those. */
function answering({ method, run }: Row): EvaluatedRun {
  const { outcomes } = run.evaluation;
  if (method !== "cross-entropy" || outcomes.head === undefined) return run;
  const judged = { ...outcomes, predicted: outcomes.head.predicted };
  const { head: _head, ...alone } = judged;
  const values = metricsOf(alone);
  const metrics = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, low: Number.NaN, high: Number.NaN }]));
  return {
    ...run,
    evaluation: { ...run.evaluation, outcomes: alone, predicted: judged.predicted, metrics: metrics as unknown as Metrics },
  };
}
