import type { NamedClass, SetModel } from "@semblant/answers";
import { DataError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import { checksumOfTaught } from "./taught-checksum.ts";
import { readTaughtText, type TaughtPlace, writeTaughtFile } from "./taught-text.ts";

interface KeptClass {
  readonly name: string;
  readonly mean: readonly number[];
  readonly count: number;
  readonly spread: number;
}

interface TaughtFile {
  readonly version: 1;
  /** Checksum of the model's weights: means of one model mean nothing to another. */
  readonly model: string;
  readonly classes: readonly KeptClass[];
  /** CRC-32 of model and classes; files of earlier versions have none. */
  readonly checksum?: string;
}

/** What is kept, and what of it cannot be used. */
export interface TaughtRead {
  readonly classes: readonly NamedClass[];
  /** What is wrong, each a message. */
  readonly refused: readonly string[];
}

/**
 * The classes that a library was taught, for its model; none where it was taught none, or by another model.
 *
 * @throws DataError if the file is none of ours, of a newer version or damaged, or a class in it has other than finite numbers
 */
export function readTaught(place: TaughtPlace, model: Pick<SetModel, "card" | "dimensions">): NamedClass[] {
  const { classes, refused } = readSoundTaught(place, model);
  if (refused[0] !== undefined) throw new DataError(refused[0]);
  return [...classes];
}

/** The same, with what is wrong beside what can be used. */
export function readSoundTaught(place: TaughtPlace, { card, dimensions }: Pick<SetModel, "card" | "dimensions">): TaughtRead {
  const kept = readTaughtText(place);
  if (kept === undefined) return { classes: [], refused: [] };
  const where = `taught classes at ${kept.where}`;
  try {
    const content = parsed(where, kept.text);
    if (content.model !== card.checksum) return { classes: [], refused: [] };
    const refused = content.classes.map((one) => wrongWith(where, one, dimensions)).filter((wrong) => wrong !== undefined);
    const sound = content.classes.filter((one) => wrongWith(where, one, dimensions) === undefined);
    return { classes: sound.map(({ name, mean, count, spread }) => ({ name, mean: Float64Array.from(mean), count, spread })), refused };
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return { classes: [], refused: [error.message] };
  }
}

/** Keeps the classes that a library was taught, beside it and for its owner alone. What else it was taught is no longer kept. */
export async function writeTaught(place: TaughtPlace, model: Pick<SetModel, "card">, taught: readonly NamedClass[]): Promise<string> {
  return writeTaughtFile(place, taughtText(model, taught));
}

/** The classes that a library was taught, as they are kept. */
export function taughtText(model: Pick<SetModel, "card">, taught: readonly NamedClass[]): string {
  const classes = taught.map(({ name, mean, count, spread }) => ({ name, mean: Array.from(mean), count, spread }));
  const { checksum } = model.card;
  const content: TaughtFile = { version: 1, model: checksum, classes, checksum: checksumOfTaught(checksum, classes) };
  return `${JSON.stringify(content)}\n`;
}

function parsed(where: string, text: string): TaughtFile {
  const content = asObject(text);
  const { version, model, classes, checksum } = content ?? {};
  if (typeof version !== "number" || (version === 1 && !Array.isArray(classes))) {
    throw new DataError(`${where}: expected a file that semblant teach wrote, but got something else.`);
  }
  if (version !== 1) throw new DataError(`${where}: expected version 1, but got ${version}.\n  A newer semblant wrote it.`);
  if (checksum !== undefined && checksum !== checksumOfTaught(model, classes)) {
    throw new DataError(
      `${where}: expected the checksum ${show(checksum)}, but got another: the file is damaged.\n  Teach the classes again.`,
    );
  }
  return content as unknown as TaughtFile;
}

function asObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return typeof content === "object" && content !== null ? (content as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined; // said by who asked
  }
}

/** Why a class cannot be used; undefined if it can. */
function wrongWith(where: string, given: unknown, dimensions: number): string | undefined {
  const { name, mean, count, spread } = (given ?? {}) as Readonly<Record<string, unknown>>;
  const advice = "\n  Teach it again, or take it out: semblant teach NAME --forget";
  if (typeof name !== "string" || name.trim() === "") return `${where}: expected classes with names, but got ${show(name)}.`;
  if (!Array.isArray(mean)) return `${where}: expected a mean of ${dimensions} numbers, but ${name} has ${show(mean)}.${advice}`;
  if (mean.length !== dimensions) return `${where}: expected means of ${dimensions} numbers, but ${name} has ${mean.length}.`;
  const strange = mean.findIndex((value) => !Number.isFinite(value));
  if (strange >= 0)
    return `${where}: expected means of finite numbers, but ${name} has ${show(mean[strange])} at place ${strange}.${advice}`;
  if (!(Number.isInteger(count) && (count as number) > 0))
    return `${where}: expected a count from 1, but ${name} has ${show(count)}.${advice}`;
  if (Number.isFinite(spread) && (spread as number) > 0) return undefined;
  return `${where}: expected a spread above 0, but ${name} has ${show(spread)}.${advice}`;
}
