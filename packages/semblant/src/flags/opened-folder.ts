import type { DomainShift } from "@semblant/core";
import { printable } from "@semblant/core/words/internals";
import type { FaceSet, IndexSummary } from "@semblant/photos";
import { unlikeInWords } from "@semblant/photos/internals";
import type { Terminal } from "../terminal/terminal.ts";

/** Says what could not be read in a folder, what else is to be known of its photos, and whether its faces are unlike the model's. */
export function tellOpened(
  where: string,
  opened: { readonly set: FaceSet; readonly errors: IndexSummary["errors"]; readonly shift?: DomainShift | undefined },
  terminal: Terminal,
): void {
  const { set, errors } = opened;
  const [first] = errors;
  if (first !== undefined) {
    const others = errors.length === 1 ? "" : `, and ${errors.length - 1} more`;
    terminal.complain(`${where}: could not be read: ${printable(first.path)} (${first.reason})${others}`);
  }
  for (const remark of set.remarks ?? []) terminal.note(`${where}: ${remark}`);
  tellUnlike(opened.shift, terminal);
}

/** Says that faces are unlike those that the model learned from, where they are. */
export function tellUnlike(shift: DomainShift | undefined, terminal: Terminal): void {
  const words = unlikeInWords(shift);
  if (words !== undefined) terminal.print(`\n${words}`);
}
