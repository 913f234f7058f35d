import { looks } from "../../strings/en/looks.ts";
import type { Words } from "../../strings/language.ts";

const known: Readonly<Record<string, string>> = looks.known;

/** The home's name of a group, as "happy-looking 2", in the words of the page. */
export function nameInWords(name: string, { look }: Words): string {
  const [, words = name, number = ""] = /^(.*?)( \d+)?$/.exec(name) ?? [];
  const expression = Object.keys(known).find((one) => known[one] === words);
  return expression === undefined ? name : `${look(expression)}${number}`;
}
