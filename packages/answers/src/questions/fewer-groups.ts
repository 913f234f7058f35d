import type { Embeddings } from "@semblant/core";

/** Why there are fewer groups than were asked for. */
export interface FewerGroups {
  readonly asked: number;
  readonly reason: string;
}

/**
 * What is to be said where fewer groups came out than were asked for; undefined where none is missing.
 *
 * @param formed groups before small ones were left out
 */
export function fewerGroups(
  X: Embeddings,
  {
    asked,
    formed,
    found,
    least,
  }: { readonly asked: number | undefined; readonly formed: number; readonly found: number; readonly least: number },
): FewerGroups | undefined {
  if (asked === undefined || found >= asked) return undefined;
  const different = new Set(Array.from({ length: X.rows }, (_, row) => X.row(row).join())).size;
  if (different === 1) return { asked, reason: "the rows are all alike" };
  if (different < asked) return { asked, reason: `only ${different} rows differ` };
  if (found < formed) return { asked, reason: `those of fewer than ${least} are none` };
  return { asked, reason: "no row is likeliest in the others" };
}

/** How the number of groups came about, as a line goes on. */
export function howMany(method: "BIC" | "given number" | "similarity", fewer: FewerGroups | undefined): string {
  if (fewer !== undefined) return `of ${fewer.asked} asked, since ${fewer.reason}`;
  return { "given number": "as asked", BIC: "by BIC", similarity: "by similarity" }[method];
}
