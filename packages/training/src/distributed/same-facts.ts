import { DataError, EngineError, OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { ProcessGroup } from "@semblant/torch";
import { tellAll } from "./tell.ts";

/** What every rank has to have alike, by name, in the order in which differences are told. */
export interface Facts {
  /** Of Semblant and of libtorch. */
  readonly versions: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * Stops every rank, with the same words, where one has something else than rank 0.
 *
 * @throws EngineError for another version, OptionError for other settings, DataError for other data: the first difference of the first
 *   rank that has one
 */
export function refuseOtherFacts(group: ProcessGroup, facts: Facts): void {
  const [first, ...others] = tellAll(group, "facts", JSON.stringify(facts)).map((text) => JSON.parse(text) as Facts);
  others.forEach((other, i) => {
    const error = difference(first as Facts, other, i + 1);
    if (error !== undefined) throw error;
  });
}

/**
 * The first difference of two ranks' facts, as an error; undefined where there is none.
 *
 * @param rank whose the second are
 */
export function difference(first: Facts, other: Facts, rank: number): Error | undefined {
  const version = unlike(first.versions, other.versions);
  if (version !== undefined) {
    const { name, expected, got } = version;
    return new EngineError(
      `train: expected ${name} ${expected} on every rank, as on rank 0, but rank ${rank} has ${got}.\n  ` +
        `Install the same version everywhere.`,
    );
  }
  const setting = unlike(first.settings, other.settings);
  if (setting !== undefined) {
    const { name, expected, got } = setting;
    return new OptionError(
      `train: expected ${name} to be ${show(expected)} on every rank, as on rank 0, but rank ${rank} has ${show(got)}.\n  ` +
        `Start every rank with the same settings.`,
    );
  }
  const data = unlike(first.data, other.data);
  if (data === undefined) return undefined;
  const { name, expected, got } = data;
  const counted = typeof got === "number" && typeof expected === "number";
  const but = counted ? `rank ${rank} has ${got} ${name}, not ${expected}` : `rank ${rank} has other ${name}`;
  return new DataError(`train: expected the data of rank 0 on every rank, but ${but}.\n  Give every rank the same data.`);
}

/** The first name under which two records hold different values; sections are looked into. */
function unlike(
  first: Readonly<Record<string, unknown>>,
  other: Readonly<Record<string, unknown>>,
): { readonly name: string; readonly expected: unknown; readonly got: unknown } | undefined {
  for (const name of new Set([...Object.keys(first), ...Object.keys(other)])) {
    const [expected, got] = [first[name], other[name]];
    if (JSON.stringify(expected) === JSON.stringify(got)) continue;
    if (!isSection(expected) || !isSection(got)) return { name, expected, got };
    const within = unlike(expected, got);
    if (within !== undefined) return { ...within, name: `${name}.${within.name}` };
  }
  return undefined;
}

const isSection = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
