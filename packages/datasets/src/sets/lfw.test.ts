import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeGrey } from "../reading/fixtures/pictures.ts";
import { temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import { formatInspection } from "../reading/format-inspection.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { readDataset } from "../reading/read-dataset.ts";

async function folder(): Promise<string> {
  const root = temporaryFolder();
  for (const [n, name] of ["Ann_Lee/Ann_Lee_0001", "Ann_Lee/Ann_Lee_0002", "Bo_Ek/Bo_Ek_0001"].entries())
    await writeGrey(join(root, `lfw/${name}.jpg`), 40 + n, { width: 25, height: 25 });
  return root;
}

describe("LFW", () => {
  it("has people and no labels, and is all test", async () => {
    const data = await readDataset(await folder());
    expect([data.name, data.classes, data.drawn, data.train.images.count]).toEqual(["LFW", [], "not at all", 0]);
    expect([[...data.test.labels], [...(data.test.subjects ?? [])]]).toEqual([
      [-1, -1, -1],
      [0, 0, 1],
    ]);
  });

  it("is said to be unlabelled by its inspection", async () => {
    const root = await folder();
    expect(formatInspection(await inspectDataset(root))).toEqual([
      `LFW at ${root} (LFW folders), labels from no labels, images 48 x 48 grey`,
      "",
      "            rows  kept  people",
      "train          0     0       0",
      "validation     0     0       0",
      "test           3     3       2",
      "",
      "Who is in a picture is known by LFW file names.",
      "All of it is test.",
      "",
      "Warnings",
      "  no image has a label: the set can be embedded and searched, not trained on or evaluated.",
      "",
      "No faults.",
    ]);
  });

  it("is not taken for a folder of classes whose pictures have names of their own", async () => {
    const root = temporaryFolder();
    await writeGrey(join(root, "happy/a_0001.jpg"), 1);
    await writeGrey(join(root, "sad/b_0001.jpg"), 2);
    expect((await readDataset(root)).classes).toEqual(["happiness", "sadness"]);
  });
});
