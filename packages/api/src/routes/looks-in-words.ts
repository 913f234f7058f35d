import { type LookedAt, lookOf } from "@semblant/answers";

/** How a face looks, for a person: "happy-looking" where it has a name; else "unsure", "none of these" or "turned". */
export function looksInWords({ expression, verdict }: Pick<LookedAt, "expression" | "verdict">): string {
  return verdict === "named" || verdict === "corrected" ? lookOf(expression) : verdict;
}
