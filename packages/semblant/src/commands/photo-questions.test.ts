import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { correctionsCsv } from "../../../answers/src/questions/audit.ts";
import { album } from "../../../photos/src/asking/album.ts";
import { audit } from "../../../photos/src/asking/audit.ts";
import { best } from "../../../photos/src/asking/best.ts";
import { classify } from "../../../photos/src/asking/classify.ts";
import { cluster } from "../../../photos/src/asking/cluster.ts";
import { search } from "../../../photos/src/asking/search.ts";
import { takeOut } from "../../../photos/src/asking/take-out.ts";
import { forgetTaught, teach } from "../../../photos/src/asking/teach.ts";
import { black, blue, emptyFolder, green, photoBytes, red, writePhotos } from "../../../photos/src/library/fixtures/photos.ts";
import { openReader } from "../../../photos/src/library/fixtures/pixel-reader.ts";
import { formatAlbum } from "./album.ts";
import { formatAudit } from "./audit.ts";
import { formatBest } from "./best.ts";
import { formatClassified } from "./classify.ts";
import { formatGroups } from "./cluster.ts";
import { formatTaught } from "./teach.ts";

/** Angry-looking is red, happy-looking green, sad-looking blue, to the reader of these tests; purple is nothing it knows. */
const purple = [200, 0, 200] as const;
const reader = () => openReader();
const root = emptyFolder();
const photos = join(root, "photos");

beforeAll(async () => {
  const folders = { angry: red, happy: green, sad: blue };
  for (const [folder, color] of Object.entries(folders)) {
    await writePhotos(photos, Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`${folder}/${i}.jpg`, [color]])));
  }
  await writePhotos(photos, { "happy/wrong.jpg": [red], "happy/two.jpg": [green, blue], "sad/nobody.jpg": [black] });
  await writePhotos(photos, Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`odd/${i}.jpg`, [purple]])));
  writeFileSync(join(photos, "broken.jpg"), "no picture");
});
afterAll(() => rmSync(root, { recursive: true }));

describe("questions about a folder of photos", () => {
  it("are asked of what is in it now: new photos are read first, with progress, and broken ones named", async () => {
    const said: string[] = [];
    const { errors, set, ...answer } = await album(photos, { reader, size: 4 }, (text) => said.push(text));
    expect(answer.pictures).toHaveLength(4);
    expect(errors.map(({ path }) => path)).toEqual(["broken.jpg"]);
    expect(set.photos.size).toBe(26);
    expect(said[0]).toBe("looking for new photos ...");
    expect(said.some((text) => /^reading photos: \d+\/27/.test(text))).toBe(true);
    expect(formatAlbum(answer)).toMatch(/^4 of 26 photos with 26 faces: coverage \d+ %, at least (> )?\d+ % of the best possible\n/);
    expect(formatAlbum(answer).split("\n")[1]).toMatch(
      /^ {2}of expressions \d+ %, people \d+ % by the colours of head and shoulders \(who is who is unknown\), times unknown: no dates in these photos$/,
    );
    const dated = { ...answer, coverage: { ...answer.coverage, time: 0.4 }, of: { ...answer.of, dated: 3 } };
    expect(formatAlbum(dated).split("\n")[1]).toMatch(/, times 40 % \(23 photos without a date\)$/);
    expect(formatAlbum({ ...dated, of: { ...dated.of, dated: 26 } }).split("\n")[1]).toMatch(/, times 40 %$/);
  });

  it("say in which photos no face was found, each of them", async () => {
    const of = { reader, index: false };
    const answer = await album(photos, { ...of, size: 4 });
    expect(answer.withoutFaces).toEqual(["sad/nobody.jpg"]);
    expect(formatAlbum(answer)).toMatch(/\n\nno face found in 1 photo, which no picture stands for: sad\/nobody\.jpg$/);
    const standing = await album(photos, { ...of, size: 4, withoutFaces: true });
    expect(formatAlbum(standing)).toMatch(/\n\nno face found in 1 photo: sad\/nobody\.jpg$/);
    const groups = await cluster(photos, { ...of, k: 4 });
    expect(groups.withoutFaces).toEqual(["sad/nobody.jpg"]);
    expect(formatGroups(groups)).toMatch(/\n\nno face found in 1 photo, in no group: sad\/nobody\.jpg$/);
    const shots = await best(photos, of);
    expect(shots.withoutFaces).toEqual(["sad/nobody.jpg"]);
    expect(formatBest(shots)).toMatch(/\n\nno face found in 1 photo, not judged: sad\/nobody\.jpg$/);
    const searched = await search(photos, "happy", { reader });
    expect(searched.withoutFaces).toEqual(["sad/nobody.jpg"]);
  });

  it("find a group for each look, with a table of them", async () => {
    const answer = await cluster(photos, { reader, k: 4 });
    expect(answer.groups.map(({ size }) => size).sort()).toEqual([5, 7, 7, 7]);
    expect(formatGroups(answer)).toMatch(/^26 faces in 4 groups, as asked\n\n +faces {2}share {2}look so {2}medoid/);
  });

  it("find the label that is wrong, and write it as a correction that training reads", async () => {
    const answer = await audit(photos, { reader, filter: { folder: "happy" }, threshold: 0.9 });
    expect(answer.doubtful).toMatchObject([{ path: "happy/wrong.jpg", given: "happy" }]);
    const all = await audit(photos, { reader, threshold: 0.9, index: false });
    expect(all.doubtful.map(({ path, suggested }) => `${path} ${suggested}`)).toContain("happy/wrong.jpg angry");
    expect(correctionsCsv(all.doubtful)).toContain("happy/wrong.jpg,angry,happy,");
    expect(formatAudit(all)).toContain("no face found in 1 labelled photo: sad/nobody.jpg");
  });

  it("refuse a folder without photos, or with none that can be read, and unknown options", async () => {
    const empty = emptyFolder();
    await expect(album(empty, { reader })).rejects.toThrow(`album: expected photos in ${empty}, but none was found.`);
    writeFileSync(join(empty, "a.jpg"), "no picture");
    await expect(album(empty, { reader })).rejects.toThrow(/^album: expected photos in .*, but none of 1 can be read \(a\.jpg: /);
    await expect(album(photos, { reader, sise: 3 } as object)).rejects.toThrow('album: unknown option "sise"');
    await expect(cluster(join(root, "nowhere"))).rejects.toThrow("there is no");
    rmSync(empty, { recursive: true });
  });
});

describe("questions about photos by name", () => {
  it("name each face, say where there is none, and keep an error a photo", async () => {
    const paths = ["happy/two.jpg", "sad/nobody.jpg", "broken.jpg", "gone.jpg"].map((path) => join(photos, path));
    const { errors, ...answer } = await classify(paths, { reader });
    expect(answer.faces.map(({ expression, verdict }) => [expression, verdict])).toEqual([
      ["happiness", "named"],
      ["sadness", "named"],
    ]);
    expect(answer.withoutFaces).toEqual([paths[1]]);
    expect(errors.map(({ path }) => path)).toEqual([paths[2], paths[3]]);
    expect(errors[1]?.reason).toBe("there is no such file");
    expect(formatClassified(answer)).toContain("happy-looking");
    const [face] = answer.faces;
    const outside = { ...answer, faces: [{ ...(face as NonNullable<typeof face>), box: { x: 129.4, y: -3.2, width: 60, height: 60 } }] };
    expect(formatClassified(outside)).toContain(" 129,0 ");
  });

  it("take them for shots of one moment when the best is asked for", async () => {
    const paths = ["sad/0.jpg", "happy/1.jpg", "angry/2.jpg"].map((path) => join(photos, path));
    const answer = await best(paths, { reader });
    expect(answer.bursts).toHaveLength(1);
    expect(answer.bursts[0]?.shots[0]?.path).toBe(paths[1]);
    expect(formatBest(answer)).toMatch(/^1 moment of several shots among 3 photos; 0 alone/);
    expect(formatBest({ ...answer, bursts: [], singles: 3 })).toBe("No moment of several shots among 3 photos; 3 alone");
    await expect(best([photos, paths[0] as string], { reader })).rejects.toThrow(`best: expected photos, but got the folder ${photos}.`);
    await expect(best(paths, { reader, filter: { side: 3 } })).rejects.toThrow("best: expected a folder for a filter, but got photos.");
    const library = join(root, "other.sqlite");
    await expect(classify(paths, { reader, library })).rejects.toThrow("classify: expected a folder for a library, but got photos.");
  });
});

describe("a class that is taught", () => {
  it("needs a library that is there: none is made in passing", async () => {
    const bare = join(root, "bare");
    mkdirSync(bare);
    writeFileSync(join(bare, "a.jpg"), await photoBytes([purple], 1));
    const none = `teach: expected a library in ${bare} or above it, but there is none.\n  Make one with: semblant index FOLDER`;
    await expect(teach(bare, { name: "odd", faces: ["#1"] }, { reader })).rejects.toThrow(none);
    await expect(forgetTaught(bare, "odd", { reader })).rejects.toThrow(none);
    expect(existsSync(join(bare, ".semblant"))).toBe(false);
  });

  it("is kept beside the library, known by every question after, and forgotten again", async () => {
    const faces = [0, 1, 2].map((i) => join(photos, `odd/${i}.jpg`));
    const taught = await teach(photos, { name: "odd", faces }, { reader });
    expect(taught).toMatchObject({ accepted: true, examples: 3, separation: { recall: 1 }, found: 2 });
    expect(taught.classes).toEqual(["anger", "happiness", "sadness", "odd"]);
    expect(formatTaught(taught)).toMatch(/^odd, from 3 faces: kept\n {2}left out in turn, 3 of 3 examples were found\n {2}nearest to /);
    const answer = await cluster(photos, { reader, k: 4 });
    expect(answer.groups.map(({ name }) => name)).toContain("odd-looking");
    const named = await classify([join(photos, "odd/4.jpg")], { reader, taught: photos });
    expect(named.faces[0]).toMatchObject({ expression: "odd", verdict: "named" });

    const again = await teach(photos, { name: "odd", faces: [join(photos, "odd/3.jpg")] }, { reader });
    expect(again.classes).toEqual(["anger", "happiness", "sadness", "odd"]);
    expect(await forgetTaught(photos, "odd", { reader })).toEqual([]);
    await expect(forgetTaught(photos, "odd", { reader })).rejects.toThrow('teach: expected a class that was taught (none), but got "odd".');
  });

  it("is learned from photos elsewhere too, and refused where its faces have nothing in common", async () => {
    const elsewhere = join(root, "elsewhere.jpg");
    writeFileSync(elsewhere, await photoBytes([purple], 9));
    expect(await teach(photos, { name: "odd", faces: [elsewhere] }, { reader })).toMatchObject({ accepted: true, examples: 1, found: 5 });
    await forgetTaught(photos, "odd", { reader });
    const mixed = await teach(photos, { name: "mixed", faces: ["angry/0.jpg", "happy/0.jpg", "sad/0.jpg"] }, { reader });
    expect(mixed.file).toBeUndefined();
    expect(formatTaught(mixed)).toMatch(/^mixed, from 3 faces: not kept, since /);
    expect(formatTaught(mixed)).toMatch(/\n {2}Give five to ten faces that look alike; --anyway keeps it as it is\.$/);
    expect(
      existsSync(join(photos, ".semblant", "taught.json")) && readFileSync(join(photos, ".semblant", "taught.json"), "utf8"),
    ).not.toContain("mixed");
    await expect(teach(photos, { name: "odd", faces: [join(photos, "sad/nobody.jpg")] }, { reader })).rejects.toThrow(
      /^teach: expected a face in .*nobody\.jpg, but none was found there\.$/,
    );
  });
});

describe("pictures that are taken out", () => {
  const from = join(root, "originals");
  beforeAll(async () => {
    mkdirSync(from);
    const picture = sharp(await photoBytes([red, green])).resize(96, 48);
    await picture
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Make: "Camera" }, IFD3: { GPSLatitudeRef: "N", GPSLatitude: "52/1 30/1 0/1" } })
      .jpeg()
      .toFile(join(from, "a.jpg"));
    writeFileSync(join(from, "b.jpg"), "no picture");
  });
  const out = (name: string, how: "clean copy" | "plain copy" | "link", paths = ["a.jpg"]) =>
    takeOut("album", { root: from, paths }, { folder: join(root, name), how });

  it("are upright and without place, time and camera", async () => {
    const [taken] = await out("clean", "clean copy");
    expect(taken?.to).toBe(join(root, "clean", "01 a.jpg"));
    const { exif, width, height, orientation } = await sharp(taken?.to).metadata();
    expect({ exif, width, height, orientation }).toEqual({ exif: undefined, width: 48, height: 96, orientation: undefined });
    expect(readFileSync(join(from, "a.jpg")).includes("Camera")).toBe(true); // it was there to be left out
  });

  it("are the files as they are where plain copies are asked for, or links to them", async () => {
    await out("plain", "plain copy");
    expect(readFileSync(join(root, "plain", "01 a.jpg"))).toEqual(readFileSync(join(from, "a.jpg")));
    await out("links", "link");
    expect(lstatSync(join(root, "links", "01 a.jpg")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(root, "links", "01 a.jpg"))).toEqual(readFileSync(join(from, "a.jpg")));
  });

  it("are an error record each where one cannot be read, and never fall among other files", async () => {
    const taken = await out("some", "clean copy", ["b.jpg", "a.jpg"]);
    expect(taken).toMatchObject([
      { path: "b.jpg", error: expect.any(String) },
      { path: "a.jpg", to: expect.stringContaining("02 a.jpg") },
    ]);
    expect(readdirSync(join(root, "some"))).toEqual(["02 a.jpg"]);
    await expect(out("some", "link")).rejects.toThrow(/^album: expected .*some to be empty or not there, but it holds files already\.$/);
  });
});
