import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { search } from "../asking/search.ts";
import { findLibrary } from "./find-library.ts";
import { openToAll } from "./fixtures/open-to-all.ts";
import { emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { openLibrary } from "./library.ts";
import { migrate, openFile } from "./open-file.ts";
import { applicationId, readableVersion, schemaProblems, steps } from "./schema.ts";

let folder = "";
let path = "";
beforeEach(() => {
  folder = emptyFolder();
  path = join(folder, "library.sqlite");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("a library's file", () => {
  it("is made with its folder, marked as ours, in WAL mode, and can be opened again", () => {
    const place = join(folder, "deep", "library.sqlite");
    const file = openFile(place, { readonly: false });
    expect([file.pragma("application_id", { simple: true }), file.pragma("user_version", { simple: true })]).toEqual([
      applicationId,
      steps.length,
    ]);
    expect(file.pragma("journal_mode", { simple: true })).toBe("wal");
    file.close();
    openFile(place, { readonly: true }).close();
  });

  it("takes steps once, in order, each whole or not at all", () => {
    const file = new Database(path);
    migrate(file, ["CREATE TABLE a (x)"]);
    migrate(file, ["CREATE TABLE a (x)", "INSERT INTO a VALUES (1)"]);
    expect(() => migrate(file, ["", "", "CREATE TABLE b (x); INSERT INTO absent VALUES (1)"])).toThrow("no such table: absent");
    expect(file.pragma("user_version", { simple: true })).toBe(2);
    expect(file.prepare("SELECT name FROM sqlite_master").pluck().all()).toEqual(["a"]);
    file.close();
  });

  it("of an earlier format without the indexes of today is read as it is, and gets them when it is written", () => {
    const file = new Database(path);
    file.function("row_seal", { varargs: true }, () => 0);
    migrate(file, steps.slice(0, readableVersion));
    file.close();
    const indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND name LIKE 'photos\\_%' ESCAPE '\\' ORDER BY name";
    const read = openFile(path, { readonly: true });
    expect(read.memory).toBe(false);
    expect([read.prepare(indexes).pluck().all(), schemaProblems(read)]).toEqual([["photos_by_hash"], []]);
    read.close();
    const written = openFile(path, { readonly: false });
    expect(written.prepare(indexes).pluck().all()).toEqual(["photos_by_hash", "photos_to_read_again", "photos_without_faces"]);
    expect(schemaProblems(written)).toEqual([]);
    const plan = (sql: string) => JSON.stringify(written.prepare(`EXPLAIN QUERY PLAN ${sql}`).all());
    expect(plan("SELECT 1 FROM photos WHERE current = 0 LIMIT 1")).toContain("INDEX photos_to_read_again");
    expect(plan("SELECT f.id FROM faces f WHERE f.side >= 40 AND f.score >= 0.5")).toContain("COVERING INDEX faces_for_filters");
    expect(plan("SELECT p.path FROM photos p WHERE p.current = 1 AND p.faces = 0")).toContain("INDEX photos_without_faces");
    written.close();
  });

  it("is refused if a newer version made it", () => {
    openFile(path, { readonly: false }).close();
    const file = new Database(path);
    file.pragma("user_version = 99");
    file.close();
    for (const readonly of [false, true]) {
      expect(() => openFile(path, { readonly })).toThrow(
        `library: expected ${path} to be of format ${steps.length} or older, but it is of format 99, of a newer semblant.\n  Update with: npm install semblant@latest`,
      );
    }
  });

  it("is refused if it is no SQLite file, another program's, or missing where it is to be read", () => {
    writeFileSync(path, "words ".repeat(400));
    expect(() => openFile(path, { readonly: false })).toThrow(`library: expected ${path} to be a library, but it is no SQLite file.`);
    rmSync(path);
    const other = new Database(path);
    other.exec("CREATE TABLE songs (name)");
    other.close();
    expect(() => openFile(path, { readonly: false })).toThrow(
      `library: expected ${path} to be a library, but it is another program's SQLite file.`,
    );
    rmSync(path);
    expect(() => openFile(path, { readonly: true })).toThrow(
      `library: expected a library at ${path}, but there is none.\n  Make one with: semblant index FOLDER`,
    );
  });

  it("is refused where its folder cannot be made", () => {
    writeFileSync(join(folder, "file"), "");
    const place = join(folder, "file", "library.sqlite");
    expect(() => openFile(place, { readonly: false })).toThrow(
      `library: expected to open ${place}, but it cannot be opened or made.\n  Keep the library elsewhere with --library.`,
    );
  });

  // As root the child becomes nobody, who has to be able to load the code.
  it.skipIf(process.getuid?.() === 0 && !openToAll(import.meta.dirname))(
    "in a folder that may only be read is read, and not written, with a clear word",
    async () => {
      await writePhotos(folder, { "a.jpg": [red], "b.jpg": [green] });
      const library = await openLibrary(folder, { reader: openReader });
      for await (const _ of library.index());
      library.close();
      const program = `
      import { openLibrary } from ${JSON.stringify(new URL("./library.ts", import.meta.url).href)};
      import { search } from ${JSON.stringify(new URL("../asking/search.ts", import.meta.url).href)};
      if (process.getuid?.() === 0) { process.setgid(65534); process.setuid(65534); }
      const library = await openLibrary(process.argv[1], { readonly: true });
      console.log(library.faceSet().faces.length, (await search(library, 1, { k: 1 })).hits.length);
      library.close();
      await openLibrary(process.argv[1]).catch((error) => console.log(error.name + ": " + error.message));`;
      const own = join(folder, ".semblant");
      chmodSync(folder, 0o755);
      chmodSync(own, 0o555);
      chmodSync(join(own, "library.sqlite"), 0o444);
      const said = execFileSync(process.execPath, ["--conditions=semblant-source", "--input-type=module", "--eval", program, folder], {
        encoding: "utf8",
        timeout: 60_000,
      });
      chmodSync(own, 0o755);
      expect(said).toBe(
        `2 1\nDataError: library: expected to write ${join(own, "library.sqlite")}, but it may only be read.\n  Keep the library elsewhere with --library.\n`,
      );
    },
  );
});

describe("openLibrary", () => {
  it("says that nothing was indexed yet, and that a folder is missing", async () => {
    const library = await openLibrary(folder);
    expect(() => library.faceSet()).toThrow(
      `library: expected faces in ${library.path}, but nothing was indexed yet.\n  Begin with: semblant index ${library.root}`,
    );
    await expect(search(library, "happy")).rejects.toThrow("nothing was indexed yet");
    library.close();
    await expect(openLibrary(join(folder, "none"))).rejects.toThrow(
      `library: expected a folder of photos, but there is no ${join(folder, "none")}.`,
    );
    await expect(openLibrary(folder, { fil: "x" } as object)).rejects.toThrow('openLibrary: unknown option "fil"; did you mean "file"?');
  });

  it("keeps a library that lies elsewhere for the folder it is of", async () => {
    const [one, other] = [join(folder, "one"), join(folder, "other")];
    mkdirSync(one);
    mkdirSync(other);
    (await openLibrary(one, { file: path })).close();
    (await openLibrary(one, { file: path })).close();
    await expect(openLibrary(other, { file: path })).rejects.toThrow(
      `library: expected ${path} with its folder ${one}, but got ${other}.\n  Keep a library for each folder.`,
    );
  });

  it("finds the library of the nearest folder above", async () => {
    const deep = join(folder, "a", "b");
    mkdirSync(deep, { recursive: true });
    expect(findLibrary(deep)).toBeUndefined();
    (await openLibrary(folder)).close();
    expect(findLibrary(deep)).toBe(folder);
  });

  it("leaves one file when it is closed", async () => {
    const library = await openLibrary(folder);
    library.close();
    expect(readFileSync(library.path).subarray(0, 15).toString()).toBe("SQLite format 3");
    expect(() => readFileSync(`${library.path}-wal`)).toThrow("ENOENT");
  });
});
