import { printable } from "@semblant/core/internals";
import type { FaceSet, IndexSummary } from "@semblant/photos";
import type { Terminal } from "../terminal/terminal.ts";

/** Says what could not be read in a folder, and what else is to be known of its photos. */
export function tellOpened(
  where: string,
  opened: { readonly set: FaceSet; readonly errors: IndexSummary["errors"] },
  terminal: Terminal,
): void {
  const { set, errors } = opened;
  const [first] = errors;
  if (first !== undefined) {
    const others = errors.length === 1 ? "" : `, and ${errors.length - 1} more`;
    terminal.complain(`${where}: could not be read: ${printable(first.path)} (${first.reason})${others}`);
  }
  for (const remark of set.remarks ?? []) terminal.note(`${where}: ${remark}`);
}
