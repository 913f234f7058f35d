import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { modelOfCard } from "@semblant/answers";
import Database from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import { search } from "../asking/search.ts";
import { openToAll } from "./fixtures/open-to-all.ts";
import { black, blue, emptyFolder, green, photoBytes, red, writePhotos } from "./fixtures/photos.ts";
import { openReader, pixelCard } from "./fixtures/pixel-reader.ts";
import type { IndexOptions, IndexStep, IndexSummary } from "./index-photos.ts";
import { type Library, openLibrary } from "./library.ts";
import type { OpenLibraryOptions } from "./open-options.ts";

const open: Library[] = [];
const folders: string[] = [];
afterEach(() => {
  for (const library of open.splice(0)) library.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function libraryOf(photos: Parameters<typeof writePhotos>[1], options: OpenLibraryOptions = {}): Promise<Library> {
  const folder = await writePhotos(emptyFolder(), photos);
  folders.push(folder);
  return opened(folder, options);
}

async function opened(folder: string, options: OpenLibraryOptions = {}): Promise<Library> {
  const library = await openLibrary(folder, { reader: openReader, ...options });
  open.push(library);
  return library;
}

async function indexed(library: Library, options: IndexOptions = {}): Promise<{ steps: IndexStep[]; summary: IndexSummary }> {
  const run = library.index(options);
  const steps: IndexStep[] = [];
  for (let step = await run.next(); ; step = await run.next()) {
    if (step.done) return { steps, summary: step.value };
    steps.push(step.value);
  }
}

const paths = (library: Library) => [...library.faceSet().photos.values()].map((photo) => photo.path);

describe("index", () => {
  it("reads every photo once, with its faces, and says how far it is", async () => {
    const library = await libraryOf({ "a.jpg": [red], "b/two.JPG": [green, blue], "b/c/none.jpg": [black] });
    const { steps, summary } = await indexed(library);
    expect(steps.map(({ done, total, path, faces, change }) => [done, total, path, faces, change])).toEqual([
      [1, 3, "a.jpg", 1, "read"],
      [2, 3, "b/c/none.jpg", 0, "read"],
      [3, 3, "b/two.JPG", 2, "read"],
    ]);
    expect(steps.at(-1)?.secondsLeft).toBe(0);
    expect(summary).toMatchObject({ photos: 3, faces: 3, read: 3, unchanged: 0, dropped: 0, errors: [] });
    const set = library.faceSet();
    expect(paths(library)).toEqual(["a.jpg", "b/c/none.jpg", "b/two.JPG"]);
    expect(set.faces.map((face) => set.photos.get(face.photo)?.path)).toEqual(["a.jpg", "b/two.JPG", "b/two.JPG"]);
    expect(set.embeddings.ids).toEqual(set.faces.map((face) => String(face.id)));
    expect(Array.from(set.embeddings.row(0).map(Math.round))).toEqual([9, 0, 0, 0]);
    expect(set.model.classify(set.embeddings).map(({ predicted }) => set.model.classes[predicted])).toEqual([
      "anger",
      "happiness",
      "sadness",
    ]);
  });

  it("reads in processes of their own what it reads here, to the bit", async () => {
    const library = await libraryOf({ "a.jpg": [red], "b.jpg": [green, blue], "c.jpg": [blue], "d.jpg": [[90, 90, 0]] });
    await indexed(library);
    const other = await opened(library.root, {
      file: join(library.root, "processes.sqlite"),
      reader: new URL("./fixtures/pixel-reader.ts", import.meta.url),
    });
    const { summary } = await indexed(other, { workers: 2 });
    expect(summary).toMatchObject({ photos: 4, faces: 5 });
    const byPath = (of: Library) => {
      const { faces, photos, embeddings } = of.faceSet();
      return faces.map(({ box, photo }, i) => ({ path: photos.get(photo)?.path, box, x: Array.from(embeddings.row(i)) }));
    };
    expect(byPath(other)).toEqual(byPath(library));
  });

  it("leaves alone what has not changed, and does not open a reader for it", async () => {
    const library = await libraryOf({ "a.jpg": [red], "b.jpg": [green] });
    await indexed(library);
    const again = await opened(library.root, { reader: () => Promise.reject(new Error("not to be opened")) });
    const { steps, summary } = await indexed(again);
    expect(steps).toEqual([]);
    expect(summary).toMatchObject({ photos: 2, unchanged: 2, read: 0 });
  });

  it("follows a photo that moved, reads one that changed, takes up a copy, drops one that was deleted", async () => {
    const library = await libraryOf({ "a.jpg": [red], "b.jpg": [green], "c.jpg": [blue], "d.jpg": [red, green] });
    await indexed(library);
    const before = library.faceSet();
    const idOf = (path: string) => before.faces.find((face) => before.photos.get(face.photo)?.path === path)?.id;
    const at = (path: string) => join(library.root, path);
    mkdirSync(at("moved"));
    renameSync(at("a.jpg"), at("moved/z.jpg"));
    writeFileSync(at("b.jpg"), await photoBytes([blue], 99));
    rmSync(at("c.jpg"));
    cpSync(at("d.jpg"), at("copy.jpg"));
    const touched = new Date(1_700_000_000_000);
    utimesSync(at("d.jpg"), touched, touched);
    const { steps, summary } = await indexed(library);
    expect(Object.fromEntries(steps.map(({ path, change }) => [path, change]))).toEqual({
      "b.jpg": "read",
      "copy.jpg": "copied",
      "d.jpg": "touched",
      "moved/z.jpg": "moved",
    });
    expect(summary).toMatchObject({ photos: 4, faces: 6, read: 1, moved: 1, copied: 1, unchanged: 1, dropped: 1 });
    const after = library.faceSet();
    expect(paths(library)).toEqual(["b.jpg", "copy.jpg", "d.jpg", "moved/z.jpg"]);
    expect(after.faces.find((face) => after.photos.get(face.photo)?.path === "moved/z.jpg")?.id).toBe(idOf("a.jpg"));
    expect(after.faces.map((face) => face.id)).not.toContain(idOf("c.jpg"));
    expect(library.check().problems).toEqual([]);
  });

  it("takes up two photos that changed places", async () => {
    const library = await libraryOf({ "a.jpg": [red], "b.jpg": [green, blue] });
    await indexed(library);
    const at = (path: string) => join(library.root, path);
    renameSync(at("a.jpg"), at("x"));
    renameSync(at("b.jpg"), at("a.jpg"));
    renameSync(at("x"), at("b.jpg"));
    expect((await indexed(library)).summary).toMatchObject({ photos: 2, faces: 3, dropped: 0 });
    const { faces, photos } = library.faceSet();
    expect(faces.map((face) => photos.get(face.photo)?.path)).toEqual(["a.jpg", "a.jpg", "b.jpg"]);
    expect(library.check().problems).toEqual([]);
  });

  it("makes one row of a broken file, goes on, and tries it again only when it changed or when told to", async () => {
    const library = await libraryOf({ "a.jpg": [red], "good.jpg": [green] });
    writeFileSync(join(library.root, "a.jpg"), "no photo");
    writeFileSync(join(library.root, "zero.jpg"), "");
    const { steps, summary } = await indexed(library);
    expect(steps.map(({ path, errors }) => [path, errors])).toEqual([
      ["a.jpg", 1],
      ["good.jpg", 1],
      ["zero.jpg", 2],
    ]);
    expect(steps[0]?.error).toBe(summary.errors[0]?.reason);
    expect(summary.errors.map(({ path }) => path)).toEqual(["a.jpg", "zero.jpg"]);
    expect(summary).toMatchObject({ photos: 1, unchanged: 0 });
    const again = await indexed(library);
    expect(again.steps).toEqual([]);
    expect(again.summary.errors).toEqual(summary.errors);
    expect((await indexed(library, { retry: true })).steps.map(({ path }) => path)).toEqual(["a.jpg", "zero.jpg"]);
    writeFileSync(join(library.root, "a.jpg"), await photoBytes([red], 7));
    expect((await indexed(library)).summary).toMatchObject({ photos: 2, read: 1, errors: [{ path: "zero.jpg" }] });
  });

  it("drops what is deleted, and names a link that leads nowhere", async () => {
    const library = await libraryOf({ "a.jpg": [red], "away/b.jpg": [green] });
    await indexed(library);
    rmSync(join(library.root, "away"), { recursive: true });
    symlinkSync("nowhere", join(library.root, "broken.jpg"));
    expect((await indexed(library)).summary).toMatchObject({
      photos: 1,
      dropped: 1,
      errors: [{ path: "broken.jpg", reason: "the link leads nowhere" }],
    });
  });

  // As root the child becomes nobody, who has to be able to load the code.
  it.skipIf(process.getuid?.() === 0 && !openToAll(import.meta.dirname))(
    "keeps the photos of a folder that cannot be read now",
    async () => {
      const library = await libraryOf({ "a.jpg": [red], "closed/b.jpg": [green], "closed/deep/c.jpg": [blue] });
      await indexed(library);
      library.close();
      open.splice(open.indexOf(library), 1);
      const own = join(library.root, ".semblant");
      for (const place of [library.root, own, ...readdirSync(own).map((name) => join(own, name))]) chmodSync(place, 0o777);
      chmodSync(join(library.root, "closed"), 0);
      const program = `
      import { openLibrary } from ${JSON.stringify(new URL("./library.ts", import.meta.url).href)};
      if (process.getuid?.() === 0) { process.setgid(65534); process.setuid(65534); }
      const library = await openLibrary(process.argv[1]);
      const run = library.index();
      const { value: { photos, dropped, unchanged, errors } } = await run.next();
      console.log(JSON.stringify({ photos, dropped, unchanged, errors }));
      library.close();`;
      const flags = ["--conditions=semblant-source", "--input-type=module", "--eval", program, library.root];
      const said = execFileSync(process.execPath, flags, { encoding: "utf8", timeout: 60_000 });
      chmodSync(join(library.root, "closed"), 0o755);
      const errors = [{ path: "closed", reason: "the folder cannot be read (EACCES)" }];
      expect(JSON.parse(said)).toEqual({ photos: 3, dropped: 0, unchanged: 1, errors });
    },
  );

  it("refuses a folder from which every photo is gone, as a drive that is not there", async () => {
    const library = await libraryOf({ "a.jpg": [red] });
    await indexed(library);
    rmSync(join(library.root, "a.jpg"));
    await expect(indexed(library)).rejects.toMatchObject({
      name: "DataError",
      message: `index: expected photos in ${library.root}, of which the library knows 1, but found none.\n  Is the drive there? If they were deleted: semblant library forget .`,
    });
    expect(library.check().photos).toBe(1);
  });

  it("stops when aborted or left, keeps what it has, and goes on from there", async () => {
    const library = await libraryOf(Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`${i}.jpg`, [[i * 30, 99, 0] as const]])));
    const stop = new AbortController();
    const run = library.index({ signal: stop.signal });
    await run.next();
    stop.abort(new Error("enough"));
    await expect(run.next()).rejects.toThrow("enough");
    for await (const { done } of library.index()) if (done === 3) break;
    const { summary } = await indexed(library);
    expect(summary).toMatchObject({ photos: 8, errors: [] });
    expect(summary.unchanged).toBeGreaterThanOrEqual(3);
    expect(library.check().problems).toEqual([]);
  });

  it("refuses another model's embeddings, or reads all again with it", async () => {
    const library = await libraryOf({ "a.jpg": [red], "b.jpg": [green] });
    await indexed(library);
    library.correct({ kind: "label", face: library.faceSet().faces[0]?.id as number, label: "sadness" });
    writeFileSync(join(library.root, "new.jpg"), await photoBytes([blue], 5));
    const other = await opened(library.root, { reader: () => openReader({ model: "other" }) });
    await expect(indexed(other)).rejects.toMatchObject({
      name: "DataError",
      message:
        'index: expected the model that the library\'s embeddings are of, "pixels" (pixels-01), but got "other" (other-01).\n  To read every photo again with the new one: semblant index --replace-model (corrections are kept)',
    });
    const { summary } = await indexed(other, { replaceModel: true });
    expect(summary).toMatchObject({ photos: 3, faces: 3, read: 3 });
    expect(other.model.card).toMatchObject({ name: "other" });
    expect(other.faceSet().faces.map((face) => face.label)).toEqual(["sadness", undefined, undefined]);
  });

  it("takes a newer card of the same weights with the next photo, and reads no other again", async () => {
    const library = await libraryOf({ "a.jpg": [red], "b.jpg": [green] });
    await indexed(library);
    const newer = { ...pixelCard(), version: "2", gaussians: { ...pixelCard().gaussians, sigmas: [3, 3, 3] } };
    const reader = async () => ({ ...(await openReader()), model: modelOfCard(newer) });
    const other = await opened(library.root, { reader });
    expect(other.model.card.version).toBe("1");
    writeFileSync(join(library.root, "new.jpg"), await photoBytes([blue], 5));
    expect((await indexed(other)).summary).toMatchObject({ photos: 3, read: 1, unchanged: 2 });
    expect((await opened(library.root)).model.card).toMatchObject({ version: "2", gaussians: { sigmas: [3, 3, 3] } });
  });

  it("refuses options that are unknown or out of range before any work", async () => {
    const library = await libraryOf({ "a.jpg": [red] });
    expect(() => library.index({ worker: 2 } as object)).toThrow('index: unknown option "worker"; did you mean "workers"?');
    expect(() => library.index({ workers: 0 })).toThrow("index: expected workers to be a whole number from 1 to 64, but got 0.");
  });

  it("says that the disk is full, and keeps what it has", async () => {
    const library = await libraryOf(Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${i}.jpg`, [[i * 6, 99, 0] as const]])));
    const { file } = await tight(library);
    await expect(indexed(library)).rejects.toMatchObject({
      name: "DataError",
      message: `library: expected room on the disk for ${library.path}, but it is full.\n  What was read before is kept; make room and go on.`,
    });
    file.pragma("max_page_count = 100000");
    expect(library.check().problems).toEqual([]);
    expect((await indexed(library)).summary).toMatchObject({ photos: 40 });
  });
});

/** The library's own connection, with room for a few pages more. */
async function tight(library: Library): Promise<{ file: Database.Database }> {
  const { testConnection } = await import("./library.ts").then(() => ({ testConnection: connections.at(-1) as Database.Database }));
  testConnection.pragma(`max_page_count = ${(testConnection.pragma("page_count", { simple: true }) as number) + 3}`);
  expect(library.path).toBe(testConnection.name);
  return { file: testConnection };
}

const connections: Database.Database[] = [];
const pragma = Database.prototype.pragma;
Database.prototype.pragma = function (this: Database.Database, ...given) {
  if (given[0] === "journal_mode = WAL") connections.push(this);
  return pragma.apply(this, given);
};

describe("a process that indexes", () => {
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
  });

  function started(
    folder: string,
    pause: number,
  ): { child: ChildProcess; said: () => string[]; until: (test: () => boolean) => Promise<void>; ended: Promise<void> } {
    const program = new URL("./fixtures/index-once.ts", import.meta.url).pathname;
    const env = { ...process.env, PIXEL_READER_PAUSE: String(pause) };
    const child = spawn(process.execPath, ["--conditions=semblant-source", program, folder], { env, stdio: ["ignore", "pipe", "inherit"] });
    children.push(child);
    let text = "";
    child.stdout?.on("data", (part) => {
      text += part;
    });
    const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
    const until = async (test: () => boolean) => {
      while (!test()) await new Promise((done) => setTimeout(done, 5));
    };
    return { child, said: () => text.split("\n").filter((line) => line !== ""), until, ended };
  }

  const many = Object.fromEntries(Array.from({ length: 24 }, (_, i) => [`${String(i).padStart(2, "0")}.jpg`, [[i * 10, 99, 0] as const]]));

  it("may be killed at any moment: what it had said is there, whole, and the next goes on", async () => {
    const folder = await writePhotos(emptyFolder(), many);
    folders.push(folder);
    let known = 0;
    for (const after of [3, 8, 14]) {
      const { child, said, until, ended } = started(folder, 20);
      await until(() => said().length >= after - known);
      child.kill("SIGKILL");
      await ended;
      const library = await openLibrary(folder, { readonly: true });
      const { photos, problems } = library.check();
      library.close();
      expect(problems).toEqual([]);
      expect(photos).toBeGreaterThanOrEqual(after);
      known = photos;
    }
    expect((await indexed(await opened(folder))).summary).toMatchObject({ photos: 24, faces: 24, unchanged: known, errors: [] });
  });

  it("keeps a second one out with a clear word, and readers in; when it is killed the next may begin", async () => {
    const library = await libraryOf({ "a.jpg": [red], "b.jpg": [green] });
    await indexed(library);
    const folder = await writePhotos(library.root, many);
    const first = started(folder, 600_000);
    await first.until(() => triesOf(folder) > 0);
    const second = started(folder, 0);
    await second.ended;
    expect(second.said().join("\n")).toMatch(
      /^DataError: library: expected .*library\.sqlite to be free, but it is in use: another process is indexing it\.$/m,
    );
    const reader = await openLibrary(folder, { readonly: true });
    expect(reader.faceSet().faces).toHaveLength(2);
    expect((await search(reader, "angry, not sad", { k: 2 })).hits).toHaveLength(2);
    reader.close();
    first.child.kill("SIGKILL");
    await first.ended;
    const third = started(folder, 0);
    await third.ended;
    expect(third.said().at(-1)).toBe("end");
  });

  it("blames no photo that was in work however often it was killed", async () => {
    const folder = await writePhotos(emptyFolder(), { "a.jpg": [red] });
    folders.push(folder);
    for (let time = 0; time < 4; time++) {
      const { child, until, ended } = started(folder, 60_000);
      await until(() => triesOf(folder) > 0);
      child.kill("SIGKILL");
      await ended;
    }
    expect((await indexed(await opened(folder))).summary).toMatchObject({ photos: 1, errors: [] });
  });

  it("tries again by itself what could not be read for a cause outside of the photo, and nothing else", async () => {
    const library = await libraryOf({ "a.jpg": [red], "b.jpg": [green] });
    writeFileSync(join(library.root, "text.jpg"), "no photo");
    let permitted = false;
    const reader = async () => {
      const pixels = await openReader();
      const read: typeof pixels.read = async (picture) => {
        if (!permitted) throw Object.assign(new Error("no"), { code: "EACCES" });
        return pixels.read(picture);
      };
      return { ...pixels, read };
    };
    const other = await opened(library.root, { reader });
    const reason = "the file cannot be read (EACCES)";
    expect((await indexed(other)).summary.errors).toEqual([
      { path: "a.jpg", reason },
      { path: "b.jpg", reason },
      { path: "text.jpg", reason: "it is no picture that can be read." },
    ]);
    permitted = true;
    const { steps, summary } = await indexed(other);
    expect(steps.map(({ path, change }) => [path, change])).toEqual([
      ["a.jpg", "read"],
      ["b.jpg", "read"],
    ]);
    expect(summary.errors.map(({ path }) => path)).toEqual(["text.jpg"]);
  });

  it("tries a damaged photo again when what reads it is of another version", async () => {
    const library = await libraryOf({ "b.jpg": [green] });
    writeFileSync(join(library.root, "text.jpg"), "no photo");
    await indexed(library);
    expect((await indexed(library)).steps).toEqual([]);
    connections.at(-1)?.exec(`UPDATE tried SET "with" = 'semblant 0.0.1, sharp 0.1.0, libheif-js 1.0.0'`);
    expect((await indexed(library)).steps.map(({ path }) => path)).toEqual(["text.jpg"]);
    expect((await indexed(library)).steps).toEqual([]);
  });

  function triesOf(folder: string): number {
    try {
      const file = new Database(join(folder, ".semblant", "library.sqlite"), { readonly: true });
      const tries = file.prepare("SELECT max(tries) FROM reading").pluck().get() as number | null;
      file.close();
      return tries ?? 0;
    } catch {
      return 0;
    }
  }
});

it("the library's file holds no copy of a photo", async () => {
  const library = await libraryOf({ "a.jpg": [red] });
  await indexed(library);
  expect(readFileSync(library.path).includes(readFileSync(join(library.root, "a.jpg")).subarray(200, 260))).toBe(false);
});
