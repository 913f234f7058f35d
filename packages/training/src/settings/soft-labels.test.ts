import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, writeFace, writeText } from "../../../datasets/src/reading/fixtures/small-layouts.ts";
import { openData } from "./open-data.ts";
import { resolveSettings } from "./settings.ts";

async function folder(): Promise<string> {
  const root = join(temporaryFolder(), "faces");
  const splits = { train: 4, valid: 2, test: 2 };
  let n = 0;
  for (const [split, count] of Object.entries(splits)) {
    for (const label of ["happy", "sad"]) {
      for (let i = 0; i < count; i++) await writeFace(join(root, split, label, `${i}.png`), n++);
    }
  }
  return root;
}

function table(text: string): string {
  const path = join(temporaryFolder(), "soft.csv");
  writeText(path, text);
  return path;
}

const open = async (root: string, text: string) =>
  openData(resolveSettings({ data: { source: root } }, [`data.softLabels=${table(text)}`]).data);

describe("soft labels", () => {
  it("teach the training images of a table, scaled to sum to 1; the others keep what they had", async () => {
    const root = await folder();
    const plain = await openData(resolveSettings({ data: { source: root } }).data);
    const [first = ""] = plain.train.ids;
    const data = await open(root, `sadness,path,happiness\n1,${first},3\n`);
    expect(data.classes).toEqual(["happiness", "sadness"]);
    const votes = Array.from(data.train.votes as Float32Array);
    expect(votes.slice(0, 2)).toEqual([0.75, 0.25]);
    expect(votes.slice(2)).toEqual(Array.from(data.train.labels.slice(1)).flatMap((label) => (label === 0 ? [1, 0] : [0, 1])));
    expect(data.labelSource).toBe(`${plain.labelSource}, 1 soft`);
  });

  it("change no label, and nothing that is measured", async () => {
    const root = await folder();
    const plain = await openData(resolveSettings({ data: { source: root } }).data);
    const data = await open(root, `path,happiness,sadness\n${plain.train.ids.map((id) => `${id},1,9`).join("\n")}\n`);
    expect(data.train.labels).toEqual(plain.train.labels);
    expect([data.validation.votes, data.test.votes]).toEqual([undefined, undefined]);
    expect(resolveSettings({}).data.softLabels).toBeNull();
  });

  it("teach generated faces as well, over their votes", async () => {
    const { classes, train } = await openData(resolveSettings({ data: { count: 80 } }).data);
    const path = table(`path,${classes.join()}\n"${train.ids[5]}",${classes.map((_, c) => c).join()}\n`);
    const soft = await openData(resolveSettings({ data: { count: 80, softLabels: path } }).data);
    expect(Array.from(soft.train.votes?.slice(40, 48) ?? [])).toEqual(classes.map((_, c) => Math.fround(c / 28)));
    expect(soft.train.votes?.slice(0, 40)).toEqual(train.votes?.slice(0, 40));
  });

  it("are refused where they do not fit the set", async () => {
    const root = await folder();
    const plain = await openData(resolveSettings({ data: { source: root } }).data);
    const [id] = plain.train.ids;
    const missing = openData(resolveSettings({ data: { source: root, softLabels: "nowhere.csv" } }).data);
    await expect(missing).rejects.toThrow("soft labels at nowhere.csv: no such file.");
    await expect(open(root, "path,happiness\n")).rejects.toThrow(
      'expected the columns path, happiness, sadness, but got "path,happiness".',
    );
    const rows = (...lines: string[]) => open(root, `path,happiness,sadness\n${lines.join("\n")}\n`);
    await expect(rows(`${id},1,1`, `${id},1,1`)).rejects.toThrow(/line 3: expected a training image of .*, but there is no .* twice\.$/);
    await expect(rows(`${plain.test.ids[0]},1,1`)).rejects.toThrow("line 2: expected a training image of");
    for (const bad of ["-1,2", "0,0", "1,", "a,1", "Infinity,1"]) {
      await expect(rows(`${id},${bad}`)).rejects.toThrow("line 2: expected shares of 0 or more, one a class, but got");
    }
  });
});
