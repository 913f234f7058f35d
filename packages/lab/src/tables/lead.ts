import { describeLoss, type LossSettings, lossDeclarations, networkDeclarations } from "@semblant/training/settings";
import type { MeasuredSpace } from "../models/measured.ts";
import type { EvaluatedModel } from "../runs/evaluate-model.ts";
import type { EvaluatedRun } from "../runs/evaluate-run.ts";

/**
 * What was trained on what, in a phrase: network, loss, data.
 *
 * @example
 * describeRun({
 *   settings: { network: { name: "resnet18", baseChannels: 32 }, loss: { name: "sgm", sigma: 2, memory: null } },
 *   dataset: { name: "generated faces", labels: "drawn" },
 * }); // "ResNet18 (32 channels) with structured Gaussian manifold loss (sigma 2) on generated faces, labels: drawn"
 */
export function describeRun({ settings, dataset, gallery }: Described): string {
  const { network, loss } = settings;
  const name = networkDeclarations.get(network.name)?.title ?? network.name;
  const lossTitle = lossDeclarations.get(loss.name)?.title ?? loss.name;
  const detail = describeLoss(loss) === "" ? "" : ` (${describeLoss(loss)})`;
  const trained = gallery ?? dataset;
  const measured = gallery === undefined ? "" : `, measured on ${dataset.name}, labels: ${dataset.labels}`;
  return `${name} (${network.baseChannels} channels) with ${lossTitle}${detail} on ${trained.name}, labels: ${trained.labels}${measured}`;
}

interface Described {
  readonly settings: {
    readonly network: { readonly name: string; readonly baseChannels: number };
    readonly loss: LossSettings;
  };
  readonly dataset: { readonly name: string; readonly labels: string };
  readonly gallery?: { readonly name: string; readonly labels: string };
}

/** What a model is and was measured on, in a phrase. */
function describeModel({ card, dataset, gallery }: EvaluatedModel): string {
  const voters = gallery === undefined ? "" : `; gallery ${gallery.name}, labels: ${gallery.labels}`;
  return `the model ${card.name} ${card.version}, measured on ${dataset.name}, labels: ${dataset.labels}${voters}`;
}

/** What was measured on what, in a phrase. */
export function describe(evaluated: EvaluatedRun | EvaluatedModel): string {
  return "card" in evaluated ? describeModel(evaluated) : describeRun(evaluated);
}

/** Who votes: `11 nearest of 25,045 training faces`, `11 nearest of the other 212 faces`. */
export function votersOf({ evaluation: { settings, rows }, gallery, dataset }: MeasuredSpace): string {
  if (dataset.against !== undefined) return `${settings.k} nearest of ${count(rows.train)} gallery faces`;
  if (settings.leaveOneOut) return `${settings.k} nearest of the other ${count(rows.test - 1)} faces`;
  return `${settings.k} nearest of ${count(rows.train)} training faces${gallery ? ` of ${gallery.name}` : ""}`;
}

/** Of queries, that they are such. */
export function queriesWord({ against }: MeasuredSpace["dataset"]): string {
  return against === undefined ? "" : " queries";
}

/** Whose classes the faces are measured by: of queries with labels that were not learned, their table's. */
export function classesOf({ evaluation, known }: MeasuredSpace, what: "model" | "run"): string {
  const whose = known === false ? "table" : what;
  return `${evaluation.outcomes.present.length} of the ${whose}'s ${evaluation.classes.length}`;
}

/** What becomes of queries that stand in their gallery. */
export function bothWords(both: number): string {
  return both === 1
    ? "1 query stands in the gallery, too, and does not find itself"
    : `${count(both)} queries stand in the gallery, too, and do not find themselves`;
}

/** What was measured and how good it is, in two or three sentences. Of a model, what it says by itself comes first. */
export function leadOf(evaluated: EvaluatedRun | EvaluatedModel): string {
  const { evaluation, dataset } = evaluated;
  const { accuracy, headAccuracy } = evaluation.metrics;
  const what = describe(evaluated);
  const queries = `${count(dataset.n)} queries`;
  const faces = dataset.against
    ? queries
    : dataset.split === "all"
      ? `all ${count(dataset.n)} faces`
      : `${count(dataset.n)} ${dataset.split} faces`;
  const rightly = `of ${faces} as their label does.`;
  const shares = { own: headAccuracy?.value.toFixed(1), neighbors: accuracy.value.toFixed(1) };
  const neighbors = `The ${votersOf(evaluated)} name ${shares.neighbors} %`;
  const answers =
    "card" in evaluated && headAccuracy !== undefined
      ? `Its Gaussians name ${shares.own} % ${rightly} ${neighbors}.`
      : `${neighbors} ${rightly}`;
  return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}. ${answers}`;
}

/** How an evaluation was made, as the report says it. */
export function protocolOf(evaluated: EvaluatedRun | EvaluatedModel): Record<string, string> {
  const { dataset, gallery, evaluation, twins, settings, run } = evaluated;
  const { rows, settings: protocol } = evaluation;
  const isModel = "card" in evaluated;
  const against = dataset.against !== undefined;
  const part = dataset.split === "all" ? ", the whole set" : ` of the split ${dataset.split}`;
  const faces = against
    ? `a gallery of ${count(rows.train)}`
    : protocol.leaveOneOut
      ? "all others as reference"
      : `${count(rows.train)} training faces as reference`;
  return {
    data: gallery === undefined ? `${dataset.name} (${settings.data.source})` : dataset.name,
    labels: dataset.labels,
    ...(gallery && {
      gallery: `training faces of ${gallery.name} (labels: ${gallery.labels})${isModel ? "" : ", which the run was trained on"}`,
    }),
    classes: `${classesOf(evaluated, isModel ? "model" : "run")} are in the data; macro averages and clusters go by those`,
    faces: `${count(rows.test)}${queriesWord(dataset)}${part}; ${faces}`,
    ...(isModel && evaluation.metrics.headAccuracy && { "its Gaussians": "those that the model carries" }),
    classification: `vote of the ${votersOf(evaluated)}, Euclidean distance, ties to the smaller class`,
    clustering: `k-means++ of ${facesOf(dataset)}, best of ${protocol.restarts} starts, seed ${protocol.seed}`,
    ...(dataset.against && dataset.against.both > 0 && { queries: bothWords(dataset.against.both) }),
    retrieval:
      `${against ? "in the gallery" : `among ${facesOf(dataset)}`}, the query left out` +
      `${evaluation.leftOut ? `, and with it all faces of its ${protocol.leaveOut}` : ""}`,
    Gaussians:
      `fitted to the ${against ? "gallery's" : protocol.leaveOneOut ? "other" : "training"} faces, sigma ${String(protocol.sigma)}, ` +
      `priors ${String(protocol.priors)}`,
    intervals: `95 %, ${count(protocol.bootstrap)} bootstrap draws of ${facesOf(dataset)}`,
    twins: twins
      ? `${count(twins.count)} faces stand pixel for pixel in the training data; measured with and without`
      : against
        ? "not looked for: queries are compared with the gallery"
        : protocol.leaveOneOut
          ? "not looked for: there is no training data"
          : "none: no face stands pixel for pixel in the training data",
    run: isModel
      ? `the model ${evaluated.card.name} ${evaluated.card.version}`
      : `${run}, preset ${evaluated.settings.preset}, seed ${evaluated.settings.seed}`,
  };
}

const facesOf = ({ split, against }: MeasuredSpace["dataset"]) =>
  against ? "the queries" : split === "all" ? "all faces" : `the ${split} faces`;
export const count = (n: number) => n.toLocaleString("en-US");
