import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { madeModel } from "../../../answers/src/questions/fixtures/face-set.ts";
import { readSoundTaught, readTaught, writeTaught } from "./taught-file.ts";

let root = "";
let path = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "semblant-taught-"));
  mkdirSync(join(root, ".semblant"));
  path = join(root, ".semblant", "taught.json");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const model = madeModel();
const bored = { name: "bored", mean: [1, 2, 3, 4, 5, 6], count: 3, spread: 2 };
const keep = (...classes: readonly object[]) => writeFileSync(path, JSON.stringify({ version: 1, model: model.card.checksum, classes }));

describe("the file of taught classes", () => {
  it("is its owner's alone, and is refused where a byte of it was changed", async () => {
    await writeTaught(root, model, [{ ...bored, mean: Float64Array.from(bored.mean) }]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFileSync(path, readFileSync(path, "utf8").replace("[1,2,3", "[1,7,3"));
    expect(() => readTaught(root, model)).toThrow(
      /^taught classes at .*taught\.json: expected the checksum "[0-9a-f]{8}", but got another: the file is damaged\.\n {2}Teach the classes again\.$/,
    );
  });

  it.each([
    ["a number that is a text", { mean: [1, 2, "NaN", 4, 5, 6] }, 'expected means of finite numbers, but odd has "NaN" at place 2.'],
    ["null", { mean: [1, 2, 3, 4, 5, null] }, "expected means of finite numbers, but odd has null at place 5."],
    ["too few numbers", { mean: [1] }, "expected means of 6 numbers, but odd has 1."],
    ["no mean", { mean: undefined }, "expected a mean of 6 numbers, but odd has nothing."],
    ["a count of none", { count: 0 }, "expected a count from 1, but odd has 0."],
    ["a spread below 0", { spread: -1 }, "expected a spread above 0, but odd has -1."],
    ["no name", { name: " " }, 'expected classes with names, but got " ".'],
  ])("refuses a class with %s by its name, and keeps the others", (_, changed, words) => {
    keep(bored, { ...bored, name: "odd", ...changed });
    expect(() => readTaught(root, model)).toThrow(`taught classes at ${path}: ${words}`);
    const { classes, refused } = readSoundTaught(root, model);
    expect(classes.map(({ name }) => name)).toEqual(["bored"]);
    expect(refused).toHaveLength(1);
  });

  it("refuses numbers past any, which JSON can write", () => {
    keep({ ...bored, mean: [1, 2, 3, 4, 5, 6] });
    writeFileSync(path, readFileSync(path, "utf8").replace("6]", "1e999]"));
    expect(() => readTaught(root, model)).toThrow("expected means of finite numbers, but bored has Infinity at place 5.");
  });
});
