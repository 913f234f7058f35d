import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facesOf, temporaryFolder, writeFace } from "./fixtures/small-layouts.ts";
import { inspectDataset } from "./inspect.ts";
import { recogniseLayout } from "./layout.ts";
import { readDataset } from "./read-dataset.ts";

async function folder(): Promise<string> {
  const root = temporaryFolder();
  for (const [n, name] of ["b.png", "a.png", "C.PNG"].entries()) await writeFace(join(root, name), n);
  writeFileSync(join(root, "notes.txt"), "none of it");
  return root;
}

describe("a folder of pictures", () => {
  it("is a set without labels, all of it test, in the order of the names", async () => {
    const root = await folder();
    expect(recogniseLayout(root)).toEqual({ kind: "folder of pictures", root });
    const data = await readDataset(root);
    expect([data.classes, data.labelSource, data.drawn]).toEqual([[], "no labels", "not at all"]);
    expect([data.train.images.count, data.validation.images.count, data.test.ids, facesOf(data.test)]).toEqual([
      0,
      0,
      ["C.PNG", "a.png", "b.png"],
      [2, 1, 0],
    ]);
    expect([...data.test.labels]).toEqual([-1, -1, -1]);
  });

  it("names what it cannot read, and warns that nothing can be learned from it", async () => {
    const root = await folder();
    writeFileSync(join(root, "d.heic"), "");
    const { faults, warnings, layout } = await inspectDataset(root);
    expect([layout, warnings]).toEqual([
      "folder of pictures",
      ["no image has a label: the set can be embedded and searched, not trained on or evaluated."],
    ]);
    expect(faults.map(({ file, problem }) => `${file}: ${problem}`)).toEqual([
      "d.heic: this format is not read; turn it into PNG or JPEG.",
    ]);
  });

  it("is none where folders of classes, or a table, say more", async () => {
    const root = await folder();
    await writeFace(join(root, "happy/e.png"), 3);
    expect(recogniseLayout(root).kind).toBe("image folder");
    const tabled = await folder();
    writeFileSync(join(tabled, "labels.csv"), "path,label\na.png,happy\n");
    expect(recogniseLayout(tabled).kind).toBe("labelled table");
  });
});
