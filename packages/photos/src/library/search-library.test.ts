import { rmSync } from "node:fs";
import { join } from "node:path";
import { findNeighbors, Random } from "@semblant/core";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { best } from "../asking/best.ts";
import { classify } from "../asking/classify.ts";
import { cluster } from "../asking/cluster.ts";
import { search } from "../asking/search.ts";
import { parseFilter } from "./filter-words.ts";
import { engine } from "./fixtures/engine.ts";
import { blue, emptyFolder, green, photoBytes, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { type Library, openLibrary } from "./library.ts";
import { nearestFaces } from "./nearest-faces.ts";
import { openFile } from "./open-file.ts";

let library: Library;
const random = new Random(3);
const many = Object.fromEntries(
  Array.from({ length: 120 }, (_, i) => [
    `${i % 2 ? "odd" : "even"}/${i}.jpg`,
    [[40 + random.integer(200), random.integer(240), random.integer(240)] as const],
  ]),
);
beforeAll(async () => {
  const folder = await writePhotos(emptyFolder(), { ...many, "red.jpg": [red], "two.jpg": [green, blue], "none.jpg": [[0, 0, 0]] });
  library = await openLibrary(folder, { reader: openReader, ...engine.place() });
  for await (const _ of library.index());
});
afterAll(() => {
  library.close();
  rmSync(library.root, { recursive: true, force: true });
});

describe("search", () => {
  it("finds what comparing with every face finds, with sqlite-vec and without", async () => {
    const set = library.faceSet();
    const file = engine.isServer ? undefined : openFile(library.path, { readonly: true });
    for (const i of [0, 17, 60, 121]) {
      const exact = findNeighbors(set.embeddings.take([i]), set.embeddings, { k: 10 });
      const wanted = Array.from(exact.rows, (row) => set.faces[row]?.id);
      const query = set.embeddings.row(i);
      const { hits, exact: said, searched } = await search(library, query, { k: 10 });
      expect(hits.map((hit) => hit.face)).toEqual(wanted);
      expect(hits.map((hit) => hit.distance as number)).toEqual(Array.from(exact.distances, (distance) => expect.closeTo(distance, 4)));
      expect([said, searched]).toEqual([true, 123]);
      if (file !== undefined)
        expect(nearestFaces(file, query, { k: 10, condition: undefined, vectors: false }).map(({ face }) => face)).toEqual(wanted);
    }
    file?.close();
  });

  it("of a face leaves the face itself out, and says which expressions it found", async () => {
    const answer = await search(library, "red.jpg", { k: 3 });
    expect(answer.query).toMatchObject({ kind: "photo", path: "red.jpg", of: 1 });
    expect(answer.hits.map((hit) => hit.path)).not.toContain("red.jpg");
    expect(answer.hits[0]).toMatchObject({ expression: "anger", probability: expect.closeTo(1, 1) });
    expect(answer.searched).toBe(122);
    expect(answer.identityLeak).toEqual({ data: "made up", n: 100, share: 40, chance: 5 });
    const id = library.faceSet().faces.find((face) => library.faceSet().photos.get(face.photo)?.path === "red.jpg")?.id as number;
    expect(await search(library, id, { k: 3 })).toMatchObject({ query: { kind: "face", face: id, path: "red.jpg" }, hits: answer.hits });
    expect((await search(library, `#${id}`, { k: 3 })).hits).toEqual(answer.hits);
  });

  it("reads a photo that is not in the library, and a picture", async () => {
    const { readPhoto } = await import("../pictures/read-photo.ts");
    const other = join(library.root, ".other.jpg");
    await writePhotos(library.root, { ".other.jpg": [red] });
    const byPath = await search(library, other, { k: 2 });
    expect(byPath.query).toMatchObject({ kind: "photo", of: 1 });
    expect(byPath.hits[0]?.path).toBe("red.jpg");
    const byPicture = await search(library, await readPhoto(await photoBytes([green, blue])), { k: 1 });
    expect(byPicture.query).toMatchObject({ kind: "picture", of: 2 });
    await expect(search(library, await readPhoto(await photoBytes([[0, 0, 0]])))).rejects.toThrow(
      "search: expected a face in the picture, but none was found there.",
    );
    await expect(search(library, "none.jpg")).rejects.toThrow("search: expected a face in none.jpg, but none was found there.");
  });

  it("takes only what a filter lets through", async () => {
    const odd = await search(library, "red.jpg", { k: 200, filter: { folder: "odd" } });
    expect(odd.hits).toHaveLength(60);
    expect(odd.hits.every((hit) => hit.path.startsWith("odd/"))).toBe(true);
    await expect(search(library, "red.jpg", { k: 200, filter: { side: 40 } })).rejects.toThrow(
      "search: expected faces that --filter lets through, but no face has side>=40.",
    );
    const set = library.faceSet({ expression: "happiness" });
    expect(set.faces.length).toBeGreaterThan(5);
    expect(new Set(set.model.classify(set.embeddings).map(({ predicted }) => set.model.classes[predicted]))).toEqual(
      new Set(["happiness"]),
    );
    expect(() => library.faceSet({ expression: "hapiness" })).toThrow('filter: unknown expression "hapiness"; did you mean "happiness"?');
    expect(() => library.faceSet({ since: "soon" })).toThrow(
      'filter: expected since to be a day such as 2024-05-01, or milliseconds since 1970, but got "soon".',
    );
    expect(() => library.faceSet({ fold: "x" } as object)).toThrow('filter: unknown option "fold"; did you mean "folder"?');
  });

  it("approximately, says how much it finds, keeps its index beside the library and makes it anew when faces change", async () => {
    const exact = await search(library, "red.jpg", { k: 10 });
    const approximate = await search(library, "red.jpg", { k: 10, approximate: true });
    expect(approximate.exact).toBe(false);
    expect(approximate.recall).toBeGreaterThan(0.95);
    expect(approximate.hits.map((hit) => hit.face)).toEqual(exact.hits.map((hit) => hit.face));
    expect(library.check().approximate).toBe("current");
    const filtered = await search(library, "red.jpg", { k: 50, approximate: true, filter: { folder: "odd" } });
    expect(filtered.hits).toHaveLength(50);
    expect(filtered.hits.every((hit) => hit.path.startsWith("odd/"))).toBe(true);
    await writePhotos(library.root, { "late.jpg": [[221, 0, 0]] });
    for await (const _ of library.index());
    expect(library.check().approximate).toBe(engine.isServer ? "current" : "older than the faces"); // a server's follows each row
    expect((await search(library, "red.jpg", { k: 1, approximate: true })).hits[0]?.path).toBe("late.jpg");
    rmSync(join(library.root, "late.jpg"));
    for await (const _ of library.index());
  });

  it("by words ranks by what a face looks like and what was measured", async () => {
    const happy = await search(library, "happy", { k: 3 });
    expect(happy.hits.map((hit) => hit.expression)).toEqual(["happiness", "happiness", "happiness"]);
    expect(happy.hits[0]?.fit).toBeGreaterThan(0.99);
    const open = await search(library, "angry, mouth open", { k: 5 });
    expect(open.hits.map((hit) => hit.fit as number)).toEqual(open.hits.map((hit) => hit.fit as number).sort((a, b) => b - a));
    await expect(search(library, "hapy")).rejects.toThrow('search: unknown word "hapy"; did you mean "happy"?');
    await expect(search(library, "no/such.jpg")).rejects.toThrow(
      'search: expected a face\'s id, a photo or words for the classes, but got "no/such.jpg".',
    );
    await expect(search(library, "eyes open")).rejects.toThrow(
      'search: expected "eyes open" to have been measured, but it was not in any of these faces.',
    );
  });

  it("refuses what it cannot search for", async () => {
    await expect(search(library, 9999)).rejects.toThrow("search: expected the id of a face of this library, but 9999 is none.");
    await expect(search(library, new Float32Array(3))).rejects.toThrow("search: expected an embedding of 4 numbers, but got 3.");
    await expect(search(library, "happy", { k: 0 })).rejects.toThrow("search: expected k to be a whole number above 0, but got 0.");
  });
});

describe("parseFilter", () => {
  it("reads names and values with commas between", () => {
    expect(parseFilter("folder=2024/may, side>=40,expression = sadness,hidden=yes")).toEqual({
      folder: "2024/may",
      side: 40,
      expression: "sadness",
      hidden: true,
    });
    expect(() => parseFilter("side")).toThrow(
      '--filter: expected name=value, with commas between, but got "side".\n  For example: folder=2024,side>=40',
    );
    expect(() => parseFilter("sid=3")).toThrow('--filter: unknown option "sid"; did you mean "side"?');
  });
});

describe.skipIf(engine.isServer)("a library that is asked again and again", () => {
  it("prepares nothing anew, since memory of statements is freed only when the event loop turns", async () => {
    const prepare = vi.spyOn(Database.prototype, "prepare");
    const { prototype } = Object.getPrototypeOf(new Database(":memory:").prepare("SELECT 1")).constructor as {
      prototype: Database.Statement;
    };
    const iterate = vi.spyOn(prototype, "iterate");
    using asked = await openLibrary(library.root, { readonly: true });
    const ids = asked.faceSet().faces.map(({ id }) => id);
    const ask = async (i: number) => {
      await search(asked, ids[i % ids.length] as number, { k: 1 + (i % 9) });
      await search(asked, new Float32Array(asked.model.dimensions).fill(i), { k: 5, filter: { folder: i % 2 ? "odd" : "even" } });
      await search(asked, "two.jpg");
      await classify(asked);
      await best(asked);
      await cluster(asked, { k: 3 });
    };
    for (let i = 0; i < 3; i++) await ask(i);
    prepare.mockClear();
    for (let i = 3; i < 15; i++) await ask(i);
    expect(prepare).not.toHaveBeenCalled();
    expect(iterate).not.toHaveBeenCalled();
    prepare.mockRestore();
    iterate.mockRestore();
  });
});
