import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { writeWhole } from "@semblant/files/internals";
import type { Database } from "../database/database.ts";
import { taughtPath } from "./files-beside.ts";

/**
 * Whose classes are meant: a folder's, or those of a library that lies elsewhere. A set of faces is one. Those of a library on a server
 * lie in its `database`.
 */
export type TaughtPlace = string | { readonly root: string; readonly library?: string; readonly database?: Database };

/** The fact that holds the classes of a library on a server. */
const factOfTaught = "taught";

/** The text that has them, and where it stands for a person; undefined where nothing was taught. */
export function readTaughtText(place: TaughtPlace): { readonly where: string; readonly text: string } | undefined {
  const server = serverOf(place);
  if (server !== undefined) {
    const text = server.prepare("SELECT value FROM facts WHERE name = ?").pluck().get(factOfTaught);
    return text === undefined ? undefined : { where: server.name, text: text as string };
  }
  const path = placesOf(place).find((one) => existsSync(one));
  return path === undefined ? undefined : { where: path, text: readFileSync(path, "utf8") };
}

/** Keeps it beside a library's file, for its owner alone. @returns where */
export async function writeTaughtFile(place: TaughtPlace, text: string): Promise<string> {
  const [path] = placesOf(place) as [string];
  await writeWhole(path, text, { mode: 0o600 });
  return path;
}

/** Keeps it with a library on a server. @returns where */
export function writeTaughtFact(server: Database, text: string): string {
  server
    .prepare("INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
    .run(factOfTaught, text);
  return server.name;
}

/** Another value whenever what a library on a server was taught is another. */
export function stampOfTaughtFact(server: Database): unknown {
  return server.prepare("SELECT md5(value) FROM facts WHERE name = ?").pluck().get(factOfTaught);
}

/** The server that a library lies on; undefined where it is a file. */
export function serverOf(place: TaughtPlace): Database | undefined {
  return typeof place !== "string" && place.database?.kind === "postgres" ? place.database : undefined;
}

/** Where they are kept; then where they once were, beside the photos of a library that lies elsewhere. */
function placesOf(place: TaughtPlace): string[] {
  const { root, library = undefined } = typeof place === "string" ? { root: place } : place;
  const besidePhotos = join(root, ".semblant", "taught.json");
  return library === undefined ? [besidePhotos] : [taughtPath(library), besidePhotos];
}
