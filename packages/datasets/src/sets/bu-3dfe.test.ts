import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeGrey } from "../reading/fixtures/pictures.ts";
import { facesOf, temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { readDataset } from "../reading/read-dataset.ts";

// As sent out: a folder per person; `F2D` pictures are BMP, beside them lie the 3D scans and their textures (`F3D`).
const names = [
  "F0001/F0001_NE00WH_F2D",
  "F0001/F0001_AN01WH_F2D",
  "F0001/F0001_AN04WH_F2D",
  "M0044/M0044_HA03AM_F2D",
  "M0044/M0044_SU02AM_F2D",
];

async function folder(): Promise<string> {
  const root = temporaryFolder();
  for (const [n, name] of names.entries()) await writeGrey(join(root, `BU_3DFE/${name}.bmp`), 20 + n, { width: 64, height: 51 });
  await writeGrey(join(root, "BU_3DFE/F0001/F0001_AN01WH_F3D.bmp"), 200);
  return root;
}

describe("BU-3DFE", () => {
  it("reads the BMP pictures of faces, and none of the renderings", async () => {
    const data = await readDataset(await folder(), { split: "test", size: 8 });
    expect([data.name, data.classes.length, data.dropped]).toEqual(["BU-3DFE", 7, []]);
    expect(Array.from(data.test.labels, (label) => data.classes[label])).toEqual(["anger", "anger", "neutral", "happiness", "surprise"]);
    expect([...(data.test.subjects ?? [])]).toEqual([0, 0, 0, 1, 1]);
    const middle = new Uint8Array(5 * 64);
    data.test.images.gather([0, 1, 2, 3, 4], middle);
    expect([0, 1, 2, 3, 4].map((k) => middle[k * 64 + 36])).toEqual([21, 22, 20, 23, 24]);
  });

  it("leaves faint expressions out if asked, and keeps neutral faces", async () => {
    const data = await readDataset(await folder(), { split: "test", intensity: 3 });
    expect([data.test.ids, data.dropped]).toEqual([
      ["F0001/F0001_AN04WH_F2D.bmp", "F0001/F0001_NE00WH_F2D.bmp", "M0044/M0044_HA03AM_F2D.bmp"],
      [{ split: "test", reason: "of an intensity below 3", count: 2 }],
    ]);
    await expect(readDataset("x", { intensity: 5 as 4 })).rejects.toThrow(
      "readDataset: expected intensity to be one of 1, 2, 3, 4, but got 5.",
    );
  });

  it("names a picture whose name says no expression", async () => {
    const root = await folder();
    await writeGrey(join(root, "BU_3DFE/F0001/F0001_XX01WH_F2D.bmp"), 1);
    expect((await inspectDataset(root)).faults).toEqual([
      {
        kind: "unknown label",
        file: "F0001/F0001_XX01WH_F2D.bmp",
        problem: 'expected a name like F0001_AN01WH_F2D.bmp, but got "F0001_XX01WH_F2D.bmp".',
        stops: false,
      },
    ]);
    expect(facesOf((await readDataset(root, { split: "test" })).test).length).toBe(5);
  });
});
