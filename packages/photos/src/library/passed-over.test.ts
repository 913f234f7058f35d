import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pictureEndings } from "@semblant/core/internals";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findPhotos } from "./find-photos.ts";
import { emptyFolder } from "./fixtures/photos.ts";
import { passedOverLine, WalkNotes } from "./passed-over.ts";

let folder = "";
beforeEach(() => {
  folder = emptyFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
}

async function walk(exclude: string[] = []) {
  const notes = new WalkNotes();
  const paths: string[] = [];
  for await (const { path } of findPhotos(folder, { exclude, notes })) paths.push(path);
  return { paths: paths.sort(), passedOver: notes.passedOver() };
}

describe("a walk through a folder", () => {
  it("takes every ending of the one list, in capitals or not", async () => {
    const names = Object.values(pictureEndings)
      .flat()
      .flatMap((ending) => [`a${ending}`, `b${ending.toUpperCase()}`]);
    write(...names);
    expect(await walk()).toEqual({ paths: names.sort(), passedOver: { endings: {}, hidden: 0, programs: 0, excluded: 0 } });
  });

  it("counts what it passes over by its ending, the most frequent first", async () => {
    write(
      "a.jpg",
      "film.MOV",
      "x/film.mov",
      "x/a.xmp",
      "README",
      "tar.gz",
      ".DS_Store",
      ".hidden/a.jpg",
      ".semblant/library.sqlite",
      ".semblant-cache/faces",
    );
    write("@eaDir/a.jpg", "raw/a.jpg", "raw/b.jpg", "b.jpg.tmp");
    symlinkSync("README", join(folder, "link"));
    symlinkSync("a.jpg", join(folder, "again.jpg")); // the photo itself is there
    const { paths, passedOver } = await walk(["raw", "*.tmp"]);
    expect(paths).toEqual(["a.jpg"]);
    expect(passedOver).toEqual({ endings: { "": 2, ".mov": 2, ".gz": 1, ".xmp": 1 }, hidden: 2, programs: 1, excluded: 2 });
    expect(Object.keys(passedOver.endings)).toEqual(["", ".mov", ".gz", ".xmp"]);
    expect(passedOverLine(passedOver)).toBe(
      "passed over: 2 without an ending, 2 .mov, 1 .gz, 1 .xmp, 2 hidden, 1 folder of programs, 2 by --exclude",
    );
  });

  it("says it shortly where there are many endings, and steers no terminal", async () => {
    const endings = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [i === 0 ? ".\u001b[2J" : `.${i}`, 20 - i]));
    expect(passedOverLine({ endings, hidden: 0, programs: 0, excluded: 0 })).toBe(
      "passed over: 20 .\\u001b[2J, 19 .1, 18 .2, 17 .3, 16 .4, 15 .5, 39 with 3 other endings",
    );
    expect(passedOverLine({ endings: {}, hidden: 0, programs: 0, excluded: 0 })).toBeUndefined();
  });
});
