import type { DomainShift, Embeddings } from "@semblant/core";
import { measureShift } from "@semblant/core/internals";
import type { Dataset, LabeledImages } from "@semblant/datasets";
import { isModel } from "@semblant/photos/internals";
import { setThreads } from "@semblant/torch";
import { embed, loadRun } from "@semblant/training";
import { type DataSettings, dataSettings, otherData, withoutTeachers } from "@semblant/training/settings";
import { openData } from "../data/open-data.ts";
import { isMovedThere, refuseGone } from "../data/own-data.ts";
import { dataOfModel, neededData, openMeasuredModel, refuseWeights } from "../models/measured-model.ts";
import { runFolder } from "./run-folder.ts";

/** Whose faces are embedded by what. */
export interface EmbedderOptions {
  /** Folder or table of faces; by default what the run was trained on. A model needs it. */
  readonly data?: string | undefined;
  /** How the splits of other data come to be: `undrawn` takes all as test where there are none, `test` takes all in any case. */
  readonly split: DataSettings["split"];
  readonly weights?: "best" | "last" | undefined;
  readonly threads?: number | undefined;
  /** `data.name=value`: how the data is read. */
  readonly overrides?: readonly string[];
}

/** A run or an exported model with the data that it is asked about. */
export interface Embedder {
  readonly data: Dataset;
  /** Where the data is. */
  readonly source: string;
  /** The step after which a run's weights were so; undefined of a model. */
  readonly step?: number;
  embed(images: LabeledImages): Promise<Embeddings>;
  /** How unlike the faces that a model learned from such points are; undefined of a run, and where the model's card cannot say. */
  shift(X: Embeddings): DomainShift | undefined;
  /** Frees the network. */
  close(): Promise<void>;
}

/**
 * Opens a run, or an exported model, and the data that it is asked about. A model takes no libtorch.
 *
 * @param where the command
 * @throws OptionError if a model is asked about no data, or for weights
 * @throws DataError if there is no such run, model or data
 */
export async function openEmbedder(
  where: string,
  name: string,
  options: EmbedderOptions,
  progress: (text: string) => void = () => {},
): Promise<Embedder> {
  return isModel(name) ? modelEmbedder(where, name, options, progress) : runEmbedder(name, options, progress);
}

async function modelEmbedder(
  where: string,
  name: string,
  { data: given, split, weights, threads, overrides = [] }: EmbedderOptions,
  progress: (text: string) => void,
): Promise<Embedder> {
  refuseWeights(where, name, weights);
  const source = neededData(where, name, given, `semblant ${where} ${name} faces/`);
  const opened = await openMeasuredModel(name, { threads }, progress);
  try {
    progress("reading the data ...");
    const data = await openData(dataOfModel(opened.model, source, { like: { split }, overrides }), progress);
    const { model } = opened;
    const shift = (X: Embeddings) => (model.card.shift === undefined ? undefined : measureShift(X, model, model.card.shift)?.shift);
    return { data, source, embed: (images) => opened.embed(images), shift, close: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function runEmbedder(
  name: string,
  { data: given, split, weights = "best", threads, overrides = [] }: EmbedderOptions,
  progress: (text: string) => void,
): Promise<Embedder> {
  if (threads !== undefined) setThreads(threads);
  const { settings, network, loss, step, data: trainedOn } = loadRun(runFolder(name), { which: weights });
  try {
    progress("reading the data ...");
    const own = withoutTeachers(settings.data);
    if (given === undefined) refuseGone(own.source);
    const moved = given !== undefined && (await isMovedThere({ own, trainedOn }, given));
    const elsewhere = () => ({ ...otherData(own, given as string), split });
    const wanted = given === undefined ? own : moved ? { ...own, source: given } : elsewhere();
    const data = await openData(dataSettings(wanted, overrides), progress);
    const how = { precision: settings.precision, normalize: loss.normalized ?? false };
    return {
      data,
      source: given ?? settings.data.source,
      step,
      embed: async (images) => embed(network, images, how),
      shift: () => undefined,
      close: async () => network.dispose(),
    };
  } catch (error) {
    network.dispose();
    throw error;
  }
}
