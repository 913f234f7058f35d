import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { writeGrey } from "../reading/fixtures/pictures.ts";
import { facesOf, temporaryFolder, writeText } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { readDataset } from "../reading/read-dataset.ts";

const header = "subDirectory_filePath,face_x,face_y,face_width,face_height,facial_landmarks,expression,valence,arousal";
const landmarks = Array.from({ length: 68 }, (_, i) => `${i}.5;${i}.25`).join(";");
/** One row, as in the tables: 68 points in one field, `-2` for valence and arousal where there are none. */
const row = (file: string, expression: number | string, box = "10,10,40,40") => `${file},${box},${landmarks},${expression},0.1,-2`;

async function folder({ head = true } = {}): Promise<string> {
  const root = temporaryFolder();
  const train = [..."0123456789"].map((code, n) => row(`${689 + (n % 2)}/${n}c0ffee.jpg`, code));
  const validation = [row("9/a1.jpg", 6), row("9/b2.png", 10), row("9/c3.bmp", 1)];
  writeText(join(root, "Manually_Annotated_file_lists/training.csv"), `${header}\n${train.join("\n")}\n`);
  writeText(join(root, "Manually_Annotated_file_lists/validation.csv"), `${head ? `${header}\r\n` : ""}${validation.join("\r\n")}\r\n`);
  for (let n = 0; n < 10; n++) await writeGrey(join(root, `Manually_Annotated_Images/${689 + (n % 2)}/${n}c0ffee.jpg`), 70 + n);
  for (const [n, name] of ["a1.jpg", "b2.png", "c3.bmp"].entries())
    await writeGrey(join(root, `Manually_Annotated_Images/9/${name}`), 90 + n);
  return root;
}

describe("AffectNet's tables", () => {
  it("have the expressions of the paper's map, and drop what is none", async () => {
    const data = await readDataset(await folder());
    expect([data.name, data.classes.length, data.train.subjects]).toEqual(["AffectNet", 8, undefined]);
    // by the map of the paper's published code, the codes 0 to 7 are our classes 0, 1, 3, 2, 6, 5, 4, 7
    expect([...data.train.labels]).toEqual([0, 1, 3, 2, 6, 5, 4, 7]);
    expect([facesOf(data.train), [...data.validation.labels], facesOf(data.validation)]).toEqual([
      [70, 71, 72, 73, 74, 75, 76, 77],
      [4, 1],
      [90, 92],
    ]);
    expect(data.dropped.map(({ split, reason }) => `${split}: ${reason}`)).toEqual([
      "train: labelled none of the eight",
      "train: labelled uncertain",
      "validation: labelled not a face",
    ]);
    expect(data.test.images.count).toBe(0);
  });

  it("are seven classes without contempt", async () => {
    const data = await readDataset(await folder(), { contempt: false });
    expect([data.classes.length, [...data.train.labels]]).toEqual([7, [0, 1, 3, 2, 6, 5, 4]]);
  });

  it("are read without their line of names, as validation.csv comes in some copies", async () => {
    const data = await readDataset(await folder({ head: false }));
    expect([...data.validation.labels]).toEqual([4, 1]);
  });

  it("cut images to their boxes, or take them whole as the paper's code did", async () => {
    const root = await folder();
    // Left half dark, right half bright; the box holds the right half.
    const halves = Buffer.alloc(60 * 60, 10).map((_, i) => (i % 60 < 30 ? 10 : 200));
    const picture = await sharp(halves, { raw: { width: 60, height: 60, channels: 1 } })
      .toColourspace("b-w")
      .png()
      .toBuffer();
    writeFileSync(join(root, "Manually_Annotated_Images/689/0c0ffee.jpg"), picture);
    const table = join(root, "Manually_Annotated_file_lists/training.csv");
    writeText(table, `${header}\n${row("689/0c0ffee.jpg", 0, "32,16,28,28")}\n${row("690/1c0ffee.jpg", 1)}\n`);
    const cut = facesOf((await readDataset(root)).train);
    const whole = facesOf((await readDataset(root, { crop: "whole" })).train);
    expect([cut[0], whole[0]]).toEqual([200, 10]);
    expect(facesOf((await readDataset(root)).train)).toEqual(cut); // both readings stay in the cache
  });

  it("reports every fault at once: codes, boxes, paths, double and missing rows and images", async () => {
    const root = await folder();
    const rows = [
      row("689/0c0ffee.jpg", 11),
      row("690/1c0ffee.jpg", 1, "NULL,NULL,NULL,NULL"),
      row("689/2c0ffee.jpg", 2, "500,500,40,40"),
      row("../etc/passwd.jpg", 3),
      row("689/4c0ffee.jpg", 4),
      row("689/4c0ffee.jpg", 5),
      row("690/gone.jpg", 6),
      "690/5c0ffee.jpg,1,2",
      row("690/7c0ffee.jpg", 7, "40,40,40,40"),
    ];
    writeText(join(root, "Manually_Annotated_file_lists/training.csv"), `${header}\n${rows.join("\n")}\n`);
    const { faults, dropped } = await inspectDataset(root);
    const table = "Manually_Annotated_file_lists/training.csv";
    expect(
      faults.filter(({ kind }) => kind !== "not listed").map(({ kind, file, row, problem, stops }) => [kind, file, row, problem, stops]),
    ).toEqual([
      ["unknown label", table, 0, 'expected an expression from 0 to 10, but got "11".', true],
      ["bad row", table, 1, 'expected a face box of four numbers with an area, but got "NULL,NULL,NULL,NULL".', false],
      ["outside the folder", table, 3, 'expected a path inside the images\' folder, but got "../etc/passwd.jpg".', true],
      ["duplicate name", table, 5, "689/4c0ffee.jpg stands in row 4 already.", false],
      ["bad row", table, 7, "expected 9 fields, but got 3.", true],
      [
        "box outside",
        table,
        2,
        "Manually_Annotated_Images/689/2c0ffee.jpg: expected a box inside the picture of 60 x 60, but got one of 40 x 40 at 500, 500.",
        false,
      ],
      ["missing", "Manually_Annotated_Images/690/gone.jpg", undefined, "no such file.", false],
      [
        "box outside",
        table,
        8,
        "Manually_Annotated_Images/690/7c0ffee.jpg: expected a box inside the picture of 60 x 60, but got one of 40 x 40 at 40, 40.",
        false,
      ],
    ]);
    expect(faults.filter(({ kind }) => kind === "not listed").map(({ file }) => file.slice(-15))).toEqual([
      "689/0c0ffee.jpg",
      "689/6c0ffee.jpg",
      "689/8c0ffee.jpg",
      "690/3c0ffee.jpg",
      "690/5c0ffee.jpg",
      "690/9c0ffee.jpg",
    ]);
    expect(
      dropped
        .filter(({ split }) => split === "train")
        .map(({ reason }) => reason)
        .sort(),
    ).toEqual([
      "another row names the same image",
      "the face box lies outside the picture",
      "the image is missing",
      "the row has no face box",
    ]);
    await expect(readDataset(root)).rejects.toThrow(
      `AffectNet at ${root}: ${table} row 0: expected an expression from 0 to 10, but got "11".`,
    );
  });

  it("say that a table is not there", async () => {
    const root = await folder();
    rmSync(join(root, "Manually_Annotated_file_lists/training.csv"));
    const { faults, warnings } = await inspectDataset(root);
    expect(faults[0]).toEqual({
      kind: "missing",
      file: "Manually_Annotated_file_lists/training.csv",
      problem: "no such file, so that train is empty.",
      stops: false,
    });
    expect(warnings).toContain("train holds no images.");
    expect((await readDataset(root)).validation.labels.length).toBe(2); // enough to evaluate on
  });
});
