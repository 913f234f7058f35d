import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import {
  type Dataset,
  type DatasetOptions,
  type DrawnSet,
  drawnSets,
  type FaceFinder,
  readDataset,
  softenLabels,
  valuesOf,
} from "@semblant/datasets";
import { defaultsElsewhere } from "./set-settings.ts";
import type { DataSettings } from "./setting-types.ts";
import { resolveSettings } from "./settings.ts";

/**
 * The data set that a run's settings name: generated faces, or what is at the path.
 *
 * Generated faces are the same whatever the seed of the training, so that runs with several seeds are runs on one data set.
 *
 * @param options `finder`: what finds the faces of pictures that are heads or whole photos; such pictures cannot be read
 *   without one, unless
 *   `crop` takes them as they are
 * @throws DataError if nothing known is at the path, or what is there is faulty
 * @throws OptionError if faces are to be found and there is no finder
 *
 * @example
 * const data = await openData(resolveSettings({ data: { count: 240 } }).data);
 * data.train.images.count; // 160
 */
export async function openData(settings: DataSettings, { finder }: { readonly finder?: FaceFinder } = {}): Promise<Dataset> {
  const set = drawnSets.find(({ source }) => source === settings.source);
  const options = { ...optionsOfData(settings), ...(finder && { finder }) };
  const data = set === undefined ? await readDataset(settings.source, options) : drawnFaces(set, settings);
  return settings.softLabels === null ? data : softenLabels(data, settings.softLabels);
}

/** The faces drawn last, since many runs in a row are measured on the same ones and drawing takes milliseconds a face. */
let drawn: { readonly key: string; readonly data: Dataset } | undefined;

function drawnFaces(set: DrawnSet, settings: DataSettings): Dataset {
  const own = valuesOf(set.options, settings);
  const key = `${set.source} ${JSON.stringify(own)}`;
  if (drawn?.key !== key) drawn = { key, data: set.draw(own) };
  return drawn.data;
}

/**
 * The data settings of a run as it is measured, embedded and exported with: without the soft labels that taught it, which change nothing
 * there and need not be where they were.
 *
 * @example
 * withoutTeachers(resolveSettings({ data: { softLabels: "soft.csv" } }).data).softLabels; // null
 */
export function withoutTeachers(settings: DataSettings): DataSettings {
  return { ...settings, softLabels: null };
}

/**
 * The settings with which a run reads other data than its own: labels by majority, without corrections and soft labels of its own data, and
 * with faces found where that data is no faces, also where the run was trained before faces were looked for.
 *
 * @example
 * otherData(resolveSettings({ data: { crop: "source", corrections: "fixes.csv" } }).data, "jaffe/").crop; // "auto"
 */
export function otherData(own: DataSettings, source: string): DataSettings {
  const crop = own.crop === "source" ? "auto" : own.crop;
  return { ...own, ...defaultsElsewhere, source, crop, corrections: null, softLabels: null };
}

/** The options of {@link readDataset} that settings of data stand for. */
export function optionsOfData({ source: _source, softLabels: _softLabels, corrections, ...options }: DataSettings): DatasetOptions {
  return { ...options, ...(corrections !== null && { corrections }) };
}

/**
 * Data settings with overrides (`data.crop=whole`) over them.
 *
 * @throws OptionError for an override of anything but the data, an unknown name, or a value out of its range
 *
 * @example
 * dataSettings(resolveSettings({ data: { source: "ck/" } }).data, ["data.neutral=subject"]).neutral; // "subject"
 */
export function dataSettings(data: DataSettings, overrides: readonly string[]): DataSettings {
  const other = overrides.find((override) => !override.trim().startsWith("data."));
  if (other !== undefined)
    throw new OptionError(`settings: expected an override of the data, like data.crop=whole, but got ${show(other)}.`);
  return resolveSettings({ data }, overrides).data;
}
