import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exclusionsOf, refuseUnused } from "./exclusions.ts";
import { findPhotos } from "./find-photos.ts";
import { emptyFolder } from "./fixtures/photos.ts";
import { WalkNotes } from "./passed-over.ts";

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

async function left(exclude: readonly string[]): Promise<string[]> {
  const notes = new WalkNotes();
  const paths: string[] = [];
  for await (const { path } of findPhotos(folder, { exclude, notes })) paths.push(path);
  await refuseUnused(folder, exclude, notes);
  return paths.sort();
}

/** Names that file systems allow, and shells and patterns have their own mind about. */
const odd = [
  "Rome, Italy 2019",
  "a,b",
  "[old]",
  "{x,y}",
  "what?",
  "st*r",
  "back\\slash",
  "-dash",
  "two\nlines",
  " blanks ",
  "'quoted'",
  '"quoted"',
  "été",
  "(1)",
  "$HOME",
  "a+b",
];

describe("an exclusion", () => {
  it.skipIf(process.platform === "win32").each(odd)("can name the folder %j, and leaves nothing else out", async (name) => {
    write(`${name}/a.jpg`, "Rome/b.jpg", "Italy 2019/b.jpg", "a/b.jpg", "b/b.jpg", "star/b.jpg", "whatever/b.jpg", "x/b.jpg");
    const pattern = name.replace(/[*?\\]/g, "\\$&");
    const others = ["Italy 2019/b.jpg", "Rome/b.jpg", "a/b.jpg", "b/b.jpg", "star/b.jpg", "whatever/b.jpg", "x/b.jpg"];
    expect(await left(await exclusionsOf(folder, [pattern]))).toEqual(others);
    expect(await left(await exclusionsOf(folder, [`${pattern}/`, "x"]))).toEqual(others.slice(0, -1));
    expect(await left(await exclusionsOf(folder, [`/${pattern}/a.jpg`]))).toEqual(others);
  });

  it("may stand with others, with commas between, unless the whole is a name", async () => {
    write("raw/a.jpg", "x/a.png", "x/b.jpg", "Rome, Italy/a.jpg");
    expect(await exclusionsOf(folder, ["raw, *.png", "Rome, Italy", "x/**"])).toEqual(["raw", "*.png", "Rome, Italy", "x/**"]);
    expect(await left(["raw", "*.png", "Rome, Italy"])).toEqual(["x/b.jpg"]);
  });

  it("that leaves nothing out is refused, one within a folder that another leaves out is not", async () => {
    write("2019/raw/a.jpg", "b.jpg", ".thumbs/c.jpg");
    expect(await left(["2019", "2019/raw", "a.jpg", ".thumbs"])).toEqual(["b.jpg"]);
    await expect(left(["2019", "rwa"])).rejects.toThrow(
      `index: expected something in ${folder} to leave out, but nothing there is called "rwa".\n  A name anywhere (raw, *.png), or a path from the folder (2019/raw); one --exclude for each.`,
    );
    await expect(left(["raw/2019"])).rejects.toThrow('nothing there is called "raw/2019"');
  });
});
