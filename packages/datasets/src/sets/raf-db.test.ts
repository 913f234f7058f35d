import { rmSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeGrey } from "../reading/fixtures/pictures.ts";
import { facesOf, temporaryFolder, writeText } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { recogniseLayout } from "../reading/layout.ts";
import { readDataset } from "../reading/read-dataset.ts";

// basic/EmoLabel/list_patition_label.txt (so spelled) and basic/Image/aligned/train_00001_aligned.jpg, 100 x 100
const list = ["train_00001.jpg 1", "train_00002.jpg 2", "train_00003.jpg 3", "train_00004.jpg 4", "test_0001.jpg 5", "test_0002.jpg 7"];

async function folder(): Promise<string> {
  const root = temporaryFolder();
  writeText(join(root, "basic/EmoLabel/list_patition_label.txt"), `${list.join("\n")}\n`);
  for (const [n, line] of list.entries()) {
    const name = line.split(".")[0] as string;
    await writeGrey(join(root, `basic/Image/aligned/${name}_aligned.jpg`), 120 + n, { width: 100, height: 100 });
  }
  return root;
}

describe("RAF-DB", () => {
  it("has seven classes and the split of its names", async () => {
    const data = await readDataset(await folder());
    const names = (labels: Int32Array) => Array.from(labels, (label) => data.classes[label]);
    expect([data.name, data.labelSource, names(data.train.labels), names(data.test.labels)]).toEqual([
      "RAF-DB",
      "list_patition_label.txt",
      ["surprise", "fear", "disgust", "happiness"],
      ["sadness", "neutral"],
    ]);
    expect([facesOf(data.train), facesOf(data.test), data.drawn]).toEqual([[120, 121, 122, 123], [124, 125], undefined]);
  });

  it("reports unknown codes, double and strange lines, images missing, damaged and unlisted", async () => {
    const root = await folder();
    const at = "basic/EmoLabel/list_patition_label.txt";
    writeText(join(root, at), `${list.join("\n")}\ntrain_00009.jpg 8\ntrain_00001.jpg 4\nnonsense\n`);
    const image = (name: string) => join(root, `basic/Image/aligned/${name}_aligned.jpg`);
    rmSync(image("train_00002"));
    truncateSync(image("test_0002"), statSync(image("test_0002")).size - 20);
    await writeGrey(image("train_00077"), 1);
    const { faults } = await inspectDataset(root);
    expect(faults.map(({ kind, file, row, problem }) => [kind, file.slice(-25), row, problem])).toEqual([
      ["unknown label", at.slice(-25), 6, 'expected a label from 1 to 7, but got "8".'],
      ["duplicate name", at.slice(-25), 7, "train_00001.jpg stands in row 0 already."],
      ["bad row", at.slice(-25), 8, 'expected a line like "train_00001.jpg 5", but got "nonsense".'],
      ["not listed", "d/train_00077_aligned.jpg", undefined, "no row of list_patition_label.txt names this image."],
      ["missing", "d/train_00002_aligned.jpg", undefined, "no such file."],
      ["unreadable", "ned/test_0002_aligned.jpg", undefined, "the image is damaged or cut short."],
    ]);
  });

  it("is read from Kaggle's folders of codes too", async () => {
    const root = temporaryFolder();
    const files = ["train/1/train_00001_aligned.jpg", "train/7/train_00002_aligned.jpg", "test/4/test_0001_aligned.jpg"];
    for (const [n, file] of files.entries()) await writeGrey(join(root, "DATASET", file), 130 + n);
    expect(recogniseLayout(root)).toMatchObject({ kind: "set", root: join(root, "DATASET") });
    const { classes, train, test } = await readDataset(root);
    expect([...train.labels, ...test.labels].map((label) => classes[label])).toEqual(["surprise", "neutral", "happiness"]);
  });
});
