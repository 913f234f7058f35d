import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import type { AppEvent, Job } from "@semblant/api";
import { openLibrary } from "@semblant/photos";
import { claimIndexing } from "@semblant/photos/internals";
import Database from "better-sqlite3";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { emptyFolder, green, photoBytes, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { openReader } from "../../../photos/src/library/fixtures/pixel-reader.ts";
import { LibraryShelf } from "./library-shelf.ts";

let folder = "";
let shelf: LibraryShelf;
beforeEach(async () => {
  folder = await writePhotos(emptyFolder(), { "a.jpg": [red, green], "b.jpg": [green], "deep/c.jpg": [red], "nobody.jpg": [[0, 0, 0]] });
  shelf = await LibraryShelf.open(folder, { reader: openReader });
});
afterEach(async () => {
  await shelf.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ended(job: Job): Promise<Job> {
  for (;;) {
    const now = (await shelf.jobs.list()).find(({ id }) => id === job.id) as Job;
    if (now.state !== "running") return now;
    await new Promise((done) => setTimeout(done, 20));
  }
}
const indexed = async () => ended(await shelf.jobs.start({ kind: "index" }));
const pictures = async function* (files: Readonly<Record<string, Uint8Array | string>>) {
  for (const [name, bytes] of Object.entries(files)) yield { name, bytes: new Blob([bytes as Uint8Array<ArrayBuffer>]) };
};

describe("a library that is served", () => {
  it("says what it is before anything was indexed, and answers no question then", async () => {
    expect(await shelf.about()).toMatchObject({ root: folder, photos: 0, faces: 0, readonly: false });
    expect((await shelf.about()).model).toBeUndefined();
    await expect(shelf.faces()).rejects.toThrow("nothing was indexed yet");
    await expect(shelf.ask({ question: "cluster" })).rejects.toThrow("nothing was indexed yet");
  });

  it("is indexed as a job that tells how far it is; its revision rises", async () => {
    const events: AppEvent[] = [];
    const end = shelf.watch((event) => events.push(event));
    const before = (await shelf.about()).revision;
    const job = await indexed();
    end();
    const told = events.map((event) => (event.type === "job" ? event.job.state : event.type));
    expect(told.indexOf("revision")).toBeGreaterThanOrEqual(0);
    expect(told.lastIndexOf("revision")).toBeLessThan(told.indexOf("done"));
    expect(job).toMatchObject({ kind: "index", state: "done", result: { photos: 4, faces: 4, read: 4 } });
    expect(await shelf.about()).toMatchObject({
      photos: 4,
      faces: 4,
      model: { classes: ["anger", "happiness", "sadness"], adapted: false },
    });
    expect((await shelf.about()).revision).toBeGreaterThan(before);
  });

  it("gives its photos and its faces in the order of their ids, kept until they change", async () => {
    await indexed();
    const { photos, faces } = await shelf.photos();
    expect(photos.map(({ path }, i) => `${path} ${faces[i]}`)).toEqual(["a.jpg 2", "b.jpg 1", "deep/c.jpg 1", "nobody.jpg 0"]);
    const set = await shelf.faces();
    const ids = set.faces.map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted((a, b) => a - b));
    const green = set.faces.findIndex(({ photo }) => set.photos.get(photo)?.path === "b.jpg");
    expect(set.embeddings.row(green)[1]).toBeGreaterThan(5);
    expect(await shelf.faces()).toBe(set);
    await shelf.correct({ kind: "hide", path: "deep" });
    expect((await shelf.faces()).faces).toHaveLength(3);
    expect((await shelf.faces({ folder: "deep", hidden: true })).faces).toHaveLength(1);
    expect((await shelf.faces({ people: { least: 2 } })).faces).toHaveLength(2);
  });

  it("answers in a thread, also after corrections and after a question that is wrong", async () => {
    await indexed();
    const answer = await shelf.ask({ question: "cluster", options: { k: 2 } });
    expect(answer.groups.map(({ size }) => size).sort()).toEqual([2, 2]);
    await expect(shelf.ask({ question: "cluster", options: { k: -1 } })).rejects.toThrow(
      "expected k to be a whole number from 1 to the 4 faces, but got -1.",
    );
    const [first] = (await shelf.faces()).faces;
    await shelf.correct({ kind: "not a face", face: first?.id as number });
    expect((await shelf.ask({ question: "classify" })).faces).toHaveLength(3);
  });

  it("sees what another process wrote", async () => {
    await indexed();
    const { revision } = await shelf.about();
    const told = new Promise<AppEvent>((tell) => shelf.watch((event) => event.type === "revision" && tell(event)));
    using other = await openLibrary(folder, { reader: openReader });
    other.correct({ kind: "hide", path: "deep" });
    expect(await told).toMatchObject({ type: "revision" });
    expect((await shelf.about()).revision).toBeGreaterThan(revision);
    expect(await shelf.corrections()).toMatchObject([{ kind: "hide", path: "deep" }]);
  });

  it("says that another process indexes it, and goes on answering", async () => {
    await indexed();
    const lock = claimIndexing(join(folder, ".semblant", "library.sqlite"));
    await expect(shelf.jobs.start({ kind: "index" })).rejects.toThrow("but it is in use: another process is indexing it.");
    expect((await shelf.faces()).faces).toHaveLength(4);
    lock.release();
    expect((await indexed()).state).toBe("done");
  });

  it("stops an index, which goes on later, and runs one at a time", async () => {
    process.env.PIXEL_READER_PAUSE = "400";
    const job = await shelf.jobs.start({ kind: "index" });
    await expect(shelf.jobs.start({ kind: "index" })).rejects.toThrow('jobs: expected no job "index" to run, but one does.');
    await shelf.jobs.stop(job.id);
    expect(await ended(job)).toMatchObject({ state: "stopped" });
    delete process.env.PIXEL_READER_PAUSE;
    await expect(shelf.jobs.stop(99)).rejects.toThrow("jobs: expected the id of a job, but 99 is none.");
    expect(await indexed()).toMatchObject({ state: "done", result: { photos: 4 } });
  });

  it("shows photos upright without metadata, and says what is missing", async () => {
    await sharp(await photoBytes([red, green]))
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 30/1 0/1" } })
      .jpeg()
      .toFile(join(folder, "turned.jpg"));
    await indexed();
    const id = (await shelf.photos()).photos.find(({ path }) => path === "turned.jpg")?.id as number;
    const shown = await shelf.picture(id, 48);
    const { width, height, exif, orientation } = await sharp(await shown.arrayBuffer()).metadata();
    expect({ type: shown.type, width, height, exif, orientation }).toEqual({ type: "image/jpeg", width: 24, height: 48 });
    expect((await shelf.thumbnail({ photo: id })).type).toBe("image/webp");
    await expect(shelf.picture(99, "full")).rejects.toThrow("photos: expected the id of a photo, but 99 is none.");
    await expect(shelf.thumbnail({ face: 99 })).rejects.toThrow("photos: expected the id of a face, but 99 is none.");
    rmSync(join(folder, "turned.jpg"));
    await expect(shelf.picture(id, "full")).rejects.toThrow("photos: expected the photo's file, but there is no such file any more.");
  });

  it("looks at a picture that is not in it, also before anything was indexed, and leaves nothing of it", async () => {
    const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith("semblant-look-"));
    const before = left();
    const look = async () => shelf.look(new Blob([(await photoBytes([green])) as Uint8Array<ArrayBuffer>]));
    expect((await look()).faces).toMatchObject([{ expression: "happiness", verdict: "named" }]);
    await indexed();
    const { width, height, faces, classes } = await look();
    expect({ width, height, classes }).toEqual({ width: 48, height: 48, classes: ["anger", "happiness", "sadness"] });
    expect(faces[0]?.embedding).toHaveLength(4);
    await expect(shelf.look(new Blob(["<svg onload=alert(1)>"]))).rejects.toThrow("photo: not a picture that is read: it is SVG.");
    expect(left()).toEqual(before);
  });

  it("opens another folder in its place", async () => {
    await indexed();
    const other = await writePhotos(emptyFolder(), { "x.jpg": [red] });
    const told: AppEvent[] = [];
    shelf.watch((event) => told.push(event));
    expect(await shelf.folders.open(other)).toMatchObject({ root: other, photos: 0 });
    expect(told).toMatchObject([{ type: "revision" }]);
    await expect(shelf.folders.open(join(other, "none"))).rejects.toThrow("library: expected a folder of photos, but there is no");
    expect(await shelf.about()).toMatchObject({ root: other });
    mkdirSync(join(other, "sub"));
    expect(await shelf.folders.list(other)).toMatchObject({ path: other, folders: [{ name: "sub", library: false }] });
    await shelf.close();
    rmSync(other, { recursive: true });
  });
});

describe("bad luck", () => {
  const said = { kind: "label", face: 1, label: "sadness" } as const;

  it("a library that is taken away while it is open takes nothing any more, and goes on where it is put back", async () => {
    await indexed();
    renameSync(join(folder, ".semblant"), join(folder, "elsewhere"));
    const text = `library: expected "${join(folder, ".semblant", "library.sqlite")}" to stay while it is open, but it was moved or removed.`;
    for (const work of [
      () => shelf.about(),
      () => shelf.keep("a", 1),
      () => shelf.correct(said),
      () => shelf.photos(),
      () => shelf.faces(),
    ])
      await expect(work()).rejects.toThrow(`${text}\n  Open the folder again.`);
    renameSync(join(folder, "elsewhere"), join(folder, ".semblant"));
    await shelf.keep("a", 1);
    expect(await shelf.document("a")).toBe(1);
  });

  it("a face is found without the others", async () => {
    await indexed();
    for (const { id, photo, box } of (await shelf.faces()).faces) expect(await shelf.placeOf(id)).toEqual({ photo, box });
    expect(await shelf.placeOf(99)).toBeUndefined();
  });

  it("while another process writes, others are answered; what is written waits for it", async () => {
    await indexed();
    const other = new Database(shelf.place.file);
    other.exec("BEGIN IMMEDIATE");
    const keeping = shelf.keep("a", 1);
    expect(await shelf.about()).toMatchObject({ photos: 4 });
    other.exec("ROLLBACK");
    other.close();
    await keeping;
    expect(await shelf.document("a")).toBe(1);
  });

  it("a photo whose file is another by now is not shown as what it was", async () => {
    await indexed();
    const { id } = (await shelf.photos()).photos.find(({ path }) => path === "b.jpg") as { id: number };
    writeFileSync(join(folder, "b.jpg"), await photoBytes([red, red]));
    await expect(shelf.picture(id, 32)).rejects.toThrow("photos: expected the photo as it was read, but its file is another by now.");
  });

  it("two folders are not opened at once, nor one that is not named whole", async () => {
    await indexed();
    const other = await writePhotos(emptyFolder(), { "x.jpg": [red] });
    const opening = shelf.folders.open(other);
    await expect(shelf.folders.open(folder)).rejects.toThrow("folders: expected no other folder to be opened, but one is.");
    await expect(shelf.jobs.start({ kind: "index" })).rejects.toThrow("jobs: expected no other folder to be opened, but one is.");
    expect(await opening).toMatchObject({ root: other });
    for (const work of [() => shelf.folders.open("sub"), () => shelf.folders.list("sub")])
      await expect(work()).rejects.toThrow('folders: expected the whole path of a folder, but got "sub".');
    await shelf.close();
    rmSync(other, { recursive: true });
  });

  it("photos are not copied to where a library is, by whatever way", async () => {
    await indexed();
    symlinkSync(join(folder, ".semblant"), join(folder, "way"));
    for (const to of [join(folder, ".semblant", "x"), join(folder, "way", "x", "y")])
      await expect(shelf.copyOut([1], to)).rejects.toThrow(`album: expected a folder of your own, but ${JSON.stringify(to)} is within one`);
    expect(await shelf.copyOut([1], join(folder, "way out"))).toMatchObject({ written: 1 });
  });

  it("a pattern of exclusions that no expression would ever be done with leaves a served library answering", async () => {
    const job = await shelf.jobs.start({ kind: "index", exclude: [`${"*a".repeat(50)}b`] });
    expect(await ended(job)).toMatchObject({ state: "failed" });
  });
});

describe("pictures that are added", () => {
  it("at the same time by several windows are there once", async () => {
    const one = await photoBytes([red], 52);
    const all = await Promise.all([1, 2, 3, 4].map(() => shelf.add(pictures({ "me.jpg": one }))));
    const path = all.flatMap(({ added }) => added);
    expect(path).toEqual([expect.stringMatching(/^Added [\d-]+\/me\.jpg$/)]);
    expect(all.flatMap(({ already }) => already)).toEqual([1, 2, 3].map(() => ({ name: "me.jpg", path: path[0] })));
    expect(readdirSync(join(folder, path[0]?.split("/")[0] as string))).toEqual(["me.jpg"]);
  });

  it("go into a folder of the day, never over another, once each", async () => {
    await indexed();
    const known = readFileSync(join(folder, "a.jpg"));
    const [one, two] = [await photoBytes([red], 50), await photoBytes([red], 51)];
    const added = await shelf.add(pictures({ "x/me.jpg": one, "x\\me.jpg": two, "copy.jpg": known, "again.jpg": one }));
    const day = added.added[0]?.split("/")[0] as string;
    expect(day).toMatch(/^Added \d{4}-\d\d-\d\d$/);
    expect(added).toEqual({
      added: [`${day}/x/me.jpg`, `${day}/x/me (2).jpg`],
      already: [
        { name: "copy.jpg", path: "a.jpg" },
        { name: "again.jpg", path: `${day}/x/me.jpg` },
      ],
      refused: [],
    });
    expect(readFileSync(join(folder, day, "x", "me.jpg"))).toEqual(one);
    expect(readdirSync(join(folder, day, "x")).sort()).toEqual(["me (2).jpg", "me.jpg"]);
    expect(await indexed()).toMatchObject({ result: { read: 2 } });
  });

  it("are refused where their bytes are no picture, whatever they are called", async () => {
    const { added, refused } = await shelf.add(
      pictures({
        "photo.jpg": "<!doctype html><script>alert(1)</script>",
        "drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "drawing.png": "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "empty.jpg": "",
        "bomb.png": bomb(),
        "cut.jpg": "\xff\xd8\xff",
      }),
    );
    expect(added).toEqual([]);
    expect(refused.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      "photo.jpg: not a picture that is read: it is HTML.",
      "drawing.svg: not a picture that is read: it is SVG.",
      "drawing.png: not a picture that is read: it is SVG.",
      "empty.jpg: the file is empty.",
      expect.stringMatching(/^bomb\.png: .*pixels/),
      expect.stringMatching(/^cut\.jpg: /),
    ]);
    expect(readdirSync(folder).filter((name) => name.startsWith("Added"))).toEqual([]);
  });

  it("with names that climb, command or hold markup stay in the folder", async () => {
    const names = [
      "../../me.jpg",
      "/abs.jpg",
      "..\\up.jpg",
      ".hidden.jpg",
      '"><script>alert(1)</script>.jpg',
      "nul.jpg",
      "a\u0000\r\nb.jpg",
    ];
    const files: Record<string, Uint8Array> = {};
    for (const [i, name] of names.entries()) files[name] = await photoBytes([red], 60 + i);
    const { added } = await shelf.add(pictures(files));
    expect(added.map((path) => path.split("/").slice(1).join("/"))).toEqual([
      "me.jpg",
      "abs.jpg",
      "up.jpg",
      "hidden.jpg",
      "___script_alert(1)_/script_.jpg",
      "_nul.jpg",
      "ab.jpg",
    ]);
    for (const path of added) expect(existsSync(join(folder, path))).toBe(true);
  });

  it("are not written through a link that leads out of the folder", async () => {
    const outside = mkdtempSync(join(tmpdir(), "semblant-outside-"));
    const { added } = await shelf.add(pictures({ "a.jpg": await photoBytes([red], 70) }));
    const day = added[0]?.split("/")[0] as string;
    symlinkSync(outside, join(folder, day, "out"));
    const climbing = shelf.add(pictures({ "out/b.jpg": await photoBytes([red], 71) }));
    await expect(climbing).rejects.toThrow(`add: expected a folder in ${folder}, but a link leads out of it to ${outside}.`);
    await expect(shelf.add(pictures({ "out/deep/b.jpg": await photoBytes([red], 71) }))).rejects.toThrow("leads out of it");
    expect(readdirSync(outside)).toEqual([]);
    rmSync(outside, { recursive: true });
  });
});

/** A PNG of a few kilobytes that would unpack to 100,000 × 100,000 pixels. */
function bomb(): Uint8Array {
  const chunk = (type: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(100_000, 0);
  head.writeUInt32BE(100_000, 4);
  head[8] = 8;
  const pixels = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", pixels),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}
