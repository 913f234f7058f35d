import { formatTable } from "@semblant/core/internals";
import type { RowGroups } from "@semblant/photos";
import { counted, howMany, percent } from "@semblant/photos/internals";

/** Groups of embeddings as a table. */
export function formatClustered({ rows, groups, method, clusters, fewer }: RowGroups, noun: "row" | "face" = "row"): string {
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
    `${counted(rows, noun)} ` +
      `in ${counted(groups.length, "group")}, ${howMany(method, fewer)}${alone > 0 ? `; ${counted(alone, noun)} in none` : ""}`,
    "",
    formatTable([["", `${noun}s`, "share", ...(labelled ? ["of its class"] : []), "medoid"], ...lines]),
  ].join("\n");
}
