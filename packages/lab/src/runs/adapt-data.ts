import { Embeddings, OptionError } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import type { AdaptedFaces, KeepAdaptedOptions } from "@semblant/photos";
import {
  type AdaptFacesOptions,
  adaptFaces,
  keepAdapted,
  modelOfLibrary,
  refuseKeptNowhere,
  refuseOtherLibrary,
} from "@semblant/photos/internals";
import { openData, refuseUnlabeled } from "../data/open-data.ts";
import { dataOfModel, openMeasuredModel } from "../models/measured-model.ts";

export interface AdaptDataOptions extends AdaptFacesOptions, KeepAdaptedOptions {
  /** The model that is adapted: `best`, `small` or a file of `semblant export` (best, or that of the library that it is for). */
  readonly model?: string;
  readonly threads?: number;
  /** Where the library of `into` lies, if not in that folder: a file, or the address of a PostgreSQL server. */
  readonly library?: string;
  /** `data.name=value`: how the data is read. */
  readonly overrides?: readonly string[];
}

/** A model that was adapted to a data set. */
export interface AdaptedToData extends AdaptedFaces {
  readonly dataset: { readonly name: string; readonly labels: string; readonly n: number };
  /** Where it is kept as a file; absent where it was no better, or no file was asked for. */
  readonly file?: string;
  /** The library that answers by it from now on. */
  readonly library?: string;
  /** Pictures in which no face was found. */
  readonly withoutFaces: readonly string[];
}

/**
 * Adapts a model to a data set, as `adapt` adapts it to a labelled folder: labels and persons are those of the data (a table's columns
 * `label` and `subject`, file names, folders), the faces those that it is read with. All of its splits are taken. No libtorch is needed.
 *
 * @param data folder or table of labelled faces, in any layout that is read
 * @throws OptionError if the model is to be kept nowhere, or an option is out of range or unknown
 * @throws DataError if there is no such data or model, the data has no labels, the model does not know one, or there are fewer than 3
 *   faces of a class
 *
 * @example
 * await adaptData("faces.csv"); // throws OptionError: adapt: expected --out and a file
 */
export async function adaptData(
  data: string,
  options: AdaptDataOptions = {},
  progress: (text: string) => void = () => {},
): Promise<AdaptedToData> {
  refuseUnknown("adaptData", options, ["model", "threads", "overrides", "newClasses", "only", "seed", "out", "into", "library"]);
  const { threads, overrides = [], out, into, library, ...adapting } = options;
  const keeping = { ...(out !== undefined && { out }), ...(into !== undefined && { into }), ...(library !== undefined && { library }) };
  if (library !== undefined && typeof into !== "string") {
    throw new OptionError("adapt: expected a folder whose library it is with library, but into names none.");
  }
  refuseKeptNowhere(keeping);
  const ofLibrary = await modelOfLibrary(keeping); // where there is no library, it is said before the work
  const model = options.model ?? ofLibrary ?? "best";
  const opened = await openMeasuredModel(model, { threads }, progress);
  try {
    await refuseOtherLibrary(keeping, opened.model.card);
    progress("reading the data ...");
    const set = await openData(dataOfModel(opened.model, data, { like: { noFace: "out" }, overrides }), progress);
    refuseUnlabeled("adapt", set, data);
    const parts = [set.train, set.validation, set.test].filter(({ images }) => images.count > 0);
    const n = parts.reduce((sum, { images }) => sum + images.count, 0);
    progress(`embedding ${n.toLocaleString("en-US")} faces ...`);
    const embedded: Embeddings[] = [];
    for (const part of parts) embedded.push(await opened.embed(part));
    const steps = adaptFaces(opened.model.card, { data: set.name, ...together(embedded, set.classes) }, adapting);
    let step = steps.next();
    for (; !step.done; step = steps.next()) progress(`judging: ${step.value.done}/${step.value.of}`);
    const kept = await keepAdapted(step.value, keeping, { card: opened.model.card, model });
    const withoutFaces = set.faces?.kept === false ? set.faces.notFound : [];
    return { dataset: { name: set.name, labels: set.labelSource, n }, ...step.value, ...kept, withoutFaces };
  } finally {
    await opened.close();
  }
}

/** The faces of all splits. A sequence stands for its person where that is not known. */
function together(parts: readonly Embeddings[], classes: readonly string[]) {
  const values = new Float32Array(parts.reduce((sum, { values: own }) => sum + own.length, 0));
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    at += part.values.length;
  }
  const rows = parts.flatMap((part) => Array.from({ length: part.rows }, (_, i) => ({ part, i })));
  const columns = parts[0]?.columns ?? 1;
  return {
    embeddings: new Embeddings(values, columns),
    given: rows.map(({ part, i }) => classes[part.labels?.[i] as number] as string),
    people: rows.map(({ part, i }) => part.people?.[i] || part.sequences?.[i] || ""),
  };
}
