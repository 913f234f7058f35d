import type { Embeddings, Evaluation } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import { html, page, styleIndexes } from "@semblant/photos/internals";
import type { Step } from "@semblant/training";
import { shownMetrics } from "../words/metric-names.ts";
import { type CurvePoint, classGaussians, riskCoverage, trainingCurve } from "./charts.ts";
import { classPlane } from "./plane.ts";
import { card, chart, classTable, confusionTable, metricTable, retrievalTable, settingsList, strips, termList, tiles } from "./sections.ts";
import { mistakeStrips, queryStrips } from "./strips.ts";

/** What a report shows: one evaluation, and what is needed to draw it. */
export interface ReportContent {
  readonly title: string;
  /** One or two sentences: what was trained on what, and how good it is. */
  readonly lead: string;
  /** How it was measured: a name and what stands behind it. */
  readonly protocol: Readonly<Record<string, string>>;
  /** Of a run the head is the classifier that was trained with it; of a model, its Gaussians, which come first (a run). */
  readonly what?: "run" | "model";
  readonly evaluation: Evaluation;
  /** The faces are queries, which were asked of a gallery (false). */
  readonly against?: boolean;
  readonly withoutTwins?: Evaluation["metrics"];
  readonly steps: readonly Step[];
  readonly settings: object;
  readonly test: Embeddings;
  readonly images: { readonly train: LabeledImages; readonly test: LabeledImages };
}

/** The whole report as one HTML file's text. */
export async function report(content: ReportContent): Promise<string> {
  const { title, lead, protocol, what = "run", evaluation, against = false, withoutTwins, steps, settings, test, images } = content;
  const { classes, confusion, perClass } = evaluation;
  const styles = styleIndexes(classes);
  const { leaveOneOut } = evaluation.settings;
  const shown = shownMetrics(evaluation.metrics, { what, leaveOneOut, against });
  const takenAway = what === "model" ? ["headAccuracy", "accuracy", "nmi", "recallAt1"] : ["accuracy", "paperF1", "nmi", "recallAt1"];
  const [faces, face, nearest] = against
    ? ["queries", "query", "its five nearest gallery faces"]
    : leaveOneOut
      ? ["faces", "face", "the five other faces that are nearest"]
      : ["test faces", "test face", "its five nearest training faces"];
  const metric = steps.find((step) => step.validation)?.validation?.metric ?? "";
  const [curve, plane, risk, queries, mistakes] = await Promise.all([
    trainingCurve(steps.map(curvePoint), `validation (${metric}), %`),
    classGaussians(classPlane(test, classes), styles),
    riskCoverage(
      Array.from(evaluation.riskCoverage.coverage, (coverage, i) => ({ coverage, risk: evaluation.riskCoverage.risk[i] as number })),
    ),
    queryStrips(evaluation, images),
    mistakeStrips(evaluation, images),
  ]);
  const first = takenAway.flatMap((key) => shown.filter((one) => one.key === key)).map((one) => ({ ...one, name: capital(one.name) }));
  const body = html`${tiles(first)}
<div class="grid">
${
  steps.length === 0
    ? ""
    : card(
        "Training",
        "The loss of each batch (thin) with its running mean, and the validation.",
        chart(curve, "Training loss and validation over the steps"),
      )
}
${card(
  "Class Gaussians",
  `The ${faces} in the plane in which the class means lie farthest apart. The ellipses are at one and two standard deviations.`,
  chart(plane, "Test embeddings of each class projected to a plane"),
)}
${card(
  "Confusion",
  "A row for each label, a column for what the neighbours say. The shade is the share of the row.",
  confusionTable(confusion.counts, classes),
)}
${card(
  "Class by class",
  "By the vote of the neighbours, in percent.",
  classTable(
    perClass.map((one, c) => ({
      name: one.name,
      style: styles[c] as number,
      faces: one.support,
      precision: one.precision.value,
      recall: one.recall.value,
      f1: one.f1.value,
    })),
  ),
)}
${card(
  "Retrieval, class by class",
  `How early faces of its class come when each ${face} ranks ${against ? "the gallery" : `the other ${faces}`}, in percent.`,
  retrievalTable(
    ["MAP@R", "R-precision", "MRR", "Recall@1"],
    perClass.map(({ name, retrieval: { mapAtR, rPrecision, mrr, recallAt1 } }, c) => ({
      name,
      style: styles[c] as number,
      rates: [mapAtR, rPrecision, mrr, recallAt1].map((rate) => rate?.value ?? Number.NaN),
    })),
  ),
)}
${card(
  "Neighbours",
  `One ${face} of each class, drawn at random (left), and ${nearest}: ✓ of the same class, ✗ of another.`,
  html`${strips(queries)}${mistakes.length === 0 ? "" : html`${mistakesHead}${strips(mistakes)}`}`,
  true,
)}
${card(
  "Knowing when not to answer",
  "How many answers are wrong, when only the faces that the Gaussians are surest of are answered.",
  chart(risk, "Risk against coverage"),
)}
${card("How it was measured", "", termList(Object.entries(protocol)), steps.length === 0)}
${card(
  "All numbers",
  `With 95 % bootstrap intervals over the ${faces}. They show how much the choice of faces matters, not the seed of training.`,
  metricTable(shown, withoutTwins && shownMetrics(withoutTwins, { what, leaveOneOut })),
  true,
)}
${card(
  "Settings",
  what === "model"
    ? "How the data was read; of files and folders, only their names."
    : "As the run's folder keeps them; of files and folders, only their names.",
  settingsList(settings),
  true,
)}
</div>`;
  return page({
    title,
    lead,
    body,
    footer:
      "This file holds copies of faces from the data set: share it only where the data set may be shared. " +
      "Class names say what a face looks like, not what a person feels. It loads nothing from anywhere and runs no script.",
  });
}

function curvePoint({ step, loss, validation }: Step): CurvePoint {
  return { step, loss, ...(validation && { validation: validation.value }) };
}

const mistakesHead = html`<h3>Surest mistakes: the label, and what the neighbours take it for</h3>`;

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);
