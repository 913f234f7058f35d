import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readFer2013 } from "./fer2013.ts";
import { face, facesOf, smallRows, temporaryFolder, writePixels, writeText } from "./fixtures/small-layouts.ts";

describe("FER2013 with its own labels", () => {
  it("has the first seven classes in our order, whatever FER2013's numbers are", async () => {
    const root = temporaryFolder();
    const rows = [..."0123456"].map((emotion, i) => ({ ...(smallRows[0] as (typeof smallRows)[number]), face: i, emotion }));
    writePixels(root, [...rows, ...smallRows.slice(4)]);
    const { name, labelSource, classes, train, test } = await readFer2013(root);
    expect([name, labelSource]).toEqual(["FER2013", "fer2013.csv emotion"]);
    expect(Array.from(train.labels, (label) => classes[label])).toEqual([
      "anger",
      "disgust",
      "fear",
      "happiness",
      "sadness",
      "surprise",
      "neutral",
    ]);
    expect(classes).toEqual(["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear"]);
    expect([train.ids[3], facesOf(train), test.ids[0], train.votes]).toEqual(["row 3", [0, 1, 2, 3, 4, 5, 6], "row 9", undefined]);
  });

  it("reads columns in another order, quoted pixels and CRLF", async () => {
    const path = join(temporaryFolder(), "icml_face_data.csv");
    const row = (emotion: number, usage: string, n: number) => `${emotion},${usage},"${face(n).join(" ")}"`;
    writeText(path, `emotion, Usage, pixels\r\n${[row(3, "Training", 1), row(6, "Training", 2), row(6, "PrivateTest", 3)].join("\r\n")}`);
    const { train, validation, test } = await readFer2013(path);
    expect([facesOf(train), [...train.labels], validation.images.count, facesOf(test)]).toEqual([[1, 2], [1, 0], 0, [3]]);
  });

  it("refuses other columns, an empty file, and data of another kind", async () => {
    const root = temporaryFolder();
    writeText(join(root, "fer2013.csv"), "emotion,pixels\n0,1 2 3\n");
    await expect(readFer2013(root)).rejects.toThrow(
      'fer2013.csv: expected the columns emotion, pixels and Usage, but got "emotion,pixels".',
    );
    writeText(join(root, "fer2013.csv"), "");
    await expect(readFer2013(root)).rejects.toThrow(`FER2013 at ${join(root, "fer2013.csv")}: the file is empty.`);
    await expect(readFer2013(root, { labels: "votes" } as object)).rejects.toThrow('readFer2013: unknown option "labels"; known: cache.');
  });
});
