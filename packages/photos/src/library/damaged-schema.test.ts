import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { afterEach, expect, it } from "vitest";
import { blue, emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { openLibrary } from "./library.ts";
import { salvage } from "./salvage.ts";

let folder = "";
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each(["photos", "faces", "targets", "marks", "corrections"])("one letter of the words that make %s costs no row", async (table) => {
  folder = await writePhotos(emptyFolder(), { "a.jpg": [red], "b.jpg": [green, blue] });
  const first = await openLibrary(folder, { reader: openReader });
  for await (const _ of first.index());
  first.correct({ kind: "hide", path: "a.jpg" });
  first.correct({ kind: "label", face: 2, label: "happiness" });
  const path = first.path;
  first.close();
  expect(existsSync(`${path}-wal`)).toBe(false);
  const bytes = readFileSync(path);
  const at =
    bytes.indexOf(`CREATE TABLE ${table} `) === -1 ? bytes.indexOf(`CREATE TABLE ${table}`) : bytes.indexOf(`CREATE TABLE ${table} `);
  expect(at).toBeGreaterThan(0);
  bytes[at + "CREATE TABL".length] = "M".charCodeAt(0);
  writeFileSync(path, bytes);

  const { rows, whole } = salvage(path);
  expect([rows.photos, rows.faces, rows.corrections, whole]).toEqual([2, 3, 2, true]);
  using mended = await openLibrary(folder, { reader: openReader });
  for await (const _ of mended.index());
  expect(mended.counts()).toEqual({ photos: 2, faces: 3 });
  expect(mended.corrections().map(({ faces }) => faces)).toEqual([[], [2]]);
  expect(mended.check().problems).toEqual([]);
});
