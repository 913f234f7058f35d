import { printable } from "./printable.ts";

/**
 * The four errors of the project and the one wording of each complaint: *where: expected … but got …*,
 * then at most two lines of what to try. `name` is stable; `cause` is kept.
 */

/** An option that is unknown or out of its range. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/** Rows, columns or sizes that do not fit together. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** A file, row or value that is not what its format says. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** The tensor engine is missing, will not load, or refused an operation. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

/**
 * An {@link OptionError} for a value out of range.
 *
 * @example
 * invalidOption("triplet", "margin", "a number above 0", -1).message;
 * // "triplet: expected margin to be a number above 0, but got -1."
 */
export function invalidOption(where: string, name: string, expected: string, got: unknown): OptionError {
  return new OptionError(`${where}: expected ${name} to be ${expected}, but got ${show(got)}.`);
}

/**
 * Refuses option names that are not known, by name and with the nearest known one.
 *
 * @example
 * refuseUnknown("train", { learningrate: 1 }, ["learningRate", "seed"]);
 * // throws OptionError: train: unknown option "learningrate"; did you mean "learningRate"?
 */
export function refuseUnknown(where: string, options: object, known: readonly string[]): void {
  for (const name of Object.keys(options)) {
    if (known.includes(name)) continue;
    const near = nearest(name, known);
    const advice = near === undefined ? `known: ${known.join(", ")}.` : `did you mean "${near}"?`;
    throw new OptionError(`${where}: unknown option ${show(name)}; ${advice}`);
  }
}

/** A value as a message shows it: strings quoted and {@link printable}, `NaN` as NaN, long things cut. */
export function show(value: unknown): string {
  if (typeof value === "string") return printable(JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}...` : value));
  if (value === undefined) return "nothing";
  if (typeof value === "number" || value === null) return String(value);
  if (ArrayBuffer.isView(value)) return `${value.constructor.name}(${(value as Uint8Array).length})`;
  if (typeof value === "function") return "a function";
  if (typeof value === "object") return showObject(value);
  return printable(String(value));
}

/** As JSON; what JSON cannot say (a list that holds itself) in words. */
function showObject(value: object): string {
  const kind = Array.isArray(value) ? "a list" : "an object";
  try {
    const json = JSON.stringify(value);
    return json === undefined ? kind : printable(json.slice(0, 60));
  } catch {
    return holdsItself(value) ? `${kind} that holds itself` : kind;
  }
}

function holdsItself(value: unknown, above: readonly unknown[] = []): boolean {
  if (typeof value !== "object" || value === null || above.length > 100) return false; // deeper ones are not looked into
  return above.includes(value) || Object.values(value).some((inner) => holdsItself(inner, [...above, value]));
}

/** The known name at most two edits (or a difference of case) away, the nearest first. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, edits: edits(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.min(2, Math.ceil(Math.min(name.length, candidate.length) / 3)))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate;
}

/** Levenshtein distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
