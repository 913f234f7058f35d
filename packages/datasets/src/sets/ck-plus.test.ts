import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeGrey } from "../reading/fixtures/pictures.ts";
import { facesOf, temporaryFolder, writeText } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { readDataset } from "../reading/read-dataset.ts";

// From the distribution's ReadMe: one label file for a labelled sequence, named for its last frame, holding "   3.0000000e+00".
const sequences: readonly [name: string, frames: number, code: number | undefined][] = [
  ["S005/001", 3, 3],
  ["S010/001", 2, 7],
  ["S010/002", 2, 1],
  ["S010/003", 2, undefined],
  ["S011/004", 2, 5],
];

async function folder(): Promise<string> {
  const root = temporaryFolder();
  let n = 60;
  for (const [name, frames, code] of sequences) {
    const frame = (i: number) => `${name.replace("/", "_")}_${String(i).padStart(8, "0")}`;
    for (let i = 1; i <= frames; i++)
      await writeGrey(join(root, `cohn-kanade-images/${name}/${frame(i)}.png`), n++, { width: 64, height: 49 });
    if (code !== undefined) writeText(join(root, `Emotion/${name}/${frame(frames)}_emotion.txt`), `   ${code.toExponential(7)}\n`);
  }
  return root;
}

describe("CK+", () => {
  it("takes the peak frame of each labelled sequence", async () => {
    const data = await readDataset(await folder(), { split: "test", crop: "0.25,0.25,0.5,0.5" });
    expect([data.name, data.classes.length, data.classes.includes("neutral")]).toEqual(["CK+", 7, false]);
    expect(data.test.ids.map((id) => id.slice(-25))).toEqual([
      "001/S005_001_00000003.png",
      "001/S010_001_00000002.png",
      "002/S010_002_00000002.png",
      "004/S011_004_00000002.png",
    ]);
    expect(Array.from(data.test.labels, (label) => data.classes[label])).toEqual(["disgust", "surprise", "anger", "happiness"]);
    expect(data.dropped).toEqual([{ split: "test", reason: "the sequence has no label", count: 1 }]);
  });

  it("takes first frames as neutral, one a person or one a labelled sequence", async () => {
    const root = await folder();
    const neutrals = async (neutral: "subject" | "sequence") => {
      const { test, classes } = await readDataset(root, { split: "test", neutral });
      expect(classes.length).toBe(8);
      return test.ids.filter((_, i) => classes[test.labels[i] as number] === "neutral").map((id) => id.slice(-21, -4));
    };
    expect(await neutrals("subject")).toEqual(["S005_001_00000001", "S010_001_00000001", "S011_004_00000001"]);
    expect((await neutrals("sequence")).length).toBe(4);
  });

  it("cuts the face out where there are landmarks", async () => {
    const root = await folder();
    const points = Array.from({ length: 68 }, (_, i) => `   ${i % 2 === 0 ? 2e1 : 4e1}   ${i < 34 ? 1e1 : 3e1}`).join("\n");
    writeText(join(root, "Landmarks/S005/001/S005_001_00000003_landmarks.txt"), points);
    const corners = async (crop: "source" | "whole") => {
      const { test } = await readDataset(root, { split: "test", crop });
      return facesOf(test).slice(0, 2);
    };
    expect(await corners("whole")).toEqual([0, 0]); // black above a picture that is wider than high
    expect(await corners("source")).toEqual([62, 0]);
  });

  it("reports labels that are none, and labels whose frame is gone", async () => {
    const root = await folder();
    writeText(join(root, "Emotion/S011/004/S011_004_00000002_emotion.txt"), "   9.0000000e+00\n");
    writeText(join(root, "Emotion/S999/001/S999_001_00000005_emotion.txt"), "   1.0000000e+00\n");
    const { faults, dropped } = await inspectDataset(root, { split: "test" });
    expect(faults.map(({ kind, file, problem }) => [kind, file, problem])).toEqual([
      ["unknown label", "Emotion/S011/004/S011_004_00000002_emotion.txt", 'expected a label from 0 to 7, but got "9.0000000e+00".'],
      [
        "missing",
        "Emotion/S999/001/S999_001_00000005_emotion.txt",
        "expected its frame cohn-kanade-images/S999/001/S999_001_00000005.png, but it is not there.",
      ],
    ]);
    expect(dropped.map(({ reason, count }) => [reason, count])).toEqual([
      ["the sequence has no label", 1],
      ["the label is unknown", 1],
      ["the image is missing", 1],
    ]);
  });
});
