import { printable } from "@semblant/core";
import { addFilter, type IndexSummary } from "@semblant/photos";
import type { CommandOption } from "../terminal/page.ts";
import { smallestFlag } from "./smallest-flag.ts";

/** What the commands that ask about a folder of photos take. */
export const folderFlags: readonly CommandOption[] = [
  { flags: "--filter <conditions>", text: "only faces such as folder=2024,side>=40,since=2024-05", default: "all", parse: addFilter },
  { flags: "--library <file>", text: "where what is known of the photos is kept", default: ".semblant/ in the folder" },
  { flags: "--model <which>", text: "small, or a file of semblant export", default: "the one that ships" },
  smallestFlag,
  { flags: "--follow-links", text: "follow links that lead out of the folder" },
  { flags: "--no-index", text: "ask about what is known, without looking for new photos" },
];

/** A line about what could not be read, where there is any. */
export function unreadableLine(errors: IndexSummary["errors"]): string | undefined {
  const [first] = errors;
  if (first === undefined) return undefined;
  const others = errors.length === 1 ? "" : `, and ${errors.length - 1} more`;
  return `could not be read: ${printable(first.path)} (${first.reason})${others}`;
}
