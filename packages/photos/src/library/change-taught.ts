import { existsSync, renameSync } from "node:fs";
import type { NamedClass, SetModel } from "@semblant/answers";
import type { Database } from "../database/database.ts";
import { taughtPath } from "../taught/files-beside.ts";
import { readSoundTaught, readTaught, taughtText, writeTaught } from "../taught/taught-file.ts";
import { serverOf, writeTaughtFact } from "../taught/taught-text.ts";
import { whileLocked } from "./write-lock.ts";

interface TaughtLibrary {
  readonly root: string;
  readonly library: string;
  /** Where the library lies on a server. */
  readonly database?: Database;
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
  let classes: readonly NamedClass[] = [];
  const file = await changed(of, () => {
    classes = [...readTaught(of, of.model).filter(({ name }) => name !== taught.name), taught];
    return classes;
  });
  return { file: file as string, classes };
}

/**
 * Takes a class out of those that a library was taught. One that is damaged is taken out with its name.
 *
 * @returns those that are left; undefined if none has the name
 * @throws DataError if the library may only be read
 */
export async function dropTaught(of: TaughtLibrary, name: string): Promise<readonly NamedClass[] | undefined> {
  let rest: readonly NamedClass[] = [];
  const file = await changed(of, () => {
    const { classes, refused } = readSoundTaught(of, of.model);
    rest = classes.filter((taught) => taught.name !== name);
    return rest.length === classes.length && !refused.some((wrong) => wrong.includes(`but ${name} has `)) ? undefined : rest;
  });
  return file === undefined ? undefined : rest;
}

/**
 * Takes out of what a library was taught the classes that are damaged. The file as it was stays beside it, with the ending `.damaged`.
 *
 * @returns what was wrong, each a message
 */
export async function dropDamagedTaught(of: TaughtLibrary): Promise<readonly string[]> {
  if (readSoundTaught(of, of.model).refused.length === 0) return [];
  let wrong: readonly string[] = [];
  await changed(of, () => {
    const { classes, refused } = readSoundTaught(of, of.model);
    wrong = refused;
    const path = taughtPath(of.library);
    if (serverOf(of) === undefined && existsSync(path)) renameSync(path, `${path}.damaged`);
    return classes;
  });
  return wrong;
}

/**
 * Changes the classes while nobody else does.
 *
 * @param change what they become, of what they are; undefined where they stay
 * @returns where they are kept; undefined where they stay
 */
async function changed(of: TaughtLibrary, change: () => readonly NamedClass[] | undefined): Promise<string | undefined> {
  const server = serverOf(of);
  if (server === undefined) {
    return whileLocked(of.library, async () => {
      const classes = change();
      return classes && writeTaught(of, of.model, classes);
    });
  }
  return server
    .transaction(() => {
      const classes = change();
      return classes && writeTaughtFact(server, taughtText(of.model, classes));
    })
    .immediate();
}
