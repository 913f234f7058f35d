import { readdirSync } from "node:fs";
import { join } from "node:path";
import { rules } from "@semblant/core/internals";
import { describe, expect, it } from "vitest";
import { choiceOf } from "../description/set-option.ts";
import { drawnSets, knownSets, setOptions } from "./known-sets.ts";
import { optionsOfSets } from "./set-options.ts";

describe("the known sets", () => {
  it("are the files in sets/, and no list names them", () => {
    const files = readdirSync(join(import.meta.dirname, "../sets")).filter((name) => !name.endsWith(".test.ts"));
    expect(knownSets.length + drawnSets.length).toBe(files.length);
    expect(knownSets.map(({ title }) => title)).toEqual(expect.arrayContaining(["FER+", "CK+", "KDEF", "LFW"]));
    expect(drawnSets.map(({ source }) => source)).toEqual(["generated"]);
  });

  it("are looked for in an order that each says itself, with a layout and a turn of its own", () => {
    const turns = knownSets.map(({ order }) => order);
    expect(turns).toEqual([...turns].sort((a, b) => a - b));
    expect(new Set(turns).size).toBe(knownSets.length);
    expect(new Set(knownSets.map(({ layout }) => layout)).size).toBe(knownSets.length);
  });

  it("say what they look like, and what each of their options does, with a default that its rule allows", () => {
    for (const { title, files, options } of [...knownSets, ...drawnSets]) {
      expect([title, files]).toEqual([expect.stringMatching(/./), expect.stringMatching(/^\S.*[^.]$/)]);
      for (const { rule, default: value, text } of Object.values(options)) {
        expect(text).toMatch(/^[A-Z].*\.$/);
        expect(rules.expectedOf(rule, value)).toBeUndefined();
      }
    }
  });

  it("have no option of one name that means two things; the layouts of one set may share one", () => {
    const views = choiceOf(["frontal", "all"], { default: "frontal", text: "Which views." });
    const [front, back] = [
      { title: "Front", options: { views } },
      { title: "Back", options: { views: { ...views } } },
    ];
    expect([...optionsOfSets([front, { title: "Front again", options: { views } }]).keys()]).toEqual(["views"]);
    expect(() => optionsOfSets([front, back])).toThrow("Back and Front both have an option views.");
    expect([...setOptions.keys()]).toEqual(expect.arrayContaining(["views", "neutral", "labels", "count"]));
  });
});
