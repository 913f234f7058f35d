import { existsSync, renameSync } from "node:fs";
import type { NamedClass, SetModel } from "@semblant/answers";
import { taughtPath } from "../taught/files-beside.ts";
import { readSoundTaught, readTaught, writeTaught } from "../taught/taught-file.ts";
import { whileLocked } from "./write-lock.ts";

interface TaughtLibrary {
  readonly root: string;
  readonly library: string;
  readonly model: Pick<SetModel, "card" | "dimensions">;
}

/**
 * Adds a class to those that a library was taught, in place of one of its name. Others that were taught meanwhile stay.
 *
 * @returns where they are kept, and all that are
 * @throws DataError if the library may only be read, or what it was taught cannot be read
 */
export async function keepTaught(
  of: TaughtLibrary,
  taught: NamedClass,
): Promise<{ readonly file: string; readonly classes: readonly NamedClass[] }> {
  return whileLocked(of.library, async () => {
    const classes = [...readTaught(of, of.model).filter(({ name }) => name !== taught.name), taught];
    return { file: await writeTaught(of, of.model, classes), classes };
  });
}

/**
 * Takes a class out of those that a library was taught. One that is damaged is taken out with its name.
 *
 * @returns those that are left; undefined if none has the name
 * @throws DataError if the library may only be read
 */
export async function dropTaught(of: TaughtLibrary, name: string): Promise<readonly NamedClass[] | undefined> {
  return whileLocked(of.library, async () => {
    const { classes, refused } = readSoundTaught(of, of.model);
    const rest = classes.filter((taught) => taught.name !== name);
    if (rest.length === classes.length && !refused.some((wrong) => wrong.includes(`but ${name} has `))) return undefined;
    await writeTaught(of, of.model, rest);
    return rest;
  });
}

/**
 * Takes out of what a library was taught the classes that are damaged. The file as it was stays beside it, with the ending `.damaged`.
 *
 * @returns what was wrong, each a message
 */
export async function dropDamagedTaught(of: TaughtLibrary): Promise<readonly string[]> {
  if (readSoundTaught(of, of.model).refused.length === 0) return [];
  return whileLocked(of.library, async () => {
    const { classes, refused } = readSoundTaught(of, of.model);
    const path = taughtPath(of.library);
    if (existsSync(path)) renameSync(path, `${path}.damaged`);
    await writeTaught(of, of.model, classes);
    return refused;
  });
}
