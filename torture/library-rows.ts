import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Ended } from "./verdict.ts";

/** What a library knows, in an order of its own and without the numbers that differ between two that know the same. */
export interface LibraryRows {
  readonly photos: readonly string[];
  /** A face's photo, place, look and embedding, as one line each. */
  readonly faces: readonly string[];
  readonly corrections: number;
}

interface Exported {
  readonly photos: readonly ({ readonly id: number; readonly path: string } & Record<string, unknown>)[];
  readonly faces: readonly Record<string, unknown>[];
  readonly corrections: readonly unknown[];
}

/** Numbers that each library gives out for itself. */
const numbers = new Set(["id", "face", "photo", "modified", "at"]);

/** Runs the command with these arguments, in this process or another. */
export type Ask = (args: readonly string[]) => Promise<Ended>;

/** Asks a library for all that it knows, by `library export`. */
export async function rowsOf(folder: string, ask: Ask): Promise<LibraryRows | { readonly refused: string }> {
  const out = join(folder, ".rows.json");
  const ended = await ask(["library", "export", folder, "--out", out, "-q"]);
  if (ended.status !== 0) return { refused: ended.stderr.trim() };
  const { photos, faces, corrections } = JSON.parse(readFileSync(out, "utf8")) as Exported;
  rmSync(out);
  const known = (row: Record<string, unknown>) =>
    JSON.stringify(Object.fromEntries(Object.entries(row).filter(([name]) => !numbers.has(name))));
  const pathOf = new Map(photos.map(({ id, path }) => [id, path]));
  const ofFaces = faces.map((face) => known({ path: pathOf.get(face.photo as number), ...face }));
  return { photos: photos.map(known).sort(), faces: ofFaces.sort(), corrections: corrections.length };
}

/** What of `rows` is lost, doubled or new beside `whole`, or undefined where they are alike. */
export function differenceOf(rows: readonly string[], whole: readonly string[]): string | undefined {
  const doubled = rows.filter((row, i) => rows[i - 1] === row && whole.filter((one) => one === row).length < 2);
  if (doubled.length > 0) return `${doubled.length} doubled: ${doubled[0]?.slice(0, 100)}`;
  const lost = whole.filter((row) => !rows.includes(row));
  if (lost.length > 0) return `${lost.length} lost: ${lost[0]?.slice(0, 100)}`;
  const fresh = rows.filter((row) => !whole.includes(row));
  return fresh.length > 0 ? `${fresh.length} that were not there before: ${fresh[0]?.slice(0, 100)}` : undefined;
}

const whole = new Map<string, Promise<LibraryRows>>();

/** What the stock's own library knows, which nobody disturbed. */
export function undisturbed(indexed: string, ask: Ask): Promise<LibraryRows> {
  const rows =
    whole.get(indexed) ??
    rowsOf(indexed, ask).then((known) => {
      if ("refused" in known) throw new Error(known.refused);
      return known;
    });
  whole.set(indexed, rows);
  return rows;
}
