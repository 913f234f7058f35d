import { DataError, OptionError } from "@semblant/core";
import { remark } from "@semblant/core/internals";
import { alignClasses, type Dataset, type LabeledImages, queryGallery } from "@semblant/datasets";

/** The queries of data that says which faces are queries, and the gallery that they look in. */
export interface AskedGallery {
  readonly queries: LabeledImages;
  readonly gallery: LabeledImages;
  /** (queries): the gallery face that each query is, −1 where it is none. */
  readonly itself: Int32Array;
  /** The split that they are of. */
  readonly split: "test" | "validation" | "all";
  /** Whether the labels are those that the run or the model knows: else the table's own. */
  readonly known: boolean;
}

interface AskedOptions {
  readonly split: AskedGallery["split"] | undefined;
  /** Another place that was named as the gallery. */
  readonly gallery: string | undefined;
  readonly source: string;
}

/**
 * The queries and the gallery of data that has such; undefined of other data. Its labels are those that a run or a model knows by name,
 * or its own where not all are known: people, numbers.
 *
 * @param asked the split; by default the one that has queries
 * @throws DataError if no query has a face of its class to find
 * @throws OptionError if another gallery is named
 */
export function askedGallery(
  measured: Dataset,
  classes: readonly string[],
  { split: asked, gallery, source }: AskedOptions,
): AskedGallery | undefined {
  const splits = asked === undefined ? (["test", "validation"] as const) : ([asked === "validation" ? "validation" : "test"] as const);
  const split = splits.find((name) => measured[name].roles !== undefined && queryGallery(measured[name]) !== undefined);
  const parts = split && queryGallery(measured[split]);
  if (split === undefined || parts === undefined) return undefined;
  if (gallery !== undefined) {
    throw new OptionError(
      `evaluate: expected no --gallery with ${source}, which says itself which faces are the gallery, but got ${gallery}.`,
    );
  }
  refuseUnfindable(parts, source);
  const name = `${measured.name} at ${source}`;
  const [queries, among] = [known(parts.queries, classes, name), known(parts.gallery, classes, name)];
  const part = asked === "all" ? "all" : split;
  if (queries !== undefined && among !== undefined) return { queries, gallery: among, itself: parts.itself, split: part, known: true };
  remark(`${measured.name} has labels that were not learned: its queries look for their own labels, and are not named.`);
  return { ...parts, split: part, known: false };
}

function known(images: LabeledImages, classes: readonly string[], name: string): LabeledImages | undefined {
  try {
    return alignClasses(images, classes, name);
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return undefined;
  }
}

function refuseUnfindable({ queries, gallery, itself }: Pick<AskedGallery, "queries" | "gallery" | "itself">, source: string): void {
  const counts = new Map<number, number>();
  for (const label of gallery.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const finds = (query: number) => (counts.get(queries.labels[query] as number) ?? 0) > ((itself[query] as number) < 0 ? 0 : 1);
  if (Array.from(queries.labels.keys()).some(finds)) return;
  throw new DataError(
    `evaluate: expected queries of classes that are in the gallery of ${source}, but no query has another face of its class there.`,
  );
}
