import { existsSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AtATime } from "./at-a-time.ts";
import { emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { type Library, openLibrary } from "./library.ts";
import { LibraryThumbnails } from "./thumbnails.ts";

let library: Library;
let thumbnails: LibraryThumbnails;
beforeEach(async () => {
  const folder = await writePhotos(emptyFolder(), { "a.jpg": [red, green], "secret/b.jpg": [green] });
  const large = sharp({ create: { width: 600, height: 900, channels: 3, background: "#00c000" } });
  await large
    .withExif({ IFD0: { Copyright: "a name" } })
    .jpeg()
    .toFile(join(folder, "large.jpg"));
  library = await openLibrary(folder, { reader: openReader });
  for await (const _ of library.index());
  thumbnails = new LibraryThumbnails(library);
});
afterEach(() => {
  thumbnails.close();
  library.close();
  rmSync(library.root, { recursive: true, force: true });
});

const store = () => join(library.root, ".semblant", "thumbnails.sqlite");
const idOf = (path: string) => [...library.faceSet().photos.values()].find((photo) => photo.path === path)?.id as number;
const shape = async (webp: Uint8Array | undefined) => {
  const { format, width, height, exif } = await sharp(webp).metadata();
  return { format, width, height, exif };
};

describe("thumbnails", () => {
  it("are a face's square and a photo in its own shape, never larger than the photo, without metadata", async () => {
    const [face] = library.faceSet().faces;
    const square = { format: "webp", width: 160, height: 160, exif: undefined };
    expect(await shape(await thumbnails.of({ face: face?.id as number }))).toEqual(square);
    expect(await shape(await thumbnails.of({ photo: idOf("a.jpg") }))).toMatchObject({ width: 96, height: 48 });
    expect(await shape(await thumbnails.of({ photo: idOf("large.jpg") }))).toEqual({ ...square, width: 213, height: 320 });
    expect(await thumbnails.of({ face: 999 })).toBeUndefined();
    expect(await thumbnails.of({ photo: 999 })).toBeUndefined();
  });

  it("are cut once, kept for their owner alone, and given again without the photo", async () => {
    const photo = idOf("large.jpg");
    const [first, same] = await Promise.all([thumbnails.of({ photo }), thumbnails.of({ photo })]);
    expect(same).toBe(first);
    rmSync(join(library.root, "large.jpg"));
    thumbnails.close();
    thumbnails = new LibraryThumbnails(library);
    expect(Buffer.from((await thumbnails.of({ photo })) as Uint8Array).equals(Buffer.from(first as Uint8Array))).toBe(true);
    if (process.platform !== "win32") expect(statSync(store()).mode & 0o777).toBe(0o600);
    await expect(thumbnails.of({ photo: idOf("a.jpg") })).resolves.toBeDefined();
  });

  it("say that a photo is gone, where it was not cut before", async () => {
    rmSync(join(library.root, "a.jpg"));
    await expect(thumbnails.of({ photo: idOf("a.jpg") })).rejects.toThrow("photo: there is no such file.");
  });

  it("are not cut from another picture that took the photo's place, but from one that was only touched", async () => {
    const path = join(library.root, "a.jpg");
    const bytes = readFileSync(path);
    utimesSync(path, 1, 1);
    await expect(thumbnails.of({ photo: idOf("a.jpg") })).resolves.toBeDefined();
    const b = join(library.root, "secret", "b.jpg");
    writeFileSync(b, bytes);
    await expect(thumbnails.of({ photo: idOf("secret/b.jpg") })).rejects.toThrow(
      "photos: expected the photo as it was read, but its file is another by now.\n  Read the folder again.",
    );
  });

  it("that are damaged are cut again, one or all of them", async () => {
    const photo = idOf("a.jpg");
    const before = Buffer.from((await thumbnails.of({ photo })) as Uint8Array);
    thumbnails.close();
    const file = new Database(store());
    file.exec("UPDATE thumbnails SET webp = zeroblob(100)");
    file.close();
    thumbnails = new LibraryThumbnails(library);
    expect(Buffer.from((await thumbnails.of({ photo })) as Uint8Array).equals(before)).toBe(true);
    for (const bytes of ["no database", Buffer.concat([readFileSync(store()).subarray(0, 100), Buffer.alloc(8000, 7)])]) {
      thumbnails.close();
      writeFileSync(store(), bytes);
      thumbnails = new LibraryThumbnails(library);
      expect(Buffer.from((await thumbnails.of({ photo })) as Uint8Array).equals(before)).toBe(true);
      rmSync(store(), { force: true });
    }
  });

  it("come without a store where the library may only be read", async () => {
    const photo = idOf("a.jpg");
    using reading = await openLibrary(library.root, { reader: openReader, readonly: true });
    const cut = new LibraryThumbnails(reading);
    expect(await shape(await cut.of({ photo }))).toMatchObject({ width: 96 });
    expect(existsSync(store()) && readFileSync(store()).includes("WEBP")).toBe(false);
  });

  it("of what is forgotten go with it, to the last byte, also while they are open; so do those of photos that are gone", async () => {
    const [kept, secret, large] = ["a.jpg", "secret/b.jpg", "large.jpg"].map(idOf) as [number, number, number];
    const cut: Buffer[] = [];
    for (const photo of [kept, secret, large]) cut.push(Buffer.from((await thumbnails.of({ photo })) as Uint8Array));
    const holds = (webp: Buffer) =>
      [store(), `${store()}-wal`].some((path) => existsSync(path) && readFileSync(path).includes(webp.subarray(20, 60)));
    expect(cut.map(holds)).toEqual([true, true, true]);
    library.forget("secret");
    expect(cut.map(holds)).toEqual([true, false, true]);
    renameSync(join(library.root, "large.jpg"), join(library.root, "..", "moved-away.jpg"));
    for await (const _ of library.index());
    rmSync(join(library.root, "..", "moved-away.jpg"));
    expect(cut.map(holds)).toEqual([true, false, false]);
    expect(await thumbnails.of({ photo: kept })).toBeDefined();
  });
});

describe("AtATime", () => {
  it("lets no more works run than were said, in their order, also after one that failed", async () => {
    const turns = new AtATime(2);
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const works = Array.from({ length: 7 }, (_, i) =>
      turns.run(async () => {
        most = Math.max(most, ++running);
        order.push(i);
        await new Promise((done) => setImmediate(done));
        running--;
        if (i === 3) throw new Error("broken");
      }),
    );
    const ended = await Promise.allSettled(works);
    expect(ended.map(({ status }) => status === "rejected")).toEqual([false, false, false, true, false, false, false]);
    expect([most, order]).toEqual([2, [0, 1, 2, 3, 4, 5, 6]]);
  });
});
