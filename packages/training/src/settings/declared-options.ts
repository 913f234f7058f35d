import { invalidOption, rules } from "@semblant/core/internals";
import type { OptionDeclarations, OptionValue } from "../declarations/option.ts";

type Rule = rules.Rule;
interface Declares {
  readonly options: OptionDeclarations;
}

/** Names that any of several declare: a section of settings knows them all, and holds those of the one that it names. */
export function optionNames(declarations: ReadonlyMap<string, Declares>): readonly string[] {
  return [...new Set([...declarations.values()].flatMap(({ options }) => Object.keys(options)))];
}

/** For each option that any of several declare, a rule that holds where one of theirs does. */
export function rulesOfAll(declarations: ReadonlyMap<string, Declares>, as: (rule: Rule) => Rule = (rule) => rule): Record<string, Rule> {
  const rulesOf = (name: string) => [...declarations.values()].flatMap(({ options }) => options[name]?.rule ?? []).map(as);
  return Object.fromEntries(optionNames(declarations).map((name) => [name, anyOf(rulesOf(name))]));
}

/** Refuses an option out of the range that this one's declaration gives it; its rule in the whole section is that of all. */
export function checkOwn(
  section: string,
  { options }: Declares,
  settings: Readonly<Record<string, OptionValue | undefined>>,
  words: (expected: string) => string = (expected) => expected,
): void {
  for (const [name, { rule }] of Object.entries(options)) {
    const expected = rules.expectedOf(rule, settings[name]);
    if (expected !== undefined) throw invalidOption("settings", `${section}.${name}`, words(expected), settings[name]);
  }
}

function anyOf(all: readonly Rule[]): Rule {
  const [first] = all as [Rule];
  const within = (rule: Rule, x: number) => rule.holds(x) && (rule.range?.holds(x) ?? true);
  return {
    expected: first.expected,
    holds: (x) => all.some((rule) => rule.holds(x)),
    whole: all.every(({ whole = false }) => whole),
    ...(first.range && { range: { expected: first.range.expected, holds: (x) => all.some((rule) => within(rule, x)) } }),
  };
}
