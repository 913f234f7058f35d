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

async function found(exclude: string[] = [], followLinks = false): Promise<Found[]> {
  const all: Found[] = [];
  for await (const one of findPhotos(folder, { exclude, followLinks })) all.push(one);
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

  it("follows links where it is asked to, walks no folder twice, and gets out of loops", async () => {
    write("in/a.jpg", "../elsewhere-of-test/b.jpg");
    const elsewhere = join(folder, "../elsewhere-of-test");
    symlinkSync(folder, join(folder, "in/loop"));
    symlinkSync("loop.jpg", join(folder, "loop.jpg"));
    symlinkSync(join(folder, "in"), join(folder, "same"));
    symlinkSync(join(folder, "in/a.jpg"), join(folder, "again.jpg"));
    symlinkSync(elsewhere, join(folder, "linked"));
    symlinkSync(join(elsewhere, "b.jpg"), join(folder, "single.jpg"));
    const all = await found([], true);
    rmSync(elsewhere, { recursive: true });
    const inside = all.map(({ path }) => path.replace(/^(in|same)\//, "one-of-them/"));
    expect(inside.sort()).toEqual(["linked/b.jpg", "loop.jpg", "one-of-them/a.jpg", "single.jpg"]);
    expect(all.find(({ path }) => path === "loop.jpg")).toEqual({ path: "loop.jpg", reason: "the link leads nowhere", folder: false });
  });

  it("names links that lead out of the folder and follows none of them, but follows those within", async () => {
    write("in/a.jpg", "../private-of-test/b.jpg", "../private-of-test/notes.txt");
    const out = join(folder, "../private-of-test");
    symlinkSync(out, join(folder, "linked"));
    symlinkSync(join(out, "b.jpg"), join(folder, "single.jpg"));
    symlinkSync("../../private-of-test/b.jpg", join(folder, "in/relative.jpg"));
    symlinkSync(join(out, "notes.txt"), join(folder, "notes.txt"));
    symlinkSync("/", join(folder, "everything"));
    symlinkSync("../linked", join(folder, "in/chain"));
    symlinkSync("in", join(folder, "within"));
    const all = await found();
    rmSync(out, { recursive: true });
    const links = all.flatMap((one) => ("linkOut" in one ? [one.path.replace(/^(in|within)\//, "one/")] : []));
    expect(links.sort()).toEqual(["everything", "linked", "one/chain", "one/relative.jpg", "single.jpg"]);
    expect(all.flatMap((one) => ("bytes" in one ? [one.path.replace(/^(in|within)\//, "one/")] : []))).toEqual(["one/a.jpg"]);
  });

  it.runIf(process.platform === "linux")("says of names that are not UTF-8 what is wrong with them", async () => {
    write("ok/a.jpg");
    const bytes = (name: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, "latin1")]);
    writeFileSync(bytes("caf\xe9.jpg"), "x");
    writeFileSync(bytes("notes\xe9.txt"), "x");
    mkdirSync(bytes("\xe9t\xe9"));
    writeFileSync(bytes("\xe9t\xe9/b.jpg"), "x");
    const reason = "its name is not UTF-8: rename it";
    expect(await found()).toEqual([
      { path: "caf\ufffd.jpg", reason, folder: false },
      expect.objectContaining({ path: "ok/a.jpg" }),
      { path: "\ufffdt\ufffd", reason, folder: true },
    ]);
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
