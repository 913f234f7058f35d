import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, writeFace, writeText } from "../../../datasets/src/reading/fixtures/small-layouts.ts";
import { readDataset } from "../../../datasets/src/reading/read-dataset.ts";
import { openData } from "./open-data.ts";
import { resolveSettings } from "./settings.ts";

async function folder(): Promise<string> {
  const root = join(temporaryFolder(), "faces");
  const files = ["happy", "sad"].flatMap((label) => Array.from({ length: 10 }, (_, i) => `${label}/${i}.png`));
  for (const [n, file] of files.entries()) await writeFace(join(root, file), n);
  return root;
}

function table(text: string): string {
  const path = join(temporaryFolder(), "fixes.csv");
  writeText(path, text);
  return path;
}

const labelOf = (data: Awaited<ReturnType<typeof readDataset>>, id: string) => {
  for (const { ids, labels, classes } of [data.train, data.validation, data.test]) {
    if (ids.includes(id)) return classes[labels[ids.indexOf(id)] as number];
  }
  return undefined;
};

describe("corrected labels", () => {
  it("change what a table names, in the words of the folders or ours, and leave out what has no label", async () => {
    const root = await folder();
    const corrections = table('path,label,given,doubt\nhappy/3.png,sad,happy,0.98\n"sad/1.png",happiness,sad,0.9\nsad/4.png,,sad,0.8\n');
    const data = await readDataset(root, { corrections });
    expect(["happy/3.png", "sad/1.png", "sad/4.png", "happy/2.png"].map((id) => labelOf(data, id))).toEqual([
      "sadness",
      "happiness",
      undefined,
      "happiness",
    ]);
    expect(data.labelSource).toBe("folder names, 3 corrected");
    expect(data.dropped).toEqual([{ split: expect.any(String), reason: "left out by a correction", count: 1 }]);
  });

  it("leave every image in its split", async () => {
    const root = await folder();
    const [plain, corrected] = [await readDataset(root), await readDataset(root, { corrections: table("label,path\nsad,happy/0.png\n") })];
    for (const split of ["train", "validation", "test"] as const) expect(corrected[split].ids).toEqual(plain[split].ids);
  });

  it("are a setting of a run: data.corrections", async () => {
    const root = await folder();
    const settings = resolveSettings({ data: { source: root } }, [`data.corrections=${table("path,label\nhappy/0.png,sad\n")}`]);
    expect(labelOf(await openData(settings.data), "happy/0.png")).toBe("sadness");
    expect(resolveSettings({}).data.corrections).toBeNull();
  });

  it("are refused where they do not fit the set", async () => {
    const root = await folder();
    const read = (text: string) => readDataset(root, { corrections: table(text) });
    await expect(readDataset(root, { corrections: "nowhere.csv" })).rejects.toThrow("corrections at nowhere.csv: no such file.");
    await expect(read("path,given\n")).rejects.toThrow('expected the columns path and label, but got "path,given".');
    await expect(read("path,label\nhappy/99.png,sad\n")).rejects.toThrow(
      "line 2: expected an image of folder faces/, but there is no happy/99.png.",
    );
    await expect(read("path,label\nhappy/1.png,bored\n")).rejects.toThrow(
      'line 2: expected a label of the set (happiness, sadness), or none, but got "bored".',
    );
    await expect(read("path,label\nhappy/1.png,sad\nhappy/1.png,\n")).rejects.toThrow(
      "line 3: happy/1.png was corrected in line 2 already.",
    );
    await expect(read("path,label\n../1.png,sad\n")).rejects.toThrow('line 2: expected a path inside the set, but got "../1.png".');
  });
});
