import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findTwins } from "../dataset/twins.ts";
import { readFerPlus } from "./fer-plus.ts";
import {
  face,
  facesOf,
  type SmallRow,
  smallRows,
  temporaryFolder,
  writeFace,
  writeLabelFolders,
  writePixels,
  writeText,
  writeVotes,
} from "./fixtures/small-layouts.ts";

function tables(rows: readonly SmallRow[] = smallRows): string {
  const root = temporaryFolder();
  writePixels(root, rows);
  writeVotes(root, rows);
  return root;
}

const changed = (at: number, change: Partial<SmallRow>): SmallRow[] => smallRows.map((row, i) => (i === at ? { ...row, ...change } : row));

describe("FER+ from fer2013.csv and fer2013new.csv", () => {
  it("takes pixels, names and votes of the same row", async () => {
    const data = await readFerPlus(tables());
    expect([data.name, data.labelSource]).toEqual(["FER+", "fer2013new.csv majority"]);
    expect(data.train.ids).toEqual(["fer0000000.png", "fer0000001.png"]);
    expect([facesOf(data.train), facesOf(data.validation), facesOf(data.test)]).toEqual([
      [0, 1],
      [4, 5],
      [6, 2],
    ]);
    expect([[...data.train.labels], [...data.validation.labels], [...data.test.labels]]).toEqual([
      [0, 1],
      [1, 0],
      [0, 1],
    ]);
    expect(data.dropped).toEqual([
      { split: "train", reason: "no class has more than half of the votes", count: 1 },
      { split: "train", reason: "most votes are for unknown or not a face", count: 1 },
    ]);
  });

  it("gives what all raters said beside majority labels", async () => {
    const { test } = await readFerPlus(tables());
    expect([...(test.votes ?? [])]).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  });

  it("evaluates by majority whatever it trains on, unless told", async () => {
    const root = tables(changed(4, { votes: "5,5,0,0,0,0,0,0,0,0" }));
    const data = await readFerPlus(root, { labels: "votes" });
    expect([data.labelSource, data.train.labels.length, data.validation.labels.length]).toEqual([
      "fer2013new.csv votes, validation and test majority",
      2,
      1,
    ]);
    expect((await readFerPlus(root, { labels: "votes", evaluation: "votes" })).validation.labels.length).toBe(2);
  });

  it("gives a name that stands twice to the later row, and the earlier its row number", async () => {
    const data = await readFerPlus(tables(changed(0, { name: "fer0000001.png" })));
    expect(data.train.ids).toEqual(["row 0", "fer0000001.png"]);
  });

  it("finds test faces that also stand in training, kept there or not", async () => {
    const twins = findTwins(await readFerPlus(tables()));
    expect([[...twins.rows], [...twins.trained], [...twins.others]]).toEqual([[1], [], [0]]);
  });

  it("reads on from the packed cache", async () => {
    const root = tables();
    const first = await readFerPlus(root);
    const again = await readFerPlus(join(root, "fer2013.csv"));
    expect(facesOf(again.test)).toEqual(facesOf(first.test));
    expect(facesOf((await readFerPlus(root, { cache: false })).train)).toEqual([0, 1]);
  });
});

describe("FER+ from label.csv", () => {
  it("finds each name's pixels through fer2013new.csv, not by its number", async () => {
    const root = tables();
    await writeLabelFolders(root, { images: false });
    const data = await readFerPlus(root);
    expect(data.labelSource).toBe("label.csv majority");
    expect([data.test.ids, facesOf(data.test)]).toEqual([
      ["fer0000005.png", "fer0000006.png"],
      [6, 2],
    ]);
    expect((await readFerPlus(root, { votes: "fer2013new.csv" })).labelSource).toBe("fer2013new.csv majority");
  });

  it("is found in the folder data, as FERPlus's repository has it", async () => {
    const root = tables();
    await writeLabelFolders(join(root, "data"), { images: false });
    expect((await readFerPlus(root)).labelSource).toBe("label.csv majority");
  });

  it("reads images that lie beside it", async () => {
    const root = temporaryFolder();
    await writeLabelFolders(root, { images: true });
    const data = await readFerPlus(root);
    expect([facesOf(data.train), facesOf(data.validation), facesOf(data.test)]).toEqual([
      [0, 1],
      [4, 5],
      [6, 2],
    ]);
  });

  it("leaves out images that are missing, damaged or of another size, and counts them", async () => {
    const root = temporaryFolder();
    await writeLabelFolders(root, {
      images: true,
      rows: [...smallRows, ...[7, 8, 9].map((n) => ({ ...smallRows[n % 2], face: n, name: `fer000000${n}.png` }) as SmallRow)],
    });
    rmSync(join(root, "FER2013Train/fer0000007.png"));
    writeText(join(root, "FER2013Train/fer0000008.png"), "\x89PNG");
    await writeFace(join(root, "FER2013Train/fer0000009.png"), 9);
    const { default: sharp } = await import("sharp");
    await sharp(face(9).subarray(0, 100), { raw: { width: 10, height: 10, channels: 1 } })
      .png()
      .toFile(join(root, "FER2013Train/fer0000009.png"));
    const data = await readFerPlus(root);
    expect(facesOf(data.train)).toEqual([0, 1]);
    expect(data.dropped.filter(({ reason }) => reason.startsWith("the image"))).toEqual([
      { split: "train", reason: "the image is missing", count: 1 },
      { split: "train", reason: "the image is unreadable", count: 1 },
      { split: "train", reason: "the image has the wrong size", count: 1 },
    ]);
  });
});

describe("FER+ that cannot be read", () => {
  const refused = (root: string) =>
    readFerPlus(root).then(
      () => "read",
      (error: Error) => `${error.name}: ${error.message}`,
    );
  const inspect = (root: string) => `\n  To see every fault at once: semblant data inspect ${root}`;

  it("says that fer2013new.csv is missing", async () => {
    const root = temporaryFolder();
    writePixels(root);
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: no file fer2013new.csv.\n  A FER+ folder holds fer2013new.csv (the votes) and fer2013.csv (the pixels).\n  To try everything without it: semblant train --data generated`,
    );
  });

  it("says that fer2013.csv is missing", async () => {
    const root = temporaryFolder();
    writeVotes(root);
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: no file fer2013.csv.\n  A FER+ folder holds fer2013new.csv (the votes) and fer2013.csv (the pixels).\n  To try everything without it: semblant train --data generated`,
    );
  });

  it("says which row has 2,303 pixels", async () => {
    const root = tables(changed(4, { pixels: face(4).subarray(1).join(" ") }));
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: fer2013.csv row 4: expected 2,304 pixels (48 x 48), but got 2,303.${inspect(root)}`,
    );
  });

  it("says which row has a value over 255, and how many rows are faulty", async () => {
    const pixels = ["256", ...face(1).subarray(1)].join(" ");
    const root = tables(changed(1, { pixels }).map((row, i) => (i === 6 ? { ...row, emotion: "7" } : row)));
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: fer2013.csv row 1: expected pixels from 0 to 255, but pixel 0 is 256.\n  It is the first of 2 such faults.${inspect(root)}`,
    );
    expect(await refused(root)).toContain("but pixel 0 is 256."); // from the cache, which keeps the fault
  });

  it("says when a pixel is no number, and when a row has no such split", async () => {
    expect(await refused(tables(changed(0, { pixels: "1 -2 3" })))).toContain(
      'fer2013.csv row 0: expected pixels from 0 to 255, but pixel 1 has the character "-".',
    );
    const root = tables();
    writePixels(root, changed(2, { usage: "Tests" as "Training" }));
    expect(await refused(root)).toContain('expected Usage to be Training, PublicTest or PrivateTest, but got "Tests".');
  });

  it("says when the two tables have not the same rows", async () => {
    const root = tables();
    writeVotes(root, smallRows.slice(0, 7));
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: fer2013new.csv has 7 rows, but fer2013.csv has 8; row i of one is row i of the other.\n  One of the files is cut short: the originals have 35887 rows.`,
    );
    writeVotes(root, [...smallRows].reverse());
    expect(await refused(root)).toContain(
      "row 0 is test in fer2013new.csv, but train in fer2013.csv.\n  Rows have been moved or left out: use the original files.",
    );
  });

  it("says which vote is no number and which row has too few", async () => {
    const root = tables();
    writeVotes(root, changed(1, { votes: "0,9,0,0,0,0,0,0,x,0" }));
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: fer2013new.csv row 1: expected votes to be whole numbers, but got "x".${inspect(root)}`,
    );
    writeVotes(root, changed(1, { votes: "0,9,0,0,0,0,0,0,1" }));
    expect(await refused(root)).toContain("fer2013new.csv row 1: expected 10 votes, but got 9.");
  });

  it("says that fer2013new.csv has another header", async () => {
    const root = tables();
    writeText(join(root, "fer2013new.csv"), "Usage,neutral\nTraining,10\n");
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: fer2013new.csv: expected the header\n  Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF\n  but got "Usage,neutral".`,
    );
  });

  it("drops a row without votes and says so", async () => {
    const data = await readFerPlus(tables(changed(4, { votes: "0,0,0,0,0,0,0,0,0,0" })));
    expect(data.dropped).toContainEqual({ split: "validation", reason: "no votes", count: 1 });
  });

  it("says that a split keeps nothing, and why", async () => {
    const none = "0,0,0,0,0,0,0,0,0,10";
    const root = tables(smallRows.map((row) => (row.usage === "PublicTest" ? { ...row, votes: none } : row)));
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: none of the 2 images of validation can be used: most votes are for unknown or not a face (2 of 2).\n  What is there, and why it is left out: semblant data inspect ${root}`,
    );
  });

  it("says that training has one class only", async () => {
    const root = tables(changed(1, { votes: "9,0,0,0,0,0,0,0,1,0" }));
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: expected at least two classes in train, but all 2 images are "neutral".\n  Nothing can be learned from one class: add images of another.`,
    );
  });

  it("says that a folder of FERPlus is missing", async () => {
    const root = temporaryFolder();
    await writeLabelFolders(root, { images: true });
    rmSync(join(root, "FER2013Valid"), { recursive: true });
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: no file FER2013Valid/label.csv.\n  FERPlus has three folders, FER2013Train, FER2013Valid and FER2013Test, with a label.csv each.`,
    );
  });

  it("says that the folders of FERPlus hold no images", async () => {
    const root = temporaryFolder();
    await writeLabelFolders(root, { images: false });
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: none of the 7 images that label.csv names can be read; the first is FER2013Train/fer0000000.png.\n  Put fer2013.csv and fer2013new.csv there instead, or make the images with FERPlus's own script.`,
    );
  });

  it("refuses a name in label.csv that leads out of its folder", async () => {
    const root = temporaryFolder();
    await writeLabelFolders(root, { images: true });
    writeText(join(root, "FER2013Test/label.csv"), '../../secret.png,"(0, 0, 48, 48)",10,0,0,0,0,0,0,0,0,0\n');
    expect(await refused(root)).toBe(
      `DataError: FER+ at ${root}: FER2013Test/label.csv row 0: expected the name of an image beside label.csv, but got "../../secret.png".${inspect(root)}`,
    );
  });

  it("refuses unknown options and modes by name", async () => {
    const root = tables();
    await expect(readFerPlus(root, { label: "majority" } as object)).rejects.toThrow(
      'readFerPlus: unknown option "label"; did you mean "labels"?',
    );
    await expect(readFerPlus(root, { labels: "most" as "majority" })).rejects.toThrow(
      'readFerPlus: expected labels to be one of majority, probability, crossentropy, multi_target, votes, but got "most".',
    );
    await expect(readFerPlus(root, { votes: "labels.csv" as "label.csv" })).rejects.toThrow(
      'readFerPlus: expected votes to be "label.csv" or "fer2013new.csv", but got "labels.csv".',
    );
  });
});
