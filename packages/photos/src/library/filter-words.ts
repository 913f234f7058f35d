import { OptionError } from "@semblant/core";
import { invalidOption, numberIn, refuseUnknown, show } from "@semblant/core/internals";
import { type FaceFilter, filterNames } from "./face-filter.ts";

/**
 * A filter from words as `--filter` takes them: `name=value`, with commas between; `>=` and `<=` say the same as `=`. A comma with no
 * name and sign after it belongs to the value, and a value in double quotes is taken as JSON has it, so that any folder can be named.
 *
 * @throws OptionError if it is not of that form, a name is unknown, or one is given twice
 *
 * @example
 * parseFilter("folder=2024/may, side>=40, since=2024-05-01"); // { folder: "2024/may", side: 40, since: "2024-05-01" }
 *
 * @example
 * parseFilter("folder=Rome, Italy 2019,side>=40"); // { folder: "Rome, Italy 2019", side: 40 }
 *
 * @example
 * parseFilter('folder="a, side=3 "'); // { folder: "a, side=3 " }
 */
export function parseFilter(text: string): FaceFilter {
  const filter: Record<string, string | number | boolean> = {};
  for (const part of partsOf(text)) {
    const [, name, given = ""] = /^\s*(\w+)\s*(?:[<>]?=)\s*([\s\S]*?)\s*$/.exec(part) ?? [];
    if (name === undefined || given === "") {
      throw new OptionError(
        `--filter: expected name=value, with commas between, but got ${show(part.trim())}.\n  For example: folder=2024,side>=40`,
      );
    }
    refuseUnknown("--filter", { [name]: given }, filterNames);
    if (filter[name] !== undefined) throw new OptionError(`--filter: expected ${name} once, but got it twice.`);
    const value = given.startsWith('"') ? unquoted(given) : given;
    if (name === "hidden") filter[name] = value === "true" || value === "yes";
    else filter[name] = measures.includes(name) ? measure(name, value) : value;
  }
  return filter;
}

/**
 * The filter of several `--filter`: faces that pass each.
 *
 * @throws OptionError as {@link parseFilter}
 */
export function addFilter(text: string, before: unknown): FaceFilter {
  const [known, more] = [(before as FaceFilter | undefined) ?? {}, parseFilter(text)];
  const twice = Object.keys(more).find((name) => name in known);
  if (twice !== undefined) throw new OptionError(`--filter: expected ${twice} once, but got it twice.`);
  return { ...known, ...more };
}

/**
 * A filter in the words that it is made from.
 *
 * @example
 * filterInWords({ folder: "Rome, Italy", side: 40 }); // "folder=Rome, Italy and side>=40"
 */
export function filterInWords(filter: FaceFilter): string {
  const sign = (name: string) => (name === "turn" ? "<=" : measures.includes(name) ? ">=" : "=");
  const { people, ...typed } = filter;
  const bounds = [people?.least !== undefined && `people>=${people.least}`, people?.most !== undefined && `people<=${people.most}`];
  const words = Object.entries(typed).map(([name, value]) => `${name}${sign(name)}${value}`);
  return [...words, ...bounds.filter((bound) => bound !== false)].join(" and ");
}

/** Between commas that a name and a sign follow, or that follow a number; not within quotes. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  const rest = /\s*\w+\s*[<>]?=\s*(?:"(?:[^"\\]|\\.)*"\s*(?=,|$)|[\s\S]*?(?=,\s*\w+\s*[<>]?=|$))\s*(?:,|$)/y;
  let at = 0;
  while (at < text.length) {
    rest.lastIndex = at;
    const part = rest.exec(text)?.[0];
    if (part === undefined) break;
    at += part.length;
    parts.push(...plainParts(part.replace(/,\s*$/, "")));
  }
  const left = text.slice(at);
  return [...parts, ...left.split(",")].filter((part) => part.trim() !== "");
}

/** Numbers and days have no commas: what follows one is a part that lacks its name. */
function plainParts(part: string): string[] {
  const name = /^\s*(\w+)/.exec(part)?.[1] ?? "";
  return name === "folder" || name === "expression" ? [part] : part.split(",");
}

function unquoted(text: string): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "string" && value !== "") return value;
  } catch {} // a name that only begins with a quote
  return text;
}

const measures = ["side", "sharpness", "score", "turn"];

function measure(name: string, text: string): number {
  const value = numberIn(text);
  if (value !== undefined) return value;
  throw invalidOption("--filter", name, "a number", text);
}
