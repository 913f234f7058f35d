import { mkdirSync, renameSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, writeFace, writeText } from "../../../datasets/src/reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../../../datasets/src/reading/inspect.ts";
import { readDataset } from "../../../datasets/src/reading/read-dataset.ts";
import { optionsOfData } from "./open-data.ts";
import { resolveSettings } from "./settings.ts";

const problem = "it is a link out of the folder, which is not followed unless data.followLinks=true.";

/** A folder a class, with a link within and three out of it: a file, a class, a folder in a class. */
async function linked(): Promise<string> {
  const base = temporaryFolder();
  const root = join(base, "set");
  let n = 0;
  for (const label of ["happy", "sad"]) for (let i = 0; i < 12; i++) await writeFace(join(root, label, `${i}.png`), n++);
  for (let i = 0; i < 3; i++) await writeFace(join(base, "private", `${i}.png`), n++);
  symlinkSync("0.png", join(root, "happy", "same.png"));
  symlinkSync(join(base, "private", "0.png"), join(root, "happy", "secret.png"));
  symlinkSync(join(base, "private"), join(root, "fear"));
  symlinkSync("../../private", join(root, "sad", "more"));
  symlinkSync("..", join(root, "sad", "circle"));
  return root;
}
const idsOf = (data: Awaited<ReturnType<typeof readDataset>>) => [data.train, data.validation, data.test].flatMap(({ ids }) => ids);

describe("links in a data set", () => {
  it("are not followed out of its folder: each is named, and what it leads to is not read", async () => {
    const root = await linked();
    const data = await readDataset(root, { cache: false });
    expect(data.classes).toEqual(["happiness", "sadness"]);
    expect(idsOf(data).filter((id) => !/^(happy|sad)\/\d+\.png$/.test(id))).toEqual(["happy/same.png"]);
    const { faults, dropped } = await inspectDataset(root, { cache: false });
    const out = faults.filter(({ kind }) => kind === "outside the folder");
    expect(out.map(({ file, problem: said, stops }) => [file, said, stops]).sort()).toEqual(
      ["fear", "happy/secret.png", "sad/more"].map((file) => [file, problem, false]),
    );
    expect(dropped.map(({ reason, count }) => [reason, count])).toContainEqual(["the image is a link out of the folder", 1]);
  });

  it("are followed where that is asked for, and circles are entered once", async () => {
    const root = await linked();
    const ids = idsOf(await readDataset(root, { cache: false, followLinks: true }));
    expect(ids).toEqual(expect.arrayContaining(["happy/secret.png", "fear/0.png", "sad/more/2.png"]));
    expect(ids).toHaveLength(24 + 1 + 1 + 3 + 3);
    const asked = resolveSettings({ data: { source: root, cache: false } }, ["data.followLinks=true"]).data;
    expect(idsOf(await readDataset(root, optionsOfData(asked))).sort()).toEqual([...ids].sort());
    await expect(readDataset(root, { followLinks: "yes" as never })).rejects.toThrow(
      'expected followLinks to be true or false, but got "yes".',
    );
  });

  it("are not followed by a table that names them, nor out of a cache that was made before", async () => {
    const base = temporaryFolder();
    const root = join(base, "set");
    for (let i = 0; i < 4; i++) await writeFace(join(root, `${i}.png`), i);
    const rows = [0, 1, 2, 3].map((i) => `${i}.png,${i % 2 ? "sad" : "happy"},train`);
    writeText(join(root, "labels.csv"), `path,label,split\n${rows.join("\n")}\n`);
    expect((await readDataset(root)).train.ids).toHaveLength(4);
    mkdirSync(join(base, "elsewhere"));
    renameSync(join(root, "3.png"), join(base, "elsewhere", "3.png"));
    symlinkSync("../elsewhere/3.png", join(root, "3.png"));
    expect((await readDataset(root)).train.ids).toEqual(["0.png", "1.png", "2.png"]);
    expect((await readDataset(root, { followLinks: true })).train.ids).toHaveLength(4);
    expect((await readDataset(root)).train.ids).toHaveLength(3);
  });

  it("may lead to the set itself: its own name is no link out of it", async () => {
    const base = temporaryFolder();
    for (let i = 0; i < 4; i++) await writeFace(join(base, "real", i % 2 ? "happy" : "sad", `${i}.png`), i);
    symlinkSync("real", join(base, "set"));
    expect(idsOf(await readDataset(join(base, "set"), { cache: false }))).toHaveLength(4);
  });
});
