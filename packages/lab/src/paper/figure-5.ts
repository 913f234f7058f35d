import { bootstrap, classifyByNeighbors, confusionMatrix, type Estimate, findNeighbors, macroScores, Random } from "@semblant/core";
import { firstNeighbors } from "@semblant/core/internals";
import { curves } from "../pictures/curves.ts";
import type { Experiment } from "./experiment.ts";
import { count } from "./numbers.ts";
import { methods } from "./published.ts";

const ks = [1, 3, 5, 7, 9, 11, 15, 21, 31, 45, 63];

export const experiment: Experiment = {
  name: "figure-5",
  title: "Figure 5: F1 over the number of neighbours",
  paper: "FER+ validation, 3,191 faces: the paper's F1 for SGM and triplet over K. Its maximum is at K = 11, which Table 2 takes.",
  trains: "losses",
  async make(study) {
    const [network = "resnet18"] = study.networks.includes("resnet18") ? ["resnet18" as const] : study.networks;
    const chosen = study.methods.filter((method) => method !== "cross-entropy");
    const series = [];
    const runs: string[] = [];
    let n = 0;
    for (const method of chosen) {
      if (!study.hasTime({ method, network, seed: 0 })) continue;
      const run = await study.runOf({ method, network, seed: 0 });
      const { embeddings, dataset } = await study.evaluated(run, { split: "validation", bootstrap: 0 });
      const { train, test } = embeddings;
      const classes = test.classes?.length ?? 0;
      n = dataset.n;
      runs.push(run);
      study.progress(`asking ${ks.at(-1)} neighbours of ${count(n)} faces`);
      const reachable = ks.filter((k) => k <= train.rows);
      const all = findNeighbors(test, train, { k: reachable.at(-1) as number });
      const points = reachable.map((k) => {
        const { predicted } = classifyByNeighbors(firstNeighbors(all, k), train.labels as Int32Array, classes);
        const truth = test.labels as Int32Array;
        const scores = bootstrap(
          truth.length,
          (rows) => ({
            f1:
              100 *
              macroScores(
                confusionMatrix(
                  Int32Array.from(rows, (i) => truth[i] as number),
                  Int32Array.from(rows, (i) => predicted[i] as number),
                  classes,
                ),
              ).paperF1,
          }),
          { resamples: 400, random: new Random(0).fork(`neighbors ${k}`), range: () => [0, 100] as const },
        );
        const { value, low, high } = scores.f1 as Estimate;
        return { x: k, y: value, low, high };
      });
      series.push({ name: methods[method], points });
    }
    const tops = series.map(({ name, points }) => ({ name, ...points.reduce((a, b) => (b.y > a.y ? b : a)) }));
    return {
      lead:
        `F1 is highest at ${tops.map(({ name, x, y }) => `K = ${x} for ${name} (${y.toFixed(1)} %)`).join(" and ")}; ` +
        "the intervals say how little that may mean.",
      runs,
      sections: [
        {
          title: "F1 over K",
          text: `${count(n)} validation faces, bands are 95 % intervals over faces. F1 = 2PR/(P+R) of the macro averages.`,
          picture: {
            file: "figure-5",
            svg: await curves({ series, x: { label: "K, neighbours that vote", log: true }, y: { label: "F1, %" } }),
          },
        },
      ],
      numbers: { network, n, series, tops },
    };
  },
};
