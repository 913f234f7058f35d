import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Found, findPhotos } from "./find-photos.ts";
import { emptyFolder } from "./fixtures/photos.ts";
import { pathMatcher } from "./glob.ts";

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

async function found(exclude: string[] = []): Promise<Found[]> {
  const all: Found[] = [];
  for await (const one of findPhotos(folder, { exclude })) all.push(one);
  return all.sort((a, b) => (a.path < b.path ? -1 : 1));
}

const pathsFound = async (exclude: string[] = []) => (await found(exclude)).map(({ path }) => path);

describe("findPhotos", () => {
  it("finds photos by their endings in every folder, with size and time", async () => {
    write("a.jpg", "b.JPEG", "deep/er/c.heic", "deep/d.png", "notes.txt", "film.mp4", "jpg");
    expect(await pathsFound()).toEqual(["a.jpg", "b.JPEG", "deep/d.png", "deep/er/c.heic"]);
    expect((await found())[0]).toMatchObject({ bytes: 5, modified: expect.closeTo(Date.now(), -5) });
  });

  it("leaves out what begins with a dot, folders of thumbnails, and what it is told to", async () => {
    write(".hidden.jpg", ".semblant/x.jpg", "@eaDir/t.jpg", "node_modules/n.png", "raw/a.jpg", "x/raw.jpg", "x/draft-1.png", "x/b.jpg");
    expect(await pathsFound()).toEqual(["raw/a.jpg", "x/b.jpg", "x/draft-1.png", "x/raw.jpg"]);
    expect(await pathsFound(["raw", "draft-?.*"])).toEqual(["x/b.jpg", "x/raw.jpg"]);
  });

  it("follows links, walks no folder twice, and gets out of loops", async () => {
    write("in/a.jpg", "../elsewhere-of-test/b.jpg");
    const elsewhere = join(folder, "../elsewhere-of-test");
    symlinkSync(folder, join(folder, "in/loop"));
    symlinkSync("loop.jpg", join(folder, "loop.jpg"));
    symlinkSync(join(folder, "in"), join(folder, "same"));
    symlinkSync(join(folder, "in/a.jpg"), join(folder, "again.jpg"));
    symlinkSync(elsewhere, join(folder, "linked"));
    symlinkSync(join(elsewhere, "b.jpg"), join(folder, "single.jpg"));
    const all = await found();
    rmSync(elsewhere, { recursive: true });
    const inside = all.map(({ path }) => path.replace(/^(in|same)\//, "one-of-them/"));
    expect(inside.sort()).toEqual(["linked/b.jpg", "loop.jpg", "one-of-them/a.jpg", "single.jpg"]);
    expect(all.find(({ path }) => path === "loop.jpg")).toEqual({ path: "loop.jpg", reason: "the link leads nowhere", folder: false });
  });

  it("names links to photos that are not there, and passes over other broken links", async () => {
    symlinkSync("nowhere", join(folder, "gone.jpg"));
    symlinkSync("nowhere", join(folder, "gone"));
    expect(await found()).toEqual([{ path: "gone.jpg", reason: "the link leads nowhere", folder: false }]);
  });

  it("throws where the folder itself is not there", async () => {
    await expect(findPhotos(join(folder, "none")).next()).rejects.toThrow("ENOENT");
  });
});

describe("pathMatcher", () => {
  it("knows names anywhere, paths from the top, and folders with all they hold", () => {
    const matches = pathMatcher(["cache", "/2019/raw", "a/**/z.jpg", "[x].png"]);
    expect(["cache", "b/cache/c.jpg", "2019/raw/a.jpg", "a/z.jpg", "a/b/c/z.jpg", "d/[x].png"].map(matches)).toEqual(Array(6).fill(true));
    expect(["cached.jpg", "b/2019/raw/a.jpg", "a/y.jpg", "x.png", "b/a/z.jpg"].map(matches)).toEqual(Array(5).fill(false));
  });
});
