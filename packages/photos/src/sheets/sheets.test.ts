import { rmSync } from "node:fs";
import { join } from "node:path";
import { albumOfFaces, auditFaces, bestOfFaces, classifyFaces, clusterFaces, type PhotoRecord } from "@semblant/answers";
import sharp from "sharp";
import { afterAll, describe, expect, it } from "vitest";
import { classes, madeSet } from "../../../answers/src/questions/fixtures/face-set.ts";
import { emptyFolder, green, photoBytes, red } from "../library/fixtures/photos.ts";
import { albumSheet } from "./album-sheet.ts";
import { auditSheet } from "./audit-sheet.ts";
import { bestSheet } from "./best-sheet.ts";
import { classifySheet } from "./classify-sheet.ts";
import { clusterSheet } from "./cluster-sheet.ts";
import { counted, percent, type SheetMaking } from "./sheet.ts";
import { type Cutting, cutThumbnails } from "./thumbnails.ts";

const root = emptyFolder();
afterAll(() => rmSync(root, { recursive: true }));

async function made(making: SheetMaking): Promise<string> {
  let step = await making.next();
  while (!step.done) step = await making.next();
  return step.value;
}

async function cut(cuttings: readonly Cutting[], options = {}): Promise<(string | undefined)[]> {
  const cutting = cutThumbnails(root, cuttings, options);
  let step = await cutting.next();
  while (!step.done) step = await cutting.next();
  return step.value;
}

const pixelsOf = async (uri: string | undefined) => {
  const bytes = Buffer.from((uri as string).replace(/^data:image\/webp;base64,/, ""), "base64");
  return sharp(bytes).raw().toBuffer({ resolveWithObject: true });
};

describe("thumbnails", () => {
  /** 480 × 240: red on the left, green on the right. */
  const write = async (name: string, orientation?: number) => {
    const wide = await sharp(await photoBytes([red, green]))
      .resize(480, 240, { kernel: "nearest" })
      .withMetadata({ ...(orientation !== undefined && { orientation }) })
      .jpeg({ quality: 95 })
      .toBuffer();
    await sharp(wide, { autoOrient: false })
      .withMetadata({ ...(orientation !== undefined && { orientation }) })
      .toFile(join(root, name));
  };
  const photo = (path: string, width = 480, height = 240) => ({ id: 1, path, width, height }) as PhotoRecord;

  it("show a face with what is around it, from the photo as it stands upright", async () => {
    await write("plain.jpg");
    await write("turned.jpg", 6); // a quarter turn: red comes to lie above, green below
    const [left, right] = await cut([
      { photo: photo("plain.jpg"), face: { x: 40, y: 80, width: 60, height: 60 }, width: 32 },
      { photo: photo("plain.jpg"), face: { x: 360, y: 80, width: 60, height: 60 }, width: 32 },
    ]);
    const [below] = await cut([{ photo: photo("turned.jpg", 240, 480), face: { x: 90, y: 360, width: 60, height: 60 }, width: 32 }]);
    const reddish = async (uri: string | undefined) => {
      const { data, info } = await pixelsOf(uri);
      expect([info.width, info.height]).toEqual([32, 32]);
      return (data[0] as number) > (data[1] as number);
    };
    expect(await Promise.all([left, right, below].map(reddish))).toEqual([true, false, false]);
  });

  it("show a photo three quarters as high as wide, around the faces in it", async () => {
    await write("plain.jpg");
    const focus = [{ x: 400, y: 80, width: 60, height: 60 }];
    const [uri] = await cut([{ photo: photo("plain.jpg"), focus, width: 64 }]);
    const { data, info } = await pixelsOf(uri);
    expect([info.width, info.height]).toEqual([64, 48]);
    const middle = 3 * (24 * 64 + 48);
    expect(data[middle + 1]).toBeGreaterThan(data[middle] as number);
  });

  it("leave gaps for photos that went away, broken ones, and those past the most", async () => {
    await write("plain.jpg");
    const one = { photo: photo("plain.jpg"), width: 16 };
    expect(await cut([{ photo: { ...photo("gone.jpg"), id: 2 }, width: 16 }, one])).toEqual([
      undefined,
      expect.stringMatching(/^data:image\/webp/),
    ]);
    expect((await cut([one, { ...one, width: 20 }], { most: 1 }))[1]).toBeUndefined();
    await expect(cut([], { most: -1 })).rejects.toThrow("cutThumbnails: expected most to be a whole number from 0, but got -1.");
  });
});

describe("sheets", () => {
  const photos = Array.from({ length: 24 }, (_, i) => ({
    path: i === 0 ? "<u>happy</u>/a & b.jpg" : `${["happy", "sad"][i % 2]}/${i}.jpg`,
    second: 2 * i,
    scene: Math.floor(i / 3),
    faces: [{ look: classes[i % 4] as string }],
  }));
  const set = madeSet(photos, { root });
  const pages: Record<string, () => Promise<string>> = {
    album: () => made(albumSheet(set, albumOfFaces(set, { size: 5 }))),
    cluster: () => made(clusterSheet(set, clusterFaces(set, { k: 3 }))),
    best: () => made(bestSheet(set, bestOfFaces(set))),
    classify: () => made(classifySheet(set, classifyFaces(set))),
    audit: () => made(auditSheet(set, auditFaces(set, { threshold: 0 }))),
  };

  it.each(Object.keys(pages))("of %s are one file that asks nothing of anyone, with names escaped", async (name) => {
    const text = await (pages[name] as () => Promise<string>)();
    expect(text).toMatch(/^<!doctype html>/);
    expect(text).toContain("default-src 'none'; img-src data:; style-src 'sha256-");
    expect(text).not.toContain("<u>happy</u>");
    expect(text).not.toMatch(/<script|(src|href)="(?!data:)|style="/);
    expect(text).toContain("This page holds copies of faces");
    expect(text).toContain("not what a person feels");
    expect(text).toMatch(/pictures are not shown: the photos could not be read again/); // there are none behind this set
  });

  it("of the best say so where no moment has several shots", async () => {
    const one = madeSet([{ path: "a.jpg", second: 0, scene: 1, faces: [{ look: "happiness" }] }], { root });
    const text = await made(bestSheet(one, bestOfFaces(one)));
    expect(text).toContain("No moment has several shots");
    expect(text).not.toContain("The best of");
  });

  it("say what each picture of an album stands for and why, and how near to the best that is", async () => {
    const answer = albumOfFaces(set, { size: 5 });
    const text = await made(albumSheet(set, answer));
    for (const { why, standsFor } of answer.pictures) {
      expect(text).toContain(why);
      expect(text).toContain(standsFor.photos === 1 ? "Stands for itself" : `Stands for ${standsFor.photos} photos`);
    }
    expect(text).toContain(percent(answer.coverage.all / answer.ceiling));
    expect(text).toContain("there is no model of identity here");
  });

  it("count and round in words that do not mislead", () => {
    expect([0, 0.001, 0.5, 0.9999, 1].map(percent)).toEqual(["0 %", "< 1 %", "50 %", "> 99 %", "100 %"]);
    expect([counted(0, "face"), counted(1, "face"), counted(1234, "face")]).toEqual(["0 faces", "1 face", "1,234 faces"]);
  });
});
