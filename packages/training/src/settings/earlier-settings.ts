import { defaultsOfSets } from "./set-settings.ts";

/** The options of data sets that the first runs had already. */
const fromTheFirst = ["labels", "votes", "count", "difficulty"];

/** Options of sets that came later: a run that lacks one was of another set, or of the set as it was read before there was a choice. */
const ofSets = Object.entries(defaultsOfSets)
  .filter(([name]) => !fromTheFirst.includes(name))
  .map(([name, value]) => [`data.${name}`, value] as const);

/** What settings were called once, by their dotted names: the old name is read wherever settings are, and written no more. */
const renamed: ReadonlyMap<string, string> = new Map([["network.width", "network.baseChannels"]]);

/**
 * The name that a setting has today.
 *
 * @example
 * nameToday("network.width"); // "network.baseChannels"
 */
export function nameToday(name: string): string {
  return renamed.get(name) ?? name;
}

/**
 * Settings that came after the first runs, by their dotted names, and what was so in runs without them: a run's folder that lacks one
 * is read as if it had this. The options of losses and networks say so themselves, where they are declared.
 */
export const laterSettings: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ...ofSets,
  ["data.followLinks", true],
  ["data.size", 48],
  ["data.channels", 1],
  ["data.crop", "source"],
  ["data.noFace", "whole"],
  ["data.split", "source"],
  ["data.people", "layout"],
  ["data.contempt", true],
  ["data.corrections", null],
  ["data.softLabels", null],
  ["network.head", "embedding"],
  ["network.normalization", "published"],
  ["network.weights", null],
  ["loss.memory", null],
]);
