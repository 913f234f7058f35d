import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { facesOf, temporaryFolder, writeFace, writeText } from "./fixtures/small-layouts.ts";
import { readLabelledTable } from "./labelled-table.ts";

async function table(text: string, images = ["a.png", "b.png", "sub/c, d.png", "e.png"]): Promise<string> {
  const root = temporaryFolder();
  for (const [n, image] of images.entries()) await writeFace(join(root, image), n);
  writeText(join(root, "faces.csv"), text);
  return root;
}

const good = 'path,label,split\na.png,happy,train\nb.png,neutral,train\n"sub/c, d.png",happy,val\n./e.png,neutral,test\n';

describe("a labelled table", () => {
  it("names images by paths relative to its folder", async () => {
    const root = await table(good);
    const data = await readLabelledTable(root);
    expect([data.name, data.labelSource, data.classes]).toEqual(["table faces.csv", "faces.csv label", ["neutral", "happiness"]]);
    expect([data.train.ids, [...data.train.labels], facesOf(data.train)]).toEqual([
      ["a.png", "b.png"],
      [1, 0],
      [0, 1],
    ]);
    expect([data.validation.ids, data.test.ids]).toEqual([["sub/c, d.png"], ["e.png"]]);
    expect((await readLabelledTable(join(root, "faces.csv"))).train.ids).toEqual(["a.png", "b.png"]);
  });

  it("has its columns in any order, beside others, with or without splits", async () => {
    const data = await readLabelledTable(await table("id,Label,PATH\n1,happy,a.png\n2,sad,b.png\n3,happy,e.png\n"));
    expect(data.train.ids).toEqual(["a.png", "b.png", "e.png"]);
  });

  it("drops an image that is missing and counts it", async () => {
    const root = await table(`${good}gone.png,happy,train\n`);
    expect((await readLabelledTable(root)).dropped).toEqual([{ split: "train", reason: "the image is missing", count: 1 }]);
  });

  it("refuses a path out of its folder, whichever way it is written", async () => {
    for (const path of ["../secret.png", "/etc/secret.png", "sub/../../secret.png", "..\\secret.png", "C:\\secret.png", ".."]) {
      const root = await table(`${good}${path},happy,train\n`);
      const shown = JSON.stringify(path);
      await expect(readLabelledTable(root)).rejects.toThrow(
        `table faces.csv at ${root}: faces.csv row 4: expected a path inside the table's folder, but got ${shown}.\n  To see every fault at once: semblant data inspect ${root}`,
      );
    }
  });

  it("refuses a path named twice, an unknown label, an unknown split, and a row of another length", async () => {
    const cases = [
      ["sub/../a.png,happy,train", "faces.csv row 4: a.png stands in row 0 already."],
      ["f.png,grumpy,test", 'faces.csv row 4: expected a label of training (neutral, happiness), but got "grumpy".'],
      ["f.png,,test", "faces.csv row 4: expected a label, but the field is empty."],
      ["f.png,happy,dusk", 'faces.csv row 4: expected the split train, validation or test, but got "dusk".'],
      ["f.png,happy", "faces.csv row 4: expected 3 fields, but got 2."],
    ];
    for (const [row, message] of cases) await expect(readLabelledTable(await table(`${good}${row}\n`))).rejects.toThrow(message as string);
  });

  it("refuses a table without the columns or without rows", async () => {
    const root = await table("when,who\nnoon,Ann\n");
    const path = join(root, "faces.csv");
    await expect(readLabelledTable(path)).rejects.toThrow(
      `labelled table at ${path}: expected the columns path,label[,split], but got "when,who".\n  Other names are known, too: a column of pictures (path, filename, file, image ...) and one of labels (label, emotion, expression, class ...).`,
    );
    writeText(path, "path,label\n");
    await expect(readLabelledTable(path)).rejects.toThrow(
      `labelled table at ${path}: expected at least one row below the header, but there is none.`,
    );
  });
});
