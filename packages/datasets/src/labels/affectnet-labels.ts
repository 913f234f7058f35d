import type { Expression } from "@semblant/core";
import { show } from "@semblant/core/internals";

/**
 * AffectNet's codes 0 to 7: neutral, happiness, sadness, surprise, fear, disgust, anger, contempt (Mollahosseini et al. 2017). In the
 * project's class indices that is 0, 1, 3, 2, 6, 5, 4, 7, the map of the paper's published code.
 */
const codes: readonly Expression[] = ["neutral", "happiness", "sadness", "surprise", "fear", "disgust", "anger", "contempt"];
/** Codes that are no expression: None, Uncertain, No-Face. */
const others: Readonly<Record<number, string>> = { 8: "labelled none of the eight", 9: "labelled uncertain", 10: "labelled not a face" };

/** The label of a code written as text, why it has none, or what is wrong with it. */
export type AffectNetLabel = { readonly label: Expression } | { readonly dropped: string } | { readonly problem: string };

/**
 * What AffectNet's code for an expression says.
 *
 * @example
 * affectNetLabel("6"); // { label: "anger" }
 * affectNetLabel("9"); // { dropped: "labelled uncertain" }
 */
export function affectNetLabel(text: string): AffectNetLabel {
  const code = /^\d+(\.0*)?$/.test(text) ? Number(text) : Number.NaN;
  const label = codes[code];
  if (label !== undefined) return { label };
  const dropped = others[code];
  return dropped === undefined ? { problem: `expected an expression from 0 to 10, but got ${show(text.slice(0, 40))}.` } : { dropped };
}
