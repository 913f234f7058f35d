import { inspectDataset } from "@semblant/datasets";
import { dataSettings, optionsOfData, resolveSettings } from "@semblant/training/settings";
import { openFaceFinder } from "./face-finder.ts";
import { sayKept } from "./open-data.ts";

export const labelModes = ["majority", "probability", "crossentropy", "multi_target", "votes"] as const;

export interface InspectDataOptions {
  readonly labels?: (typeof labelModes)[number];
  /** `data.name=value`: how the data is read. */
  readonly overrides?: readonly string[];
}

/**
 * What is at the path: layout, counts, what is dropped, twins across splits, faults.
 *
 * @example
 * await inspectData("no/such"); // throws DataError: data at no/such: no such file or folder.
 */
export async function inspectData(
  path: string,
  { labels, overrides = [] }: InspectDataOptions = {},
  progress: (text: string) => void = () => {},
) {
  const settings = dataSettings(resolveSettings({ data: { source: path, ...(labels !== undefined && { labels }) } }).data, overrides);
  const finder = openFaceFinder((done, total) => progress(`finding faces: ${done}/${total}`));
  try {
    const inspection = await inspectDataset(path, { ...optionsOfData(settings), finder });
    sayKept(inspection);
    return inspection;
  } finally {
    await finder.close();
  }
}
