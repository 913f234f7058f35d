import { DataError, type DomainShift } from "@semblant/core";
import type { RowGroups } from "@semblant/photos";
import { type ClusterRowsOptions, clusterRows } from "@semblant/photos/internals";
import { openEmbedder } from "./embedder.ts";

export interface ClusterDataOptions extends ClusterRowsOptions {
  /** Folder or table of faces; by default the run's own test faces. A model needs it. */
  readonly data?: string;
  /** `data.name=value`: how the data is read. */
  readonly overrides?: readonly string[];
}

/** A data set's faces in groups. */
export interface ClusteredData extends RowGroups {
  readonly dataset: { readonly name: string; readonly labels: string; readonly n: number };
  /** How unlike the faces that a model learned from these are, where its card can say. */
  readonly shift?: DomainShift;
}

/**
 * Groups all faces of a data set, with or without labels, by where a run or an exported model puts them. A run without data groups its
 * own test faces.
 *
 * @param name a run, `best`, `small`, or a file of `semblant export` or `adapt`
 * @throws OptionError if an option is out of range or unknown, or a model is asked about no data
 * @throws DataError if there is no such run, model or data, or fewer than two faces
 *
 * @example
 * await clusterData("best");
 * // throws OptionError: cluster: expected data with the model best, which does not hold the faces that it was made from, but got none.
 */
export async function clusterData(
  name: string,
  { data: source, overrides = [], ...options }: ClusterDataOptions = {},
  progress: (text: string) => void = () => {},
): Promise<ClusteredData> {
  const embedder = await openEmbedder("cluster", name, { data: source, split: "test", overrides }, progress);
  try {
    const { data } = embedder;
    const n = data.test.images.count;
    if (n < 2) throw new DataError(`cluster: expected at least 2 faces in ${embedder.source}, but it has ${n}.`);
    progress(`embedding ${n.toLocaleString("en-US")} faces ...`);
    const X = await embedder.embed(data.test);
    progress("grouping faces ...");
    const shift = embedder.shift(X);
    return { dataset: { name: data.name, labels: data.labelSource, n }, ...clusterRows(X, options), ...(shift && { shift }) };
  } finally {
    await embedder.close();
  }
}
