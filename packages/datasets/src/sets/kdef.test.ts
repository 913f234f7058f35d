import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeGrey } from "../reading/fixtures/pictures.ts";
import { temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import { recogniseLayout } from "../reading/layout.ts";
import { readDataset } from "../reading/read-dataset.ts";

// As in the archive: KDEF_and_AKDEF/KDEF/AF01/AF01AFS.JPG, 562 x 762; series A and B are the same people.
const names = ["AF01/AF01AFS", "AF01/AF01HAFL", "BF01/BF01ANS", "AM02/AM02NES", "BM02/BM02SUHR", "BM02/BM02SUS"];

async function folder(): Promise<string> {
  const root = temporaryFolder();
  for (const [n, name] of names.entries())
    await writeGrey(join(root, `KDEF_and_AKDEF/KDEF/${name}.JPG`), 30 + n, { width: 56, height: 76 });
  return root;
}

describe("KDEF", () => {
  it("takes pictures from the front, and counts a person of two series once", async () => {
    const root = await folder();
    expect(recogniseLayout(root).root).toBe(join(root, "KDEF_and_AKDEF/KDEF"));
    const { test, classes, dropped } = await readDataset(root, { split: "test" });
    expect(Array.from(test.labels, (label) => classes[label])).toEqual(["fear", "neutral", "anger", "surprise"]);
    expect([test.ids[0], [...(test.subjects ?? [])]]).toEqual(["AF01/AF01AFS.JPG", [0, 1, 0, 1]]);
    expect(dropped).toEqual([{ split: "test", reason: "not a frontal view", count: 2 }]);
  });

  it("takes every view if asked", async () => {
    const { test } = await readDataset(await folder(), { split: "test", views: "all" });
    expect(test.images.count).toBe(6);
  });
});
