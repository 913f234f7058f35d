import type { DataSettings } from "../settings.ts";
import type { Dataset } from "./dataset.ts";
import { generateFaces } from "./generated/generate.ts";
import { readDataset } from "./read-dataset.ts";

/**
 * The data set that a run's settings name: generated faces, or what is at the path.
 *
 * Generated faces are the same whatever the seed of the training, so that runs with several seeds are runs on one data set.
 *
 * @throws DataError if nothing known is at the path, or what is there is faulty
 *
 * @example
 * const data = await openData(resolveSettings({ data: { count: 240 } }).data);
 * data.train.images.count; // 160
 */
export async function openData({ source, count, difficulty, votes, attribute, ...options }: DataSettings): Promise<Dataset> {
  if (source === "generated") return generateFaces({ count, difficulty });
  return readDataset(source, { ...options, ...(votes !== null && { votes }), ...(attribute !== null && { attribute }) });
}
