import { curves } from "../pictures/curves.ts";
import type { EvaluatedRun } from "../runs/evaluate-run.ts";
import type { Experiment } from "./experiment.ts";
import { count, withInterval } from "./numbers.ts";
import { methods, type PublishedMethod } from "./published.ts";

export const experiment: Experiment = {
  name: "figure-3",
  title: "Figure 3: Recall@K and Acc@K",
  paper:
    "For each test face its K nearest other test faces: is one of its class (Recall@K), how many are (Acc@K). " +
    "The text says that triplet loss has the higher recall at every K and the lower accuracy; the curves' values are lost.",
  trains: "losses",
  async make(study) {
    const [network = "resnet18"] = study.networks.includes("resnet18") ? ["resnet18" as const] : study.networks;
    const runs: { readonly method: PublishedMethod; readonly evaluated: EvaluatedRun }[] = [];
    for (const method of study.methods) {
      if (!study.hasTime({ method, network, seed: 0 })) continue;
      runs.push({ method, evaluated: await study.evaluated(await study.runOf({ method, network, seed: 0 })) });
    }
    const ks = runs[0]?.evaluated.evaluation.settings.ks ?? [];
    const series = (kind: "recall" | "accuracy") =>
      runs.map(({ method, evaluated }) => ({
        name: methods[method],
        points: ks.flatMap((K) => {
          const estimate = evaluated.evaluation.metrics[`${kind}At${K}`];
          return estimate === undefined || Number.isNaN(estimate.value)
            ? []
            : [{ x: K, y: estimate.value, low: estimate.low, high: estimate.high }];
        }),
      }));
    const [recall, accuracy] = [series("recall"), series("accuracy")];
    const n = runs[0]?.evaluated.dataset.n ?? 0;
    const picture = async (kind: string, list: typeof recall) => ({
      file: `figure-3-${kind}`,
      svg: await curves({
        series: list,
        x: { label: "K", log: true },
        y: kind === "recall" ? { label: "Recall@K, %", to: 100 } : { label: "Acc@K, %" },
      }),
    });
    const highest = (list: typeof recall) =>
      list.map(({ name, points }) => `${name} ${points.map(({ y }) => y.toFixed(1)).join(", ")}`).join("; ");
    const firsts = runs.map(({ method, evaluated }) => {
      const { recallAt1 } = evaluated.evaluation.metrics;
      return `${methods[method]} ${recallAt1 ? withInterval(recallAt1) : "–"}`;
    });
    return {
      lead: `Recall@1 of ${firsts.join(", ")} % on ${count(n)} faces.`,
      runs: runs.map(({ evaluated }) => evaluated.run),
      sections: [
        {
          title: "Recall@K",
          text: `At least one of the K nearest has the query's class. K = ${ks.join(", ")}: ${highest(recall)}.`,
          picture: await picture("recall", recall),
        },
        {
          title: "Acc@K",
          text: `The share of the K nearest that have the query's class. K = ${ks.join(", ")}: ${highest(accuracy)}.`,
          picture: await picture("accuracy", accuracy),
        },
      ],
      numbers: { network, ks, recall, accuracy },
    };
  },
};
