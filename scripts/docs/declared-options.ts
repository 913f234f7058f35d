import type { OptionDeclaration, OptionValue } from "@semblant/training/settings";
import { sentence, table } from "./page.ts";

/** The options that a loss or network declares, as a table: none where it has none. */
export function optionTable(section: string, options: Readonly<Record<string, OptionDeclaration>>): string[] {
  const rows = Object.entries(options).map(([name, { rule, help, default: best, published = best }]) => [
    `\`${section}.${name}\``,
    sentence(help),
    rule.range?.expected ?? rule.expected,
    typed(best),
    typed(published),
  ]);
  return rows.length === 0 ? [] : [table(["setting", "meaning", "may be", "best", "paper"], rows)];
}

/** A value as a reader types it. */
export const typed = (value: OptionValue | undefined): string => (value === null ? "none" : String(value));
