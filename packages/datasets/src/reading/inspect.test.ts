import { rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random } from "@semblant/core";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { face, smallRows, temporaryFolder, writeFace, writePixels, writeText, writeVotes } from "./fixtures/small-layouts.ts";
import { formatInspection } from "./format-inspection.ts";
import { inspectDataset } from "./inspect.ts";

async function damagedFolder(): Promise<string> {
  const root = temporaryFolder();
  const files = ["train/happy/a.png", "train/happy/b.png", "train/sad/c.png", "train/sad/d.png", "test/happy/e.png", "test/angry/f.png"];
  for (const [n, file] of files.entries()) await writeFace(join(root, file), n);
  await writeFace(join(root, "test/happy/copy.png"), 0);
  truncateSync(join(root, "train/happy/b.png"), 100);
  truncateSync(join(root, "train/sad/d.png"), 0);
  writeText(join(root, "train/sad/phone.heic"), "");
  return root;
}

describe("an inspection", () => {
  it("counts splits and classes, and reports every fault at once", async () => {
    const inspection = await inspectDataset(await damagedFolder());
    expect(inspection.splits).toEqual([
      { split: "train", rows: 4, kept: 2, classes: [1, 1] },
      { split: "validation", rows: 0, kept: 0, classes: [0, 0] },
      { split: "test", rows: 3, kept: 2, classes: [2, 0] },
    ]);
    expect(inspection.faults.map(({ kind, file, stops }) => [kind, file, stops])).toEqual([
      ["unreadable", "train/sad/phone.heic", false],
      ["unknown label", "test/angry/f.png", true],
      ["unreadable", "train/happy/b.png", false],
      ["unreadable", "train/sad/d.png", false],
    ]);
    expect(inspection.warnings).toEqual(["validation holds no images.", "test holds no images of sadness."]);
  });

  it("finds identical images across splits", async () => {
    expect((await inspectDataset(await damagedFolder())).twins).toEqual([{ split: "test", in: "train", count: 1, kept: 1 }]);
  });

  it("reports the faults of tables without refusing them", async () => {
    const root = temporaryFolder();
    writePixels(
      root,
      smallRows.map((row, i) => (i === 1 ? { ...row, pixels: face(1).subarray(1).join(" ") } : i === 6 ? { ...row, emotion: "x" } : row)),
    );
    writeVotes(
      root,
      smallRows.map((row, i) => (i === 4 ? { ...row, votes: "0,0,0,0,0,0,0,0,0,0" } : row)),
    );
    const { faults, dropped } = await inspectDataset(root);
    expect(faults.map(({ kind, file, row }) => [kind, file, row])).toEqual([
      ["no votes", "fer2013new.csv", 4],
      ["bad row", "fer2013.csv", 1],
      ["bad row", "fer2013.csv", 6],
    ]);
    expect(dropped.map(({ reason }) => reason)).toContain("the row is faulty");
  });

  it("names JPEGs that end early but for a few rows, which are read as photos are, in a warning", async () => {
    const root = await damagedFolder();
    const random = new Random(5);
    const noise = Uint8Array.from({ length: 128 * 128 }, () => random.integer(256));
    const file = await sharp(noise, { raw: { width: 128, height: 128, channels: 1 } })
      .jpeg()
      .toBuffer();
    writeFileSync(join(root, "train/happy/cut.jpg"), file.subarray(0, Math.round(0.9 * file.length)));
    writeFileSync(join(root, "train/happy/half.jpg"), file.subarray(0, Math.round(0.5 * file.length)));
    for (const _ of ["decoded", "kept"]) {
      const { warnings, faults, splits } = await inspectDataset(root);
      expect(splits[0]).toMatchObject({ rows: 6, kept: 3, classes: [2, 1] });
      expect(faults.map(({ file: name }) => name)).toContain("train/happy/half.jpg");
      expect(faults.map(({ file: name }) => name)).not.toContain("train/happy/cut.jpg");
      expect(warnings).toContainEqual(
        expect.stringMatching(
          /^a picture was read with a remark: train\/happy\/cut\.jpg: its file is cut short: the last \d+ of 128 rows are missing\.$/,
        ),
      );
    }
  });

  it("is printed as plain lines", async () => {
    const root = await damagedFolder();
    expect(
      formatInspection(await inspectDataset(root)).join("\n"),
    ).toBe(`folder ${root.split("/").at(-1)}/ at ${root} (image folder), labels from folder names, images 48 x 48 grey

            rows  kept  happiness  sadness
train          4     2          1        1
validation     0     0          0        0
test           3     2          2        0

Left out
  train: 2, the image is unreadable
  test: 1, the label is unknown

Identical images
  1 of the 2 test images also stand in train (1 of them as an image that is kept there)

Warnings
  validation holds no images.
  test holds no images of sadness.

Faults: unreadable (3)
  train/sad/phone.heic: this format is not read; turn it into PNG or JPEG.
  train/happy/b.png: the image is damaged or cut short.
  train/sad/d.png: the file is empty.

Faults: unknown label (1)
  test/angry/f.png: expected a label of training (happiness, sadness), but got "angry".

Cannot be read until 1 fault of a table is mended.`);
  });

  it("lists as many faults of a kind as asked, and counts the rest", async () => {
    const lines = formatInspection(await inspectDataset(await damagedFolder()), { most: 1 });
    expect(lines).toContain("  and 2 more");
  });

  it("says that all is well where it is", async () => {
    const root = await damagedFolder();
    for (const file of ["train/sad/phone.heic", "train/sad/d.png", "train/happy/b.png", "test/angry"])
      rmSync(join(root, file), { recursive: true });
    expect(formatInspection(await inspectDataset(root)).at(-1)).toBe("No faults.");
  });
});
