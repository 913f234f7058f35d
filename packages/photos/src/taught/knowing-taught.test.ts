import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { classifyFaces, learnClass } from "@semblant/answers";
import { afterAll, describe, expect, it } from "vitest";
import { classes, madeModel, madeSet } from "../../../answers/src/questions/fixtures/face-set.ts";
import { knowingTaught } from "./knowing-taught.ts";
import { readTaught, writeTaught } from "./taught-file.ts";

/** 30 faces of each class and 20 of another look, whose ids are 121 to 140. */
const album = (root: string) =>
  madeSet(
    Array.from({ length: 140 }, (_, i) => ({ path: `${i}.jpg`, faces: [{ look: i < 120 ? (classes[i % 4] as string) : "bored" }] })),
    { root },
  );
const bored = [121, 122, 123, 124, 125];

describe("what a library was taught", () => {
  const root = mkdtempSync(join(tmpdir(), "semblant-taught-"));
  afterAll(() => rmSync(root, { recursive: true }));
  const { taught } = learnClass(album(root), "bored", bored);

  it("is kept beside it and known again, by the same model only", async () => {
    const set = album(root);
    expect(knowingTaught(set).model.classes).toEqual(classes);
    const path = await writeTaught(root, set.model, [taught]);
    expect(readTaught(root, set.model)).toEqual([taught]);
    expect(classifyFaces(knowingTaught(set)).faces.filter(({ expression }) => expression === "bored").length).toBeGreaterThan(17);
    expect(readTaught(root, madeModel("another"))).toEqual([]);
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({ version: 1, classes: [{ name: "bored", count: 5 }] });
  });

  it("is refused where the file is none of ours, or newer", () => {
    const other = mkdtempSync(join(tmpdir(), "semblant-taught-"));
    mkdirSync(join(other, ".semblant"));
    const path = join(other, ".semblant", "taught.json");
    writeFileSync(path, "{");
    expect(() => readTaught(other, madeModel())).toThrow(
      `taught classes at ${path}: expected a file that semblant teach wrote, but got something else.`,
    );
    writeFileSync(path, '{"version":2}');
    expect(() => readTaught(other, madeModel())).toThrow("expected version 1, but got 2.");
    rmSync(other, { recursive: true });
  });
});
