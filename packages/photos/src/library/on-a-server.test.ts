import { rmSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { search } from "../asking/search.ts";
import { askServer, engine, hasServer } from "./fixtures/engine.ts";
import { blue, emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { fileOf, openLibrary } from "./library.ts";

/** Tests of what a library does wherever it lies; each runs on files by itself. One server is asked by all of them. */
const files = ["search-library", "corrections", "forget", "documents", "photo-remarks", "taught-library", "adapt-into-library"];

if (hasServer) {
  await askServer();
  afterAll(() => engine.stop());
  for (const file of files) {
    describe(`on a server, ${file}`, async () => {
      await import(`./${file}.test.ts`);
    });
  }

  describe("on a server, search's table", () => {
    it("is held against the faces by check, and made anew by repair", async () => {
      const folder = await writePhotos(emptyFolder(), { "a.jpg": [red, green], "b.jpg": [blue], "c.jpg": [red, blue] });
      const library = await openLibrary(folder, { reader: openReader, ...engine.place() });
      for await (const _ of library.index());
      const [first, second, third] = library.faceSet().faces.map(({ id }) => id) as [number, number, number];
      expect((await search(library, first, { k: 2, approximate: true })).hits).toHaveLength(2);
      fileOf(library).exec(
        `DELETE FROM vectors WHERE face = ${second}; UPDATE vectors SET embedding = '[9, 9, 9, 9]' WHERE face = ${third}`,
      );
      expect(library.check().problems).toEqual([
        "the table that search reads is not that of the faces: 1 faces are not in it, 1 of its rows differ from their face's",
      ]);
      expect(library.repair()).toEqual({ mended: [], reread: [], lost: [], photos: 0 });
      expect(library.check()).toMatchObject({ problems: [], approximate: "none" });
      expect((await search(library, first, { k: 9, approximate: true, filter: { folder: "." } })).hits).toHaveLength(4);
      library.close();
      rmSync(folder, { recursive: true, force: true });
    });
  });
} else {
  it.skip("libraries on a server (@electric-sql/pglite is not installed)", () => {});
}
