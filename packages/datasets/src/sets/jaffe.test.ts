import { truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeGrey } from "../reading/fixtures/pictures.ts";
import { facesOf, temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { recogniseLayout } from "../reading/layout.ts";
import { readDataset } from "../reading/read-dataset.ts";

// Names from the distribution: initials, expression and which time, running number; 256 x 256 grey TIFF, all in one folder.
const names = ["KA.AN1.39", "KA.DI1.42", "KA.FE1.45", "KL.HA1.158", "KL.NE1.155", "KM.SA1.9", "KM.SU1.14", "TM.HA2.181"];

async function folder(): Promise<string> {
  const root = temporaryFolder();
  for (const [n, name] of names.entries()) await writeGrey(join(root, `jaffedbase/${name}.tiff`), 10 + n, { width: 256, height: 256 });
  return root;
}

describe("JAFFE", () => {
  it("has seven classes and its models from the names of its TIFF pictures", async () => {
    const root = await folder();
    expect(recogniseLayout(root)).toMatchObject({ kind: "set", root: join(root, "jaffedbase") });
    const data = await readDataset(root, { split: "test" });
    expect([data.name, data.labelSource, data.classes]).toEqual([
      "JAFFE",
      "file names",
      ["neutral", "happiness", "surprise", "sadness", "anger", "disgust", "fear"],
    ]);
    expect(Array.from(data.test.labels, (label) => data.classes[label])).toEqual([
      "anger",
      "disgust",
      "fear",
      "happiness",
      "neutral",
      "sadness",
      "surprise",
      "happiness",
    ]);
    expect([facesOf(data.test), [...(data.test.subjects ?? [])]]).toEqual([
      [10, 11, 12, 13, 14, 15, 16, 17],
      [0, 0, 0, 1, 1, 2, 2, 3],
    ]);
  });

  it("is split so that no person stands in two splits, the same way each time", async () => {
    const root = await folder();
    const [data, again] = [await readDataset(root), await readDataset(root)];
    const people = [data.train, data.validation, data.test].map(({ subjects }) => new Set(subjects));
    expect(people.reduce((sum, set) => sum + set.size, 0)).toBe(4);
    expect(people.every((set) => set.size > 0)).toBe(true);
    expect([data.drawn, data.test.ids]).toEqual(["by person", again.test.ids]);
  });

  it("reports misnamed, doubled and truncated pictures all at once", async () => {
    const root = await folder();
    await writeGrey(join(root, "jaffedbase/KA.XX1.50.tiff"), 1);
    await writeGrey(join(root, "jaffedbase/more/KA.AN1.39.png"), 1);
    truncateSync(join(root, "jaffedbase/KM.SU1.14.tiff"), 200);
    const { faults, dropped } = await inspectDataset(root, { split: "test" });
    expect(faults.map(({ file, problem }) => `${file}: ${problem}`)).toEqual([
      'KA.XX1.50.tiff: expected a name like KA.AN1.39.tiff, but got "KA.XX1.50.tiff".',
      "more/KA.AN1.39.png: KA.AN1.39.tiff has the same name.",
      expect.stringMatching(/^KM\.SU1\.14\.tiff: (the image is damaged or cut short|expected an image)/),
    ]);
    expect(dropped.map(({ reason }) => reason).sort()).toEqual([
      "another picture has the same name",
      "the image is unreadable",
      "the name does not say what it shows",
    ]);
  });
});
