import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeGrey } from "../reading/fixtures/pictures.ts";
import { temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import { readDataset } from "../reading/read-dataset.ts";

// Three frames of a sequence, in a folder by its expression: CK+48/anger/S010_004_00000017.png
const frames = [
  "anger/S010_004_00000017",
  "anger/S010_004_00000018",
  "anger/S010_004_00000019",
  "happy/S011_006_00000011",
  "happy/S010_006_00000015",
  "contempt/S138_008_00000007",
  "happy/S138_005_00000008",
  "contempt/S011_003_00000014",
];

describe("CK+48", () => {
  it("keeps a person, and so the frames of a sequence, in one split", async () => {
    const root = temporaryFolder();
    for (const [n, frame] of frames.entries()) await writeGrey(join(root, `CK+48/${frame}.png`), 50 + n, { width: 48, height: 48 });
    const data = await readDataset(root);
    expect([data.name, data.drawn, data.classes.includes("neutral"), data.classes.length]).toEqual(["CK+48", "by person", false, 7]);
    const splits = [data.train, data.validation, data.test];
    expect(splits.map(({ ids }) => new Set(ids.map((id) => /S\d{3}/.exec(id)?.[0])).size)).toEqual([1, 1, 1]);
    const all = splits.flatMap(({ ids, labels }) => ids.map((id, i) => `${id.split("/")[0]} ${data.classes[labels[i] as number]}`));
    expect(new Set(all)).toEqual(new Set(["anger anger", "happy happiness", "contempt contempt"]));
  });
});
