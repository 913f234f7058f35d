import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { npy, unicode, writeGrey } from "../reading/fixtures/pictures.ts";
import { facesOf, temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { recogniseLayout } from "../reading/layout.ts";
import { readDataset } from "../reading/read-dataset.ts";

/** One image and its four annotations, as in the release: 12.jpg, 12_exp.npy (text), 12_val, 12_aro and 12_lnd. */
async function writeFace(root: string, part: string, n: number, code: string): Promise<void> {
  await writeGrey(join(root, part, `images/${n}.jpg`), 100 + n, { width: 224, height: 224 });
  const annotations = join(root, part, "annotations");
  mkdirSync(annotations, { recursive: true });
  writeFileSync(join(annotations, `${n}_exp.npy`), npy("<U1", unicode(code)));
  for (const other of ["val", "aro"]) writeFileSync(join(annotations, `${n}_${other}.npy`), npy("<U4", unicode("-0.3")));
  writeFileSync(join(annotations, `${n}_lnd.npy`), npy("<f8", new Uint8Array(8 * 136), "(136,)"));
}

async function folder(): Promise<string> {
  const root = temporaryFolder();
  for (const n of [10, 2, 5, 7]) await writeFace(root, "train_set", n, String(n % 8));
  await writeFace(root, "val_set", 0, "6");
  await writeFace(root, "val_set", 1, "4");
  return root;
}

describe("AffectNet's folders", () => {
  it("have the expression of each image in an NPY file beside it", async () => {
    const root = await folder();
    expect(recogniseLayout(root)).toMatchObject({ kind: "set", root });
    const { name, classes, train, validation } = await readDataset(root);
    expect([name, classes.length, train.ids]).toEqual([
      "AffectNet",
      8,
      ["train_set/images/2.jpg", "train_set/images/5.jpg", "train_set/images/7.jpg", "train_set/images/10.jpg"],
    ]);
    // by the map of the paper's published code, the codes 0 to 7 are our classes 0, 1, 3, 2, 6, 5, 4, 7
    expect([[...train.labels], [...validation.labels], facesOf(train)]).toEqual([
      [3, 5, 7, 3],
      [4, 6],
      [102, 105, 107, 110],
    ]);
  });

  it("report images and labels without each other, labels that are none, and a part that is missing", async () => {
    const root = await folder();
    const at = (file: string) => join(root, "train_set", file);
    rmSync(at("annotations/2_exp.npy"));
    rmSync(at("images/5.jpg"));
    writeFileSync(at("annotations/7_exp.npy"), npy("<f8", new Uint8Array(16), "(2,)"));
    writeFileSync(at("annotations/10_exp.npy"), npy("|O", Buffer.from([0x80, 3, 0x4b])));
    rmSync(join(root, "val_set"), { recursive: true });
    await writeGrey(at("images/11.jpg"), 1);
    writeFileSync(at("annotations/11_exp.npy"), npy("<i8", Uint8Array.of(42, 0, 0, 0, 0, 0, 0, 0)));
    await writeFace(root, "train_set", 12, "1");
    await writeFace(root, "train_set", 13, "2");
    const { faults } = await inspectDataset(root);
    expect(faults.map(({ kind, file, problem }) => [kind, file, problem])).toEqual([
      ["not listed", "train_set/images/2.jpg", "expected its label train_set/annotations/2_exp.npy, but it is not there."],
      ["bad row", "train_set/annotations/7_exp.npy", "expected one number or text, but got an array of <f8 of shape (2,)."],
      ["bad row", "train_set/annotations/10_exp.npy", "expected one number or text, but got an array of |O of shape ()."],
      ["unknown label", "train_set/annotations/11_exp.npy", 'expected an expression from 0 to 10, but got "42".'],
      ["missing", "train_set/annotations/5_exp.npy", "expected its image train_set/images/5.jpg, but it is not there."],
      ["missing", "val_set", "no such folder, so that validation is empty."],
    ]);
    expect((await readDataset(root)).train.ids).toEqual(["train_set/images/12.jpg", "train_set/images/13.jpg"]);
  });
});
