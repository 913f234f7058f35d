import type { DomainShift } from "@semblant/core";
import { measureShift } from "@semblant/core/internals";
import { alignClasses, type Dataset, type LabeledImages, samePeople, withoutPeople } from "@semblant/datasets";
import type { ModelCard } from "@semblant/faces";
import { type DataSettings, otherData } from "@semblant/training/settings";
import { askedGallery } from "../data/asked-gallery.ts";
import { type EvaluatedDataOptions, otherPlace, refuseEmpty, sameplace } from "../data/evaluated-data.ts";
import { openData, refuseUnlabeled } from "../data/open-data.ts";
import { type MeasuredSpace, measureWithoutTwins } from "../models/measured.ts";
import { dataOfModel, neededData, openMeasuredModel, refuseWeights } from "../models/measured-model.ts";
import { againstOf, type MeasuringOptions, measure } from "./measuring.ts";

export interface EvaluateModelOptions extends EvaluatedDataOptions, MeasuringOptions {
  /** How a run reads the data, where the model is measured beside one; the data is then the run's. */
  readonly like?: DataSettings;
  /** Runs have several; a model has one. */
  readonly weights?: "best" | "last";
  readonly mirror?: boolean;
  readonly threads?: number;
}

/** An exported model measured on data. What its own Gaussians say is the head of the evaluation. */
export interface EvaluatedModel extends MeasuredSpace {
  readonly card: ModelCard;
  /** How unlike the faces that the model learned from these are, where its card can say. */
  readonly shift?: DomainShift;
  /** How the data was read. */
  readonly settings: { readonly data: DataSettings };
}

/**
 * Measures an exported model as a run is measured, without libtorch: the faces are embedded by its file in ONNX Runtime, and named by the
 * Gaussians that it carries and by neighbours. The Gaussians are the `head` of the evaluation, discounted where the faces are unlike those
 * that the model learned from. The neighbours are the data's training faces, others that are named as the gallery, or,
 * where the data has no
 * training faces, all other faces of the data: each is then left out of what it is asked of.
 * Data that says which faces are queries is measured by its own gallery. Where it has labels that the model does not know, its queries
 * look for those, and the Gaussians are not asked.
 *
 * @param name `best`, `small`, or a file of `semblant export` or `adapt`
 * @throws OptionError if no data is named, or what only runs have is asked for
 * @throws DataError if there is no such model or data, or the data has no labels or others than the model knows
 */
export async function evaluateModel(
  name: string,
  options: EvaluateModelOptions = {},
  progress: (text: string) => void = () => {},
): Promise<EvaluatedModel> {
  const { like, weights, mirror = false, threads, data, gallery, split: asked, overrides = [] } = options;
  refuseWeights("evaluate", name, weights);
  const source = neededData("evaluate", name, data ?? like?.source, `semblant evaluate ${name} --data faces/`);
  const opened = await openMeasuredModel(name, { threads }, progress);
  try {
    const { model } = opened;
    const { classes, card } = model;
    const split = like !== undefined ? like.split : asked === "all" ? "test" : "undrawn";
    const settings = dataOfModel(model, source, { like: { ...like, split }, overrides });
    progress("reading the data ...");
    const measured = await openData(settings, progress);
    refuseUnlabeled("evaluate", measured, source, (asked === "validation" ? measured.validation : measured.test).images.count);
    const queries = askedGallery(measured, classes, { split: asked, gallery: otherPlace(gallery, source), source });
    const part = queries?.split ?? (measured.drawn === "not at all" && asked !== "validation" ? "all" : (asked ?? "test"));
    const found = part === "validation" ? measured.validation : measured.test;
    refuseEmpty(found, part, source);
    const test = queries?.queries ?? alignClasses(found, classes, `${measured.name} at ${source}`);
    const taught = queries ? undefined : await galleryOf({ measured, settings, gallery, source }, progress);
    const train = queries?.gallery ?? (taught && alignClasses(taught.images, classes, taught.name));

    progress(`embedding ${(test.images.count + (train?.images.count ?? 0)).toLocaleString("en-US")} faces ...`);
    const X = await opened.embed(test, { mirror });
    const voting = train === undefined ? X : await opened.embed(train, { mirror });
    progress("measuring ...");
    const named = queries?.known !== false;
    const measuredShift = named && card.shift !== undefined ? measureShift(X, model, card.shift) : undefined;
    const head = named ? (measuredShift?.posterior ?? model.gaussians.posterior(X)) : undefined;
    const evaluation = measure(
      { train: voting, test: X, leaveOneOut: train === undefined, asked: queries, head, ...sigmaOf(card) },
      options,
    );
    const twins = train && taught && measureWithoutTwins({ train, test, ...taught.unused }, evaluation);
    return {
      run: name,
      card,
      settings: { data: settings },
      dataset: {
        name: measured.name,
        labels: measured.labelSource,
        split: part,
        n: X.rows,
        ...(measured.faces && { faces: measured.faces }),
        ...(queries && { against: againstOf(queries) }),
      },
      ...(taught?.other && { gallery: { name: taught.name, labels: taught.labels, n: voting.rows } }),
      evaluation,
      ...(queries?.known === false && { known: false as const }),
      ...(twins && { twins }),
      ...(measuredShift && { shift: measuredShift.shift }),
      ...(options.nearest !== undefined && { nearest: options.nearest }),
      embeddings: { train: voting, test: X },
      images: { train: train ?? test, test },
    };
  } finally {
    await opened.close();
  }
}

interface Gallery {
  readonly images: LabeledImages;
  readonly name: string;
  readonly labels: string;
  /** Whether it is of other data than what is measured. */
  readonly other: boolean;
  readonly unused: Pick<Dataset, "unusedTrain">;
}

/** Whose faces vote: another set's training faces (all of them where it has no splits), the data's own, or nobody's. */
async function galleryOf(
  given: { readonly measured: Dataset; readonly settings: DataSettings; readonly gallery: string | undefined; readonly source: string },
  progress: (text: string) => void,
): Promise<Gallery | undefined> {
  const { measured, settings, gallery, source } = given;
  const of = (data: Dataset, images: LabeledImages, other: boolean): Gallery => ({
    images,
    name: data.name,
    labels: data.labelSource,
    other,
    unused: data.unusedTrain ? { unusedTrain: data.unusedTrain } : {},
  });
  if (gallery === undefined || sameplace(gallery, source)) {
    return measured.train.images.count === 0 ? undefined : of(measured, measured.train, false);
  }
  const data = await openData({ ...otherData(settings, gallery), split: "undrawn" }, progress);
  const images = data.train.images.count > 0 ? data.train : data.test;
  refuseUnlabeled("evaluate", data, gallery, images.images.count);
  // Names of people mean others in another set, so that nobody stands in both.
  return of(data, samePeople(data, measured) ? images : withoutPeople(images), true);
}

/** The width of the model's Gaussians, where they have one. */
function sigmaOf({ gaussians: { sigmas } }: ModelCard): { readonly sigma?: number } {
  const [first] = sigmas;
  return first !== undefined && sigmas.every((sigma) => sigma === first) ? { sigma: first } : {};
}
