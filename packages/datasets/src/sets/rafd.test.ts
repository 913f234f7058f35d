import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeGrey } from "../reading/fixtures/pictures.ts";
import { temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { nameOfLayout, recogniseLayout } from "../reading/layout.ts";
import { readDataset } from "../reading/read-dataset.ts";

// As sent out: 681 x 1024, all in one folder; camera, person, people and sex, expression, gaze.
const names = [
  "Rafd000_01_Caucasian_female_angry_frontal",
  "Rafd090_01_Caucasian_female_angry_frontal",
  "Rafd090_01_Caucasian_female_contemptuous_left",
  "Rafd180_01_Caucasian_female_angry_frontal",
  "Rafd090_29_Moroccan_male_fearful_right",
  "Rafd090_41_Kid_female_neutral_frontal",
];

async function folder(): Promise<string> {
  const root = temporaryFolder();
  for (const [n, name] of names.entries()) await writeGrey(join(root, `RafD/${name}.jpg`), 30 + n, { width: 68, height: 102 });
  return root;
}

describe("RaFD", () => {
  it("is known by its names, and gives eight classes, people by their number, and the cameras of a moment as one sequence", async () => {
    const root = await folder();
    expect([nameOfLayout(recogniseLayout(root)), recogniseLayout(root).root]).toEqual(["RaFD pictures", join(root, "RafD")]);
    const { name, classes, test, people } = await readDataset(root, { split: "test", cameras: "all" });
    expect([name, classes.length, people]).toEqual(["RaFD", 8, { by: "RaFD file names" }]);
    expect(Array.from(test.labels, (label) => classes[label])).toEqual(["anger", "anger", "contempt", "fear", "neutral", "anger"]);
    expect([...(test.subjects ?? [])].map((n) => test.subjectNames?.[n])).toEqual(["01", "01", "01", "29", "41", "01"]);
    const [first, second, other, , , last] = test.sequences ?? [];
    expect([second, last, other === first]).toEqual([first, first, false]);
  });

  it("takes the camera in front unless asked for all", async () => {
    const { test, dropped } = await readDataset(await folder(), { split: "test" });
    expect(test.ids.every((id) => id.startsWith("Rafd090"))).toBe(true);
    expect(dropped).toEqual([{ split: "test", reason: "not a frontal view", count: 2 }]);
    await expect(readDataset("x", { cameras: "side" })).rejects.toThrow(
      'readDataset: expected cameras to be one of frontal, all, but got "side".',
    );
  });

  it("names a picture whose name says no expression of it", async () => {
    const root = await folder();
    await writeGrey(join(root, "RafD/Rafd090_01_Caucasian_female_bored_frontal.jpg"), 1);
    expect((await inspectDataset(root)).faults).toEqual([
      {
        kind: "unknown label",
        file: "Rafd090_01_Caucasian_female_bored_frontal.jpg",
        problem:
          'expected a name like Rafd090_01_Caucasian_female_angry_frontal.jpg, but got "Rafd090_01_Caucasian_female_bored_frontal.jpg".',
        stops: false,
      },
    ]);
  });
});
