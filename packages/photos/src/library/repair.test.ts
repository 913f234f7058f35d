import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { classify } from "../asking/classify.ts";
import { search } from "../asking/search.ts";
import { emptyFolder, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { openLibrary } from "./library.ts";
import { repairLibrary } from "./repair.ts";

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await writePhotos(
    emptyFolder(),
    Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.jpg`, [red, [9 * i, 90, 0] as const]])),
  );
  path = join(folder, ".semblant", "library.sqlite");
  const library = await opened();
  for await (const _ of library.index());
  library.correct({ kind: "label", face: 5, label: "sadness" });
  library.correct({ kind: "together", faces: [1, 2, 3] });
  library.close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const opened = () => openLibrary(folder, { reader: openReader });

describe("check and repair", () => {
  it("find nothing wrong with a library that is whole, and count what it has", async () => {
    const library = await opened();
    expect(library.check()).toMatchObject({
      photos: 30,
      faces: 60,
      corrections: 2,
      format: 7,
      model: "pixels",
      problems: [],
      missing: [],
      errors: [],
      approximate: "none",
    });
    rmSync(join(folder, "7.jpg"));
    expect(library.check().missing).toEqual(["7.jpg"]);
    library.close();
    expect(await repairLibrary(folder)).toEqual({ problems: [] });
  });

  it("make the table that search reads anew from the faces", async () => {
    const library = await opened();
    const { load } = await import("sqlite-vec");
    const file = new Database(path);
    load(file);
    file.exec(
      "DELETE FROM vectors WHERE rowid = 3; UPDATE vectors SET embedding = (SELECT embedding FROM faces WHERE id = 9) WHERE rowid = 8",
    );
    file.close();
    expect(library.check().problems).toEqual([
      "the table that search reads is not that of the faces: 1 faces are not in it, 1 of its rows differ from their face's",
    ]);
    expect((await search(library, 3, { k: 60 })).hits).toHaveLength(59);
    library.repair();
    expect(library.check().problems).toEqual([]);
    library.close();
  });

  it("name a taught class that is damaged, and take it out", async () => {
    const library = await opened();
    const mean = (first: unknown) => ({ mean: [first, 2, 3, 4], count: 2, spread: 1 });
    const classes = [
      { name: "odd", ...mean("NaN") },
      { name: "good", ...mean(1) },
    ];
    const place = join(folder, ".semblant", "taught.json");
    writeFileSync(place, JSON.stringify({ version: 1, model: library.model.card.checksum, classes }));
    const wrong = `taught classes at ${place}: expected means of finite numbers, but odd has "NaN" at place 0.`;
    expect(library.check().problems).toEqual([wrong]);
    expect((await classify(library)).classes).toEqual(["anger", "happiness", "sadness", "good"]);
    library.close();
    expect((await repairLibrary(folder)).problems).toEqual([wrong]);
    const mended = await opened();
    expect(mended.check().problems).toEqual([]);
    expect((await classify(mended)).classes).toEqual(["anger", "happiness", "sadness", "good"]);
    mended.close();
  });

  it("write a damaged file anew from what can be read, keep the old one, and read again what is missing", async () => {
    const size = readFileSync(path).length;
    const page = 4096;
    const handle = openSync(path, "r+");
    for (let at = 12 * page; at < size; at += 7 * page) writeSync(handle, Buffer.alloc(page, 0xa5), 0, page, at);
    closeSync(handle);
    const { problems, salvaged } = await repairLibrary(folder);
    expect(problems[0]).toMatch(/damaged/);
    expect(salvaged?.kept).toBe(`${path}.damaged`);
    expect(readdirSync(join(folder, ".semblant"))).toContain("library.sqlite.damaged");
    const library = await opened();
    for await (const _ of library.index());
    expect(library.check()).toMatchObject({ photos: 30, faces: 60, problems: [] });
    library.close();
  });

  it("keep corrections when the table of faces is lost", async () => {
    const file = new Database(path);
    const root = file.prepare("SELECT rootpage FROM sqlite_master WHERE name = 'faces'").pluck().get() as number;
    file.close();
    const handle = openSync(path, "r+");
    writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, (root - 1) * 4096);
    closeSync(handle);
    const library = await opened();
    expect(() => library.faceSet()).toThrow(
      `library: expected ${library.path} to be whole, but it is damaged.\n  Save what can be read with: semblant library repair`,
    );
    library.close();
    expect((await repairLibrary(folder)).salvaged).toMatchObject({ rows: { photos: 30, corrections: 2 }, whole: false });
    const mended = await opened();
    for await (const _ of mended.index());
    expect(mended.check()).toMatchObject({ photos: 30, faces: 60, problems: [], corrections: 2 });
    expect(mended.faceSet().faces.filter((face) => face.label === "sadness")).toHaveLength(1);
    expect(mended.faceSet().faces.filter((face) => face.together.length === 2)).toHaveLength(3);
    mended.close();
  });

  it("say that nothing of a file can be read, and leave it", async () => {
    writeFileSync(path, "no library at all ".repeat(500));
    await expect(repairLibrary(folder)).rejects.toThrow(
      `library repair: expected to read something of ${path}, but nothing of it can be read.\n  Move it away and run: semblant index (corrections are lost)`,
    );
    expect(readFileSync(path, "utf8")).toContain("no library at all");
  });
});
