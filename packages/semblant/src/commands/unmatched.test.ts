import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { album } from "../../../photos/src/asking/album.ts";
import { classify } from "../../../photos/src/asking/classify.ts";
import { cluster } from "../../../photos/src/asking/cluster.ts";
import { indexFolder } from "../../../photos/src/asking/index-folder.ts";
import { search } from "../../../photos/src/asking/search.ts";
import { black, emptyFolder, green, photoBytes, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { openReader } from "../../../photos/src/library/fixtures/pixel-reader.ts";
import { openLibrary } from "../../../photos/src/library/library.ts";

const reader = () => openReader();
const root = emptyFolder();
const photos = join(root, "photos");
/** The last quarter of its rows, or fewer, is missing. */
let cut: Buffer;

beforeAll(async () => {
  await writePhotos(photos, { "Rome, Italy 2019/a.jpg": [red], "Home/b.jpg": [green], "Home/c.jpg": [green], "empty/d.jpg": [black] });
  await indexFolder(photos, { reader });
  const whole = await photoBytes([red], 9);
  cut = whole.subarray(0, whole.length - 20);
});
afterAll(() => rmSync(root, { recursive: true }));

describe("a filter that lets no face through", () => {
  it.each([
    [{ folder: "Rome" }, 'the library has no photo in a folder "Rome"'],
    [{ folder: "Home", side: 4000 }, "no face has side>=4000"],
    [{ folder: "Home", expression: "anger" }, "no face has all of folder=Home and expression=anger"],
    [{ since: "2024-05" }, "no face has since=2024-05"],
  ])("fails and says why: %j", async (filter, why) => {
    const message = (where: string) => `${where}: expected faces that --filter lets through, but ${why}.`;
    await expect(search(photos, "happy", { reader, filter })).rejects.toThrow(message("search"));
    await expect(search(photos, 1, { reader, filter })).rejects.toThrow(message("search"));
    await expect(album(photos, { reader, filter })).rejects.toThrow(message("album"));
    await expect(cluster(photos, { reader, filter, index: false })).rejects.toThrow(message("cluster"));
  });

  it("fails in a search where it lets only the face through that is asked about, or none in its photos", async () => {
    const library = await openLibrary(photos, { reader, readonly: true });
    const own = library.faceSet({ folder: "Rome, Italy 2019" }).faces[0]?.id as number;
    library.close();
    await expect(search(photos, own, { reader, filter: { folder: "Rome, Italy 2019" } })).rejects.toThrow(
      "search: expected faces that --filter lets through, but only the one that was asked about is.",
    );
    await expect(search(photos, "happy", { reader, filter: { folder: "empty" } })).rejects.toThrow(
      "search: expected faces that --filter lets through, but no face has folder=empty.",
    );
    expect((await search(photos, "happy", { reader, filter: { folder: "./Home/" } })).searched).toBe(2);
  });

  it("fails by the folder's name where no photo has a face", async () => {
    const sea = join(root, "sea");
    await writePhotos(sea, { "a.jpg": [black] });
    await expect(album(sea, { reader, filter: { folder: "Rome" } })).rejects.toThrow(
      'album: expected faces that --filter lets through, but the library has no photo in a folder "Rome".',
    );
    await expect(album(sea, { reader })).rejects.toThrow("album: expected faces, but none was found in 1 photo of");
  });

  it("says where corrections hide what it would let through", async () => {
    const library = await openLibrary(photos, { reader });
    const id = library.correct({ kind: "hide", path: "Home" });
    expect(library.unmatched({ folder: "Home" })).toBe("corrections hide all that match (hidden=yes shows them)");
    expect(library.unmatched({ folder: "Home", hidden: true })).toBeUndefined();
    library.withdraw(id);
    library.close();
  });
});

describe("an exclusion or a forgetting that matches nothing", () => {
  it("fails and says so, before anything is read", async () => {
    writeFileSync(join(photos, "Home/new.jpg"), await photoBytes([red], 4));
    await expect(indexFolder(photos, { reader, exclude: ["Rom"] })).rejects.toThrow('nothing there is called "Rom".');
    const library = await openLibrary(photos, { reader });
    expect(library.counts().photos).toBe(4);
    expect(() => library.forget("Rom")).toThrow(
      'library forget: expected a photo or folder of the library, but it knows nothing of "Rom".',
    );
    expect(() => library.correct({ kind: "hide", path: "Rom" })).toThrow("correct: expected a photo or folder of the library");
    library.close();
    rmSync(join(photos, "Home/new.jpg"));
  });
});

describe("an exclusion", () => {
  it("holds until others are given, for the next index and for every question, and is said", async () => {
    const folder = join(root, "remembered");
    await writePhotos(folder, { "raw/a.jpg": [red], "old/b.jpg": [green], "c.jpg": [green] });
    const photosOf = async (exclude?: string[]) => {
      const { photos: count, remembered } = await indexFolder(folder, { reader, ...(exclude && { exclude }) });
      return { count, remembered };
    };
    expect(await photosOf(["raw"])).toEqual({ count: 2, remembered: [] });
    expect((await album(folder, { reader })).set.remarks).toEqual([
      "passed over: 1 by --exclude",
      "left out as by the last index: raw (semblant index --exclude names others, --no-exclude none)",
    ]);
    expect(await photosOf()).toEqual({ count: 2, remembered: ["raw"] });
    await expect(photosOf(["rwa"])).rejects.toThrow('nothing there is called "rwa"'); // what was misspelt is not kept
    expect(await photosOf()).toEqual({ count: 2, remembered: ["raw"] });
    expect(await photosOf(["old"])).toEqual({ count: 2, remembered: [] });
    rmSync(join(folder, "old"), { recursive: true });
    expect(await photosOf()).toEqual({ count: 2, remembered: ["old"] }); // what it left out may be gone
    expect(await photosOf([])).toEqual({ count: 2, remembered: [] });
    expect(await photosOf()).toEqual({ count: 2, remembered: [] });
    expect((await album(folder, { reader })).set.remarks).toBeUndefined();
  });

  it("is named by a filter on the folder that it left out", async () => {
    const folder = join(root, "left out");
    await writePhotos(folder, { "Rome, Italy 2019/a.jpg": [red], "b.jpg": [green] });
    await indexFolder(folder, { reader, exclude: ["Rome, Italy 2019"] });
    await expect(search(folder, "happy", { reader, filter: { folder: "Rome, Italy 2019" } })).rejects.toThrow(
      'search: expected faces that --filter lets through, but the folder "Rome, Italy 2019" was left out of the library by --exclude "Rome, Italy 2019": index again without it, or with --no-exclude.',
    );
    await expect(search(folder, "happy", { reader, filter: { folder: "Rome" } })).rejects.toThrow(
      'the library has no photo in a folder "Rome".',
    );
    const library = await openLibrary(folder, { reader });
    library.forget("."); // its names, too
    library.close();
    expect((await indexFolder(folder, { reader })).photos).toBe(2);
  });
});

describe("what is to be known of photos that were read", () => {
  it("is said of each, by index and by the questions", async () => {
    const folder = join(root, "remarks");
    await writePhotos(folder, { "a.jpg": [red] });
    writeFileSync(join(folder, "cut.jpg"), cut);
    writeFileSync(join(folder, "film.mov"), "film");
    const remark = expect.stringMatching(/^its file is cut short: /);
    const { set } = await classify([join(folder, "cut.jpg"), join(folder, "a.jpg")], { reader });
    expect(set.remarks).toEqual([expect.stringMatching(/cut\.jpg: its file is cut short: /)]);
    const asked = await album(folder, { reader });
    expect(asked.set.remarks).toEqual([expect.stringMatching(/^cut\.jpg: its file is cut short: /), "passed over: 1 .mov"]);
    const summary = await indexFolder(folder, { reader, exclude: ["a.jpg"] });
    expect(summary.passedOver).toEqual({ endings: { ".mov": 1 }, hidden: 0, programs: 0, excluded: 1 });
    expect(summary.remarks).toEqual([{ path: "cut.jpg", remark }]);
  });
});
