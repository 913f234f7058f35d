import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { writeGrey } from "../reading/fixtures/pictures.ts";
import { facesOf, temporaryFolder, writeText } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { readDataset } from "../reading/read-dataset.ts";

const numbers = ["000001", "000002", "000003", "000004"];
const smiling = [1, -1, 1, -1];

/** As torchvision's reader expects them: number of images, names, rows with double spaces; and the lists of splits and people. */
async function folder(): Promise<string> {
  const root = temporaryFolder();
  for (const [n, number] of numbers.entries())
    await writeGrey(join(root, `img_align_celeba/${number}.jpg`), 140 + n, { width: 178, height: 218 });
  const rows = numbers.map((number, n) => `${number}.jpg -1 ${smiling[n] === 1 ? " 1" : "-1"}  1`);
  writeText(join(root, "list_attr_celeba.txt"), `4\nMale Smiling Young \n${rows.join("\n")}\n`);
  writeText(join(root, "list_eval_partition.txt"), numbers.map((number, n) => `${number}.jpg ${Math.min(2, n)}\n`).join(""));
  writeText(join(root, "identity_CelebA.txt"), numbers.map((number, n) => `${number}.jpg ${[2880, 2937, 2880, 77][n]}\n`).join(""));
  return root;
}

describe("CelebA", () => {
  it("is an unlabelled gallery in its own splits, with people", async () => {
    const root = await folder();
    const data = await readDataset(root);
    expect([data.name, data.classes, data.labelSource]).toEqual(["CelebA", [], "no labels"]);
    expect([data.train, data.validation, data.test].map(({ ids }) => ids.length)).toEqual([1, 1, 2]);
    expect([...(data.test.subjects ?? [])]).toEqual([0, 2]);
    expect((await inspectDataset(root)).warnings[1]).toBe("1 people stand in both train and test: data.split=subjects keeps them apart.");
  });

  it("is cut to the square of 158 pixels in its middle, so that no bars stand beside it", async () => {
    const root = await folder();
    // White above, below and in 10 columns at each side, grey inside: only the grey is left, and reaches each border.
    const inside = (i: number) => i % 178 >= 10 && i % 178 < 168 && Math.floor(i / 178) >= 30 && Math.floor(i / 178) < 188;
    const pixels = Buffer.from(Uint8Array.from({ length: 178 * 218 }, (_, i) => (inside(i) ? 90 : 255)));
    const png = await sharp(pixels, { raw: { width: 178, height: 218, channels: 1 } })
      .toColourspace("b-w")
      .png()
      .toBuffer();
    for (const number of numbers) writeFileSync(join(root, `img_align_celeba/${number}.jpg`), png);
    const { test } = await readDataset(root, { size: 79 });
    const into = new Uint8Array(79 * 79);
    test.images.gather([0], into);
    expect(new Set(into)).toEqual(new Set([90]));
    expect(facesOf((await readDataset(root, { size: 48, crop: "whole" })).test)[0]).toBe(0);
  });

  it("takes an attribute as its label if asked", async () => {
    const root = await folder();
    const data = await readDataset(root, { attribute: "Smiling", split: "test" });
    expect([data.classes, [...data.test.labels], data.labelSource]).toEqual([
      ["not Smiling", "Smiling"],
      [1, 0, 1, 0],
      "list_attr_celeba.txt Smiling",
    ]);
    await expect(readDataset(root, { attribute: "Smilling" })).rejects.toThrow(
      'readDataset: expected attribute to be one of the 3 of list_attr_celeba.txt, but got "Smilling"; did you mean "Smiling"?',
    );
  });

  it("is read from Kaggle's tables with commas, and its folder in a folder", async () => {
    const root = temporaryFolder();
    for (const [n, number] of numbers.entries()) await writeGrey(join(root, `img_align_celeba/img_align_celeba/${number}.jpg`), 150 + n);
    writeText(
      join(root, "list_eval_partition.csv"),
      `image_id,partition\n${numbers.map((number, n) => `${number}.jpg,${n % 3}\n`).join("")}`,
    );
    writeText(
      join(root, "list_attr_celeba.csv"),
      `image_id,Male,Smiling\n${numbers.map((number, n) => `${number}.jpg,1,${smiling[n]}\n`).join("")}`,
    );
    const data = await readDataset(root, { attribute: "Smiling", split: "test" });
    expect([...data.test.labels]).toEqual([1, 0, 1, 0]);
    expect((await readDataset(root)).train.ids).toEqual([
      "img_align_celeba/img_align_celeba/000001.jpg",
      "img_align_celeba/img_align_celeba/000004.jpg",
    ]);
  });

  it("reports images and rows without each other, and rows that are none", async () => {
    const root = await folder();
    rmSync(join(root, "img_align_celeba/000002.jpg"));
    await writeGrey(join(root, "img_align_celeba/000009.jpg"), 9);
    writeText(join(root, "list_eval_partition.txt"), "000001.jpg 0\n000002.jpg 1\n000003.jpg 7\n000004.jpg\n000001.jpg 2\n");
    const { faults } = await inspectDataset(root);
    expect(faults.map(({ kind, file, row, problem }) => [kind, file, row, problem])).toEqual([
      ["bad row", "list_eval_partition.txt", 3, "expected a file and one value, but got 1 fields."],
      ["duplicate name", "list_eval_partition.txt", 4, "000001.jpg stands in row 0 already."],
      ["missing", "img_align_celeba/000002.jpg", undefined, "no such file."],
      ["not listed", "img_align_celeba/000004.jpg", undefined, "no row of list_eval_partition.txt names this image."],
      ["not listed", "img_align_celeba/000009.jpg", undefined, "no row of list_eval_partition.txt names this image."],
      ["bad row", "list_eval_partition.txt", 2, 'expected 000003 to be in 0, 1 or 2, but got "7".'],
    ]);
  });
});
