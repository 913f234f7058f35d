import type { PhotoFace } from "../../client/shapes.ts";
import type { Words } from "../../strings/language.ts";

/** What is said of a face in one or two words: how it looks, or that this is not sure. */
export function lookInWords({ verdict, expression }: Pick<PhotoFace, "verdict" | "expression">, { design, look }: Words): string {
  if (verdict === "named" || verdict === "corrected") return look(expression);
  return verdict === "unsure" ? design.verdicts.unsure : verdict === "turned" ? design.verdicts.turned : design.verdicts.none;
}
