import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { face, facesOf, temporaryFolder, writeText } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { recogniseLayout } from "../reading/layout.ts";
import { readDataset } from "../reading/read-dataset.ts";

const row = (emotion: number, usage: string, n: number) => `${emotion},${face(n).join(" ")},${usage}`;

describe("the CK+ table", () => {
  it("has FER2013's labels and contempt as the eighth", async () => {
    const path = join(temporaryFolder(), "ckextended.csv");
    const rows = [..."01234567"].map((emotion, n) => row(Number(emotion), "Training", n));
    writeText(path, `emotion,pixels,Usage\n${[...rows, row(6, "PublicTest", 8), row(7, "PrivateTest", 9)].join("\n")}\n`);
    expect([recogniseLayout(path).kind, recogniseLayout(join(path, "..")).kind]).toEqual(["set", "set"]);
    const { name, classes, train, test } = await readDataset(path);
    expect([name, Array.from(train.labels, (label) => classes[label]), facesOf(test)]).toEqual([
      "CK+",
      ["anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral", "contempt"],
      [9],
    ]);
    await expect(readDataset(path, { contempt: false })).rejects.toThrow(
      "none of the 1 images of test can be used: labelled contempt (1 of 1).",
    );
    const seven = await readDataset(path, { contempt: false, split: "test" });
    expect([seven.classes.length, seven.test.labels.length, seven.dropped]).toEqual([
      7,
      8,
      [{ split: "test", reason: "labelled contempt", count: 2 }],
    ]);
  });

  it("refuses a label above 7", async () => {
    const path = join(temporaryFolder(), "ckextended.csv");
    writeText(path, `emotion,pixels,Usage\n${row(8, "Training", 1)}\n${row(1, "Training", 2)}\n`);
    expect((await inspectDataset(path)).faults).toEqual([
      { kind: "bad row", file: "ckextended.csv", row: 0, problem: 'expected an emotion from 0 to 7, but got "8".', stops: true },
    ]);
  });
});
