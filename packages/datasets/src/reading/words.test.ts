import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { expressionNamed } from "../../../core/src/expressions.ts";
import { splitNamed } from "../dataset/split-names.ts";
import { temporaryFolder, writeFace } from "./fixtures/small-layouts.ts";
import { readImageFolder } from "./image-folder.ts";

/** What every object inherits: words like any others where people name their folders. */
const inherited = [...Object.getOwnPropertyNames(Object.prototype), "prototype"];

describe("words that every object knows", () => {
  it("mean no expression and no split", () => {
    for (const word of inherited) expect([word, expressionNamed(word), splitNamed(word)]).toEqual([word, undefined, undefined]);
  });

  it("are classes like any others where folders have them as names", async () => {
    const root = join(temporaryFolder(), "set");
    const classes = ["__proto__", "constructor", "toString"];
    for (const [c, name] of classes.entries()) for (let i = 0; i < 12; i++) await writeFace(join(root, name, `${i}.png`), c);
    const data = await readImageFolder(root, { cache: false });
    expect(data.classes).toEqual(classes);
    for (const [i, id] of data.train.ids.entries()) expect(id.startsWith(`${classes[data.train.labels[i] as number]}/`)).toBe(true);
  });
});
