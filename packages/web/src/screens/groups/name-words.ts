import { looks } from "../../strings/en/looks.ts";
import type { Words } from "../../strings/language.ts";

const known: Readonly<Record<string, string>> = looks.known;

/** A group's name in the words of the page, by what most of its faces look like; or that it is mixed, where that is less than half. */
export function nameInWords({ name, purity }: { readonly name: string; readonly purity: number }, { look, groups }: Words): string {
  const [, words = name, number = ""] = /^(.*?)( \d+)?$/.exec(name) ?? [];
  const expression = Object.keys(known).find((one) => known[one] === words);
  const said = expression === undefined ? words : look(expression);
  return `${purity < 0.5 ? groups.mixed(said) : said}${number}`;
}
