import { type DomainShift, OptionError } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import type { Audit } from "@semblant/photos";
import { type AuditOfFacesOptions, auditFaces, isModel, type NamedPhoto, shiftOf } from "@semblant/photos/internals";
import { openData, refuseUnlabeled } from "../data/open-data.ts";
import { dataOfModel, neededData, openMeasuredModel } from "../models/measured-model.ts";

export interface AuditDataOptions extends Omit<AuditOfFacesOptions, "labelOf"> {
  /** Folder or table of labelled faces, in any layout that is read. */
  readonly data?: string;
  readonly threads?: number;
  /** `data.name=value`: how the data is read. */
  readonly overrides?: readonly string[];
}

/** A data set's doubtful labels. */
export interface AuditedData {
  readonly dataset: { readonly name: string; readonly labels: string; readonly n: number };
  readonly answer: Audit;
  /** How unlike the faces that the model learned from these are, where its card can say. */
  readonly shift?: DomainShift;
}

/**
 * Looks through the labels of a whole data set with an exported model, as `audit` looks through a folder: the labels are those of the
 * data (file names, tables, folders), the faces those that it is read with. Pictures in which no face is found are named, not judged.
 * No libtorch is needed.
 *
 * @param name `best`, `small`, or a file of `semblant export` or `adapt`
 * @throws OptionError if it is a run, no data is named, or an option is out of range or unknown
 * @throws DataError if there is no such model or data, or the data has no labels
 *
 * @example
 * await auditData("runs/1");
 * // throws OptionError: audit: expected a model (best, small, posed, a file of semblant export or adapt), but runs/1 is a run.
 */
export async function auditData(
  name: string,
  { data: given, threads, overrides = [], ...options }: AuditDataOptions = {},
  progress: (text: string) => void = () => {},
): Promise<AuditedData> {
  if (!isModel(name)) {
    throw new OptionError(
      `audit: expected a model (best, small, posed, a file of semblant export or adapt), but ${name} is a run.\n` +
        `  Make a model of it: semblant export ${name} --out model.onnx`,
    );
  }
  const source = neededData("audit", name, given, `semblant audit ${name} faces/`);
  const opened = await openMeasuredModel(name, { threads }, progress);
  try {
    const { model } = opened;
    progress("reading the data ...");
    const data = await openData(dataOfModel(model, source, { like: { split: "test", noFace: "out" }, overrides }), progress);
    refuseUnlabeled("audit", data, source);
    const faces = data.test;
    progress(`embedding ${faces.images.count.toLocaleString("en-US")} faces ...`);
    const embeddings = await opened.embed(faces);
    progress("looking through labels ...");
    const labelOf = ({ id }: NamedPhoto) => data.classes[faces.labels[id - 1] as number];
    const withoutFaces = data.faces?.kept === false ? data.faces.notFound : [];
    const set = { ...facesOf(faces), embeddings, model };
    const answer = { ...auditFaces(set, { ...options, labelOf }), withoutFaces };
    const shift = shiftOf(set);
    return { dataset: { name: data.name, labels: data.labelSource, n: faces.images.count }, answer, ...(shift && { shift }) };
  } finally {
    await opened.close();
  }
}

/** A face a picture, all of what was read of it. */
function facesOf({ images: { count, width, height }, ids }: LabeledImages) {
  const box = { x: 0, y: 0, width, height };
  return {
    faces: Array.from({ length: count }, (_, i) => ({ id: i + 1, photo: i + 1, box })),
    photos: new Map(ids.map((path, i) => [i + 1, { id: i + 1, path }])),
  };
}
