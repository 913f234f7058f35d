import { formatTable, OptionError } from "@semblant/core";
import { type ClusteredEmbeddings, howMany } from "@semblant/photos";
import { counted, percent } from "@semblant/photos/sheets";

/** What only a folder of photos can be asked for. */
const ofFolders = ["similarity", "sheet", "filter", "library", "model", "followLinks"] as const;

/**
 * Refuses what only a folder of photos can be asked for.
 *
 * @param got what was given in its place: `the embeddings faces.npy`
 * @throws OptionError for the first of them
 */
export function refuseFolderOptions(where: string, got: string, options: Readonly<Record<string, unknown>>): void {
  const given = ofFolders.find((name) => options[name] !== undefined) ?? (options.index === false ? "no-index" : undefined);
  if (given === undefined) return;
  const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new OptionError(`${where}: expected a folder of photos with --${flag}, but got ${got}.`);
}

/** The answer as a table. */
export function formatClustered({ rows, groups, method, clusters, fewer }: ClusteredEmbeddings, noun: "row" | "face" = "row"): string {
  const labelled = groups.some(({ purity }) => purity !== undefined);
  const alone = clusters.filter((group) => group < 0).length;
  const lines = groups.map(({ name, size, share, purity, medoid }) => [
    name,
    `${size}`,
    percent(share),
    ...(labelled ? [percent(purity ?? 0)] : []),
    medoid.id,
  ]);
  return [
    `${counted(rows, noun)} in ${counted(groups.length, "group")}, ${howMany(method, fewer)}${alone > 0 ? `; ${counted(alone, noun)} in none` : ""}`,
    "",
    formatTable([["", `${noun}s`, "share", ...(labelled ? ["of its class"] : []), "medoid"], ...lines]),
  ].join("\n");
}
