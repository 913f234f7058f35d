import type { InspectDataOptions } from "@semblant/lab";

/** FER+'s ways to make a label of votes, as help pages list them. */
export const labelModes = [
  "majority",
  "probability",
  "crossentropy",
  "multi_target",
  "votes",
] as const satisfies readonly InspectDataOptions["labels"][];
