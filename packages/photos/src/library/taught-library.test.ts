import { rmSync } from "node:fs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { classify } from "../asking/classify.ts";
import { taughtNames } from "../asking/model-of-library.ts";
import { search } from "../asking/search.ts";
import { forgetTaught, teach } from "../asking/teach.ts";
import { engine, type Place } from "./fixtures/engine.ts";
import { emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { type Library, openLibrary } from "./library.ts";
import { libraryStamp } from "./library-stamp.ts";

const orange = [
  [200, 120, 0],
  [205, 125, 0],
  [210, 118, 0],
] as const;

let library: Library;
let place: Place = {};
beforeEach(async () => {
  place = engine.place();
  const photos = { "a.jpg": [red], "b.jpg": [green], "c.jpg": [orange[0]], "d.jpg": [orange[1]], "e.jpg": [orange[2]] };
  library = await openLibrary(await writePhotos(emptyFolder(), photos), { reader: openReader, ...place });
  for await (const _ of library.index());
});
afterEach(() => {
  library.close();
  rmSync(library.root, { recursive: true, force: true });
});

it("A class that a library was taught stays with it, is searched by its name, and is forgotten", async () => {
  const before = libraryStamp(library);
  const taught = await teach(library, { name: "bored", faces: ["c.jpg", "d.jpg"] }, { anyway: true });
  expect(taught.classes).toEqual(["anger", "happiness", "sadness", "bored"]);
  expect(taught.file).toBe(engine.isServer ? library.path : `${library.root}/.semblant/taught.json`);
  expect(libraryStamp(library)).not.toBe(before);

  library.close();
  library = await openLibrary(library.root, { reader: openReader, ...place });
  expect(taughtNames(library)).toEqual(["bored"]);
  const { hits } = await search(library, "bored", { k: 3 });
  expect(hits.map(({ path }) => path).sort()).toEqual(["c.jpg", "d.jpg", "e.jpg"]);
  expect(library.check().problems).toEqual([]);

  expect(await forgetTaught(library, "bored")).toEqual([]);
  expect(taughtNames(library)).toEqual([]);
  await expect(forgetTaught(library, "bored")).rejects.toThrow('teach: expected a class that was taught (none), but got "bored".');
});

it("A folder's library is taught where it lies, by the folder's name too", async () => {
  library.close();
  const options = { reader: openReader, index: false, ...(place.file !== undefined && { library: place.file }) };
  await teach(library.root, { name: "bored", faces: ["c.jpg", "d.jpg"] }, { ...options, anyway: true });
  library = await openLibrary(library.root, { reader: openReader, ...place });
  expect(taughtNames(library)).toEqual(["bored"]);
  const { library: own } = options as { readonly library?: string };
  const known = { reader: openReader, taught: library.root, ...(own !== undefined && { library: own }) };
  const { classes, faces } = await classify([`${library.root}/e.jpg`], known);
  expect([classes.at(-1), faces[0]?.expression]).toEqual(["bored", "bored"]);
  const where = { reader: openReader, taught: library.root, library: `${library.root}/none.sqlite` };
  await expect(classify([`${library.root}/e.jpg`], where)).rejects.toThrow(
    `classify: expected a library at ${library.root}/none.sqlite, but there is none.\n  Make one with: semblant index FOLDER --library `,
  );
});
