import type { Expression } from "@semblant/core";

/** RAF-DB's basic labels 1 to 7 (Li et al. 2017). */
export const rafDbLabels: readonly Expression[] = ["surprise", "fear", "disgust", "happiness", "sadness", "anger", "neutral"];
