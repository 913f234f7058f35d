import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, writeFace, writeText } from "../reading/fixtures/small-layouts.ts";
import { inspectDataset } from "../reading/inspect.ts";
import { readDataset } from "../reading/read-dataset.ts";
import { classKey, joinClasses, placeOfClass } from "./class-names.ts";

describe("spellings of one class", () => {
  it("are joined whatever their case, the blanks around them and their Unicode form, and said", async () => {
    const root = temporaryFolder();
    for (const [n, name] of ["Bored", "bored", "Tense", "tense "].entries())
      for (let i = 0; i < 6; i++) await writeFace(join(root, name, `${i}.png`), 10 * n + i);
    const { classes, splits, warnings } = await inspectDataset(root, { cache: false });
    expect([classes, splits.reduce((sum, { kept }) => sum + kept, 0)]).toEqual([["Bored", "Tense"], 24]);
    expect(warnings).toEqual([
      '"Bored" and "bored" are one class, which is called Bored.',
      '"Tense" and "tense " are one class, which is called Tense.',
    ]);
    const data = await readDataset(root, { cache: false, split: "test" });
    expect(Array.from(data.test.labels)).toEqual(data.test.ids.map((id) => (id.toLowerCase().startsWith("bored") ? 0 : 1)));
  });

  it("are joined in a table, and in words of expressions beside other words", async () => {
    const root = temporaryFolder();
    for (let i = 0; i < 6; i++) await writeFace(join(root, `${i}.png`), i);
    writeText(join(root, "labels.csv"), `path,label\n0.png,wink\n1.png,Wink\n2.png,wink\n3.png,happy\n4.png,happy\n5.png,Happiness\n`);
    const data = await readDataset(root, { cache: false, split: "test" });
    expect([data.classes, [...data.test.labels]]).toEqual([
      ["happy", "wink"],
      [1, 1, 1, 0, 0, 0],
    ]);
  });

  it("stay apart where the classes that are given tell them apart", () => {
    expect(placeOfClass("bored", ["Bored", "bored"])).toBe(1);
    expect(placeOfClass("BORED", ["Bored", "bored"])).toBe(0);
    expect(placeOfClass("tired", ["Bored", "bored"])).toBe(-1);
  });

  it("have one key", () => {
    expect([classKey(" é clair"), classKey("É  Clair".normalize("NFD"))]).toEqual(["é clair", "é clair"]);
    expect([classKey("Angry"), classKey("3.0"), classKey("03"), classKey("3.5")]).toEqual(["anger", "3", "3", "3.5"]);
    expect(joinClasses(["b", "a", "10", "9"]).classes).toEqual(["9", "10", "a", "b"]);
  });
});
