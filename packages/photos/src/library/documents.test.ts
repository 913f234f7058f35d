import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { documentNames, dropDocument, keepDocument, readDocument } from "./documents.ts";
import { engine, type Place } from "./fixtures/engine.ts";
import { emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { standsIn } from "./fixtures/stands-in.ts";
import { type Library, openLibrary } from "./library.ts";
import { listPhotos } from "./photo-list.ts";

let library: Library;
let place: Place = {};
beforeEach(async () => {
  place = engine.place();
  const photos = { "b.jpg": [red, green], 'secret "party"/me.jpg': [green], "nobody.jpg": [[0, 0, 0]] } as const;
  library = await openLibrary(await writePhotos(emptyFolder(), photos), { reader: openReader, ...place });
});
afterEach(() => {
  library.close();
  rmSync(library.root, { recursive: true, force: true });
});

const holds = (trace: string) => standsIn(library, trace);

describe("documents", () => {
  it("are kept with the library as JSON, replaced and dropped", async () => {
    keepDocument(library, "map positions", { 1: [0.5, -2] });
    keepDocument(library, "votes", []);
    keepDocument(library, "votes", ["happy", "<b>"]);
    library.close();
    library = await openLibrary(library.root, { reader: openReader, ...place });
    expect(documentNames(library)).toEqual(["map positions", "votes"]);
    expect(readDocument(library, "votes")).toEqual(["happy", "<b>"]);
    expect(readDocument(library, "none")).toBeUndefined();
    expect([dropDocument(library, "votes"), dropDocument(library, "votes")]).toEqual([true, false]);
  });

  it("of strange names, without a value or too large are refused, as is keeping one where nothing may be written", async () => {
    const name = 'documents: expected a name of 1 to 100 letters, digits, spaces, dots, "_" and "-", but got';
    for (const strange of ["", "a/b", "a\nb", "x".repeat(101)]) expect(() => keepDocument(library, strange, 1)).toThrow(name);
    expect(() => keepDocument(library, "a", undefined)).toThrow('documents: expected a value of JSON for "a", but got undefined.');
    const deep: unknown = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`);
    expect(() => keepDocument(library, "a", deep)).toThrow(
      'documents: expected a value of fewer levels for "a", but it is nested too deeply.',
    );
    const large = "x".repeat(17 * 2 ** 20);
    expect(() => keepDocument(library, "a", large)).toThrow('documents: expected at most 16 MiB for "a", but got 17.0 MiB.');
    using reading = await openLibrary(library.root, { reader: openReader, readonly: true, ...place });
    expect(() => keepDocument(reading, "a", 1)).toThrow("but it may only be read");
  });

  it("that name what is forgotten go with it", async () => {
    for await (const _ of library.index());
    keepDocument(library, "searches", { folder: 'secret "party"' });
    keepDocument(library, "others", { folder: "elsewhere" });
    expect(library.forget('secret "party"')).toMatchObject({ photos: 1, documents: ["searches"] });
    expect([documentNames(library), holds("party")]).toEqual([["others"], false]);
    expect(library.forget(".")).toMatchObject({ documents: ["others"] });
    expect(holds("elsewhere")).toBe(false);
  });
});

describe("the list of photos", () => {
  it("has those without a face too, and what cannot be read; it is empty before the first index", async () => {
    expect(listPhotos(library)).toEqual({ photos: [], faces: [], unread: [], remarks: [] });
    await (await import("node:fs/promises")).writeFile(join(library.root, "broken.jpg"), "no picture");
    for await (const _ of library.index());
    const { photos, faces, unread } = listPhotos(library);
    expect(photos.map(({ path }) => path)).toEqual(["b.jpg", "nobody.jpg", 'secret "party"/me.jpg']);
    expect(faces).toEqual([2, 0, 1]);
    expect(photos).toEqual([...library.faceSet().photos.values()]);
    expect(unread).toEqual([{ path: "broken.jpg", reason: "it is no picture that can be read." }]);
  });
});
