import { doubtfulLabels, type Embeddings } from "@semblant/core";
import { gaussianWidthOf } from "@semblant/training/settings";
import { captionedFaces } from "../pictures/captioned-faces.ts";
import { numberText } from "../words/number-text.ts";
import type { Experiment } from "./experiment.ts";
import type { Table } from "./finding.ts";
import { count } from "./numbers.ts";

/** Raters disagree on a face if the label has no more than this share of their votes. */
const agreement = 2 / 3 + 1e-6; // votes are float32
const depths = [10, 20, 50, 100, 200, 500];
const shown = 24;

export const experiment: Experiment = {
  name: "figure-6",
  title: "Figure 6: labels that may be wrong",
  paper: "Mislabelled faces of FER+ that retrieval brings up, picked by eye.",
  trains: "run",
  async make(study) {
    const run = await study.mainRun();
    const { embeddings, images, dataset, settings } = await study.evaluated(run);
    const { train, test } = embeddings;
    const sigma = gaussianWidthOf(settings.loss);
    const { ranking, suggested, doubt, posteriorOfLabel, shareOfNeighbors } = doubtfulLabels(
      test,
      train,
      sigma === undefined ? {} : { sigma },
    );
    const classes = test.classes ?? [];
    const labels = test.labels as Int32Array;
    const judged = test.votes && judge({ votes: test.votes, labels, classes: classes.length }, ranking);
    const faces = Array.from(ranking.subarray(0, shown), (row) => ({
      row,
      lines: [`labelled ${classes[labels[row] as number]}`, `looks ${classes[suggested[row] as number]}`, ...raters(test, row)],
    }));
    return {
      lead:
        judged === undefined
          ? `The ${shown} most doubtful of ${count(test.rows)} labels, by posterior and neighbours.`
          : "Of the 50 most doubtful labels, raters disagree on " +
            `${percent(judged.precision.find(({ n }) => n === 50)?.share)}; of all ${count(test.rows)}, on ${percent(judged.base)}.`,
      runs: [run],
      sections: [
        {
          title: "Most doubtful labels",
          text:
            `Test faces (${dataset.name}), most doubtful first, by what the data set calls them and what posterior and ` +
            "neighbours favour; beneath, how many of its raters gave the label.",
          picture: { file: "figure-6", svg: await captionedFaces({ faces, images: images.test }) },
        },
        ...(judged === undefined
          ? []
          : [
              {
                title: "Judged by the raters",
                text:
                  "Precision at N: how many of the N most doubtful labels have at most two thirds of the raters' votes. " +
                  "The embedding was trained on other faces, and no vote on these was used. " +
                  `Area under the curve of doubt against disagreement: ${numberText(judged.auc, 3)} (0.5 is chance).`,
                table: [
                  ["N", ...judged.precision.map(({ n }) => count(n)), `all ${count(test.rows)}`],
                  ["raters disagree", ...judged.precision.map(({ share }) => percent(share)), percent(judged.base)],
                ] as Table,
              },
            ]),
      ],
      numbers: {
        ...(judged && { judged }),
        worst: [...ranking.subarray(0, 200)].map((row) => ({
          id: test.ids?.[row] ?? row,
          label: classes[labels[row] as number],
          suggested: classes[suggested[row] as number],
          doubt: doubt[row],
          posteriorOfLabel: posteriorOfLabel[row],
          shareOfNeighbors: shareOfNeighbors[row],
        })),
      },
    };
  },
};

/** What raters say of each row: votes (rows × classes), beside the labels. */
interface Voted {
  readonly votes: Float32Array;
  readonly labels: Int32Array;
  readonly classes: number;
}

/** How often raters disagree among the most doubtful labels, and how well doubt tells the two apart (Mann–Whitney). */
function judge({ votes, labels, classes }: Voted, ranking: Int32Array) {
  const disagree = Uint8Array.from(ranking, (row) => ((votes[row * classes + (labels[row] as number)] as number) <= agreement ? 1 : 0));
  const total = disagree.reduce((sum, one) => sum + one, 0);
  const precision = depths
    .filter((n) => n <= ranking.length)
    .map((n) => ({ n, share: disagree.subarray(0, n).reduce((sum, one) => sum + one, 0) / n }));
  let above = 0;
  let seen = 0;
  for (const one of disagree) {
    if (one === 1) seen++;
    else above += seen;
  }
  return { base: total / ranking.length, precision, auc: above / (total * (ranking.length - total)) };
}

/** What part of the raters gave the face its label, where they are known. */
function raters({ votes, labels, classes = [] }: Embeddings, row: number): string[] {
  if (votes === undefined) return [];
  const share = votes[row * classes.length + ((labels as Int32Array)[row] as number)] as number;
  return [`${percent(share)} of raters`];
}

const percent = (share: number | undefined) => (share === undefined ? "–" : `${(100 * share).toFixed(0)} %`);
