import { copyFileSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { Random } from "@semblant/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { search } from "../asking/search.ts";
import { sidecarPath } from "../taught/files-beside.ts";
import { indexOf, listCodes } from "./approximate.ts";
import { conditionOf } from "./face-filter.ts";
import { blue, emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { fileOf, type Library, openLibrary, searchingOf } from "./library.ts";
import { nearestFaces } from "./nearest-faces.ts";

/** More than sqlite-vec's table is asked for. */
const most = 2600;
const random = new Random(4);
let folder = "";
let library: Library;

beforeEach(async () => {
  folder = await writePhotos(emptyFolder(), { "a/one.jpg": [red, green], "b/two.jpg": [blue] });
  library = await openLibrary(folder, { reader: openReader });
  for await (const _ of library.index());
  addFaces(most);
  library.close();
  library = await openLibrary(folder, { reader: openReader }); // makes sqlite-vec's table anew
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Copies of the faces there are, each moved a little, as an index would write them. */
function addFaces(count: number): void {
  const file = fileOf(library);
  const rows = file.prepare("SELECT * FROM faces ORDER BY id LIMIT 3").all() as Record<string, unknown>[];
  const names = Object.keys(rows[0] as object).filter((name) => name !== "id" && name !== "seal");
  const add = file.prepare(`INSERT INTO faces (${names}) VALUES (${names.map((name) => `@${name}`)})`);
  file.transaction(() => {
    for (let i = 0; i < count; i++) {
      const row = rows[i % 3] as Record<string, unknown>;
      const values = new Float32Array(Uint8Array.from(row.embedding as Buffer).buffer).map((value) => value + 0.2 * random.normal());
      add.run({ ...row, side: 20 + (i % 50), embedding: Buffer.from(values.buffer) });
    }
    changed();
  })();
}

const changed = () =>
  fileOf(library).exec("INSERT INTO facts (name, value) VALUES ('changes', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1");

/** What comparing with every row finds. */
function compared(vector: Float32Array, k: number, filter = {}): number[] {
  const condition = conditionOf(fileOf(library), filter, library.model.classes);
  return nearestFaces(fileOf(library), vector, { k, condition, vectors: false }).map(({ face }) => face);
}

const vector = () => Float32Array.from({ length: library.model.dimensions }, () => random.uniform());

async function found(asked: Float32Array, k: number, options = {}): Promise<number[]> {
  return (await search(library, asked, { k, ...options })).hits.map(({ face }) => face);
}

describe("search by codes", () => {
  it("finds what comparing with every face finds: the first time, later, with filters and with corrections", async () => {
    for (let i = 0; i < 4; i++) {
      const asked = vector();
      expect(await found(asked, 20)).toEqual(compared(asked, 20));
      for (const filter of [{ side: 40 }, { folder: "a", side: 60 }, ...(i < 3 ? [{ folder: "b" }] : [])]) {
        expect(await found(asked, 20, { filter })).toEqual(compared(asked, 20, filter));
        expect(await found(asked, 20, { filter, approximate: true })).toEqual(compared(asked, 20, filter));
      }
      expect((await searchingOf(library).openCodes())?.rows.length).toBe(most + 3);
      if (i === 1) library.correct({ kind: "not a face", face: compared(asked, 1)[0] as number });
      if (i === 2) library.correct({ kind: "hide", path: "b" });
    }
  });

  it("takes in what came and lets go of what went, reading no other row again", async () => {
    const asked = vector();
    for (let i = 0; i < 2; i++) await found(asked, 5);
    addFaces(30);
    expect(await found(asked, 40)).toEqual(compared(asked, 40));
    const [nearest] = compared(asked, 1) as [number];
    fileOf(library).prepare("DELETE FROM faces WHERE id = ?").run(nearest);
    changed();
    const now = await found(asked, 40);
    expect(now).toEqual(compared(asked, 40));
    expect(now).not.toContain(nearest);
  });

  it("passes over faces whose embeddings are damaged", async () => {
    const asked = vector();
    for (let i = 0; i < 2; i++) await found(asked, 5);
    const [first, second] = compared(asked, 2) as [number, number];
    const damage = fileOf(library).prepare("UPDATE faces SET embedding = ? WHERE id = ?");
    damage.run(Buffer.alloc(3), first);
    damage.run(Buffer.from(new Float32Array(library.model.dimensions).fill(Number.NaN).buffer), second);
    changed();
    for (const again of [false, true]) {
      if (again) {
        library.close();
        library = await openLibrary(folder, { reader: openReader, readonly: true });
        await found(asked, 5);
      }
      const hits = await found(asked, 10);
      expect(hits).not.toContain(first);
      expect(hits).not.toContain(second);
      expect(hits.length).toBeGreaterThan(7);
    }
  });

  it("finds all faces where more are asked for than there are, however many", async () => {
    for (const k of [most + 4, 1e12]) {
      for (const approximate of [false, true]) expect(await found(vector(), k, { approximate })).toHaveLength(most + 3);
    }
    expect(await found(vector(), 1e12, { filter: { folder: "b" } })).toHaveLength(compared(vector(), most, { folder: "b" }).length);
  });

  it("refuses an embedding that is near nothing", async () => {
    await expect(found(Float32Array.of(1, Number.NaN, 0, 0), 3)).rejects.toThrow(
      "search: expected an embedding of finite numbers, but got NaN at 1.",
    );
  });

  it("in two programs at once sees what the other wrote", async () => {
    using other = await openLibrary(folder, { reader: openReader });
    const asked = vector();
    for (let i = 0; i < 2; i++) await search(other, asked, { k: 3 });
    addFaces(9);
    expect((await search(other, asked, { k: 30 })).hits.map(({ face }) => face)).toEqual(compared(asked, 30));
  });
});

describe("the index beside a library", () => {
  it("is read by the next program, exact search too, and brought up to date there", async () => {
    const asked = vector();
    const wanted = await found(asked, 9, { approximate: true });
    expect(library.check().approximate).toBe("current");
    for (const change of [false, true]) {
      library.close();
      library = await openLibrary(folder, { reader: openReader });
      if (change) addFaces(2);
      library.close();
      library = await openLibrary(folder, { reader: openReader, readonly: true });
      expect(await found(asked, 9)).toEqual(change ? compared(asked, 9) : wanted);
      expect((await searchingOf(library).openCodes())?.rows.length).toBe(most + (change ? 5 : 3));
    }
  });

  it("is made anew where it is damaged, cut short or of another library", async () => {
    await found(vector(), 9, { approximate: true });
    const place = sidecarPath(library.path);
    const whole = readFileSync(place);
    const changedByte = Buffer.from(whole);
    changedByte[whole.length - 9] = (changedByte[whole.length - 9] as number) ^ 4;
    for (const bytes of [changedByte, whole.subarray(0, 300), Buffer.alloc(0), undefined]) {
      library.close();
      if (bytes === undefined) rmSync(place);
      else writeFileSync(place, bytes);
      library = await openLibrary(folder, { reader: openReader });
      const asked = vector();
      expect(await found(asked, 9, { approximate: true })).toEqual(compared(asked, 9));
      expect(existsSync(place)).toBe(true);
      expect(readFileSync(place).length).toBe(whole.length);
    }
  });

  it("is made anew where no file is in its place, and where it cannot be kept the answer says so", async () => {
    const place = sidecarPath(library.path);
    symlinkSync(place, place);
    const asked = vector();
    for (const kept of [true, false]) {
      if (!kept) {
        library.close();
        rmSync(place);
        mkdirSync(place);
        library = await openLibrary(folder, { reader: openReader });
      }
      const answer = await search(library, asked, { k: 9, approximate: true });
      expect(answer.hits.map(({ face }) => face)).toEqual(compared(asked, 9));
      expect(lstatSync(place).isFile()).toBe(kept);
      const reason = `the index could not be kept in ${place}, and the next search makes it anew: a folder has its name`;
      expect(answer.remarks).toEqual(kept ? undefined : [reason]);
    }
    const again = await search(library, asked, { k: 9, approximate: true });
    expect(again.remarks).toHaveLength(1);
    expect(await found(asked, 9)).toEqual(compared(asked, 9));
    rmSync(place, { recursive: true });
    addFaces(20);
    expect((await search(library, asked, { approximate: true })).remarks).toBeUndefined();
    expect(lstatSync(place).isFile()).toBe(true);
  });

  it("takes with it what a killed process left of others, but not what another is writing", async () => {
    const [left, writing] = [".0a", ".0b"].map((ending) => sidecarPath(library.path) + ending) as [string, string];
    for (const path of [left, writing]) writeFileSync(path, "of an index");
    utimesSync(left, 1e9, 1e9);
    await found(vector(), 9, { approximate: true });
    expect([left, writing].map(existsSync)).toEqual([false, true]);
  });

  it("is of no use after rows were mended where they stand", async () => {
    const asked = vector();
    await found(asked, 9, { approximate: true });
    const before = `${sidecarPath(library.path)}.before`;
    copyFileSync(sidecarPath(library.path), before);
    const file = fileOf(library);
    const kept = file.prepare("SELECT value FROM facts WHERE name = 'approximate'").pluck().get();
    library.repair();
    const [nearest] = compared(asked, 1) as [number];
    const far = Buffer.from(new Float32Array(library.model.dimensions).fill(50).buffer);
    file.prepare("UPDATE faces SET embedding = ? WHERE id = ?").run(far, nearest);
    changed();
    library.close();
    copyFileSync(before, sidecarPath(library.path));
    rmSync(before);
    library = await openLibrary(folder, { reader: openReader });
    fileOf(library).prepare("INSERT OR REPLACE INTO facts (name, value) VALUES ('approximate', ?)").run(kept);
    expect(await found(asked, 9, { approximate: true })).toEqual(compared(asked, 9));
  });

  it("has lists where faces are many, which find nearly all and are brought up to date", async () => {
    const codes = await searchingOf(library)
      .openCodes()
      .then(() => searchingOf(library).openCodes());
    if (codes?.of === undefined) throw new Error("no codes");
    const file = fileOf(library);
    const listed = await listCodes(file, codes.rows, undefined, 1000);
    if (listed === undefined) throw new Error("no lists");
    expect(listed.measured).toMatchObject({ k: 11, queries: 200 });
    expect(listed.measured.recall).toBeGreaterThan(0.99);
    const index = indexOf(file, { rows: codes.rows, of: codes.of }, listed);
    const asked = Float32Array.from(library.faceSet().embeddings.row(100));
    const wanted = compared(asked, 11);
    expect(index.search(asked, 11).filter(({ face }) => wanted.includes(face)).length).toBeGreaterThan(9);
    const even = Uint32Array.from({ length: 1300 }, (_, i) => 2 * i);
    const ids = new Set([...even].map((row) => codes.rows.ids[row]));
    expect(index.search(asked, 11, even).every(({ face }) => ids.has(face))).toBe(true);
    addFaces(4);
    const same = await searchingOf(library).openCodes();
    if (same?.of === undefined) throw new Error("no codes");
    expect(await listCodes(file, same.rows, listed, 1000)).toBe(listed);
    addFaces(400);
    await searchingOf(library).openCodes();
    const more = await listCodes(file, same.rows, listed, 1000);
    expect(more?.lists.centres).toBe(listed.lists.centres);
    expect(more?.lists.listOf.length).toBe(same.rows.length);
  });
});
