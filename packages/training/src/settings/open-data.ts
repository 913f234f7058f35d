import { OptionError, show } from "@semblant/core";
import { type Dataset, type DatasetOptions, type FaceFinder, generateFaces, readDataset, softenLabels } from "@semblant/datasets";
import type { DataSettings } from "./setting-types.ts";
import { resolveSettings } from "./settings.ts";

/**
 * The data set that a run's settings name: generated faces, or what is at the path.
 *
 * Generated faces are the same whatever the seed of the training, so that runs with several seeds are runs on one data set.
 *
 * @param options `finder`: what finds the faces of pictures that are heads or whole photos; such pictures cannot be read without one, unless
 *   `crop` takes them as they are
 * @throws DataError if nothing known is at the path, or what is there is faulty
 * @throws OptionError if faces are to be found and there is no finder
 *
 * @example
 * const data = await openData(resolveSettings({ data: { count: 240 } }).data);
 * data.train.images.count; // 160
 */
export async function openData(settings: DataSettings, { finder }: { readonly finder?: FaceFinder } = {}): Promise<Dataset> {
  const options = { ...optionsOfData(settings), ...(finder && { finder }) };
  const data = settings.source === "generated" ? drawnFaces(settings) : await readDataset(settings.source, options);
  return settings.softLabels === null ? data : softenLabels(data, settings.softLabels);
}

/** The faces drawn last, since many runs in a row are measured on the same ones and drawing takes milliseconds a face. */
let drawn: { readonly key: string; readonly data: Dataset } | undefined;

function drawnFaces({ count, difficulty }: DataSettings): Dataset {
  const key = `${count} ${difficulty}`;
  if (drawn?.key !== key) drawn = { key, data: generateFaces({ count, difficulty }) };
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
  return { ...own, source, labels: "majority", crop, corrections: null, softLabels: null };
}

/** The options of {@link readDataset} that settings of data stand for. */
export function optionsOfData({
  source: _source,
  count: _count,
  difficulty: _difficulty,
  softLabels: _softLabels,
  votes,
  attribute,
  corrections,
  ...options
}: DataSettings): DatasetOptions {
  return {
    ...options,
    ...(votes !== null && { votes }),
    ...(attribute !== null && { attribute }),
    ...(corrections !== null && { corrections }),
  };
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
