/** The pages that a person reads keep their sentences short: the rule of what is counted stands in prose.ts. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { proseFiles, proseOf } from "./prose.ts";

const root = resolve(import.meta.dirname, "..");
/** Cards repeat the words that the files of their models carry, so they are no place to change them. */
const files = proseFiles(root).filter((path) => !path.startsWith("models/"));
const pageOf = (path: string) => proseOf(readFileSync(resolve(root, path), "utf8"));

describe("the pages", () => {
  it("are all looked at", () => {
    expect(files).toEqual(expect.arrayContaining(["README.md", "docs/promises.md", "experiments/README.md", "packages/torch/README.md"]));
  });

  it.each(files)("%s has at most 15 words a sentence on average, and none over 35", (path) => {
    const { mean, sentences } = pageOf(path);
    const long = sentences.filter(({ words }) => words > 35).map(({ words, text }) => `${words} words: ${text}`);
    expect(long).toEqual([]);
    const longest = [...sentences].filter(({ running }) => running).sort((a, b) => b.words - a.words);
    const shown = longest.slice(0, 5).map(({ words, text }) => `${words} words: ${text}`);
    expect({ mean: mean <= 15, longest: mean <= 15 ? [] : shown }).toEqual({ mean: true, longest: [] });
  });

  it("README.md has at most 450 words of prose", () => {
    expect(pageOf("README.md").words).toBeLessThanOrEqual(450);
  });
});

describe("the count", () => {
  const words = (text: string) => proseOf(text).sentences.map((sentence) => sentence.words);

  it("ends a sentence at its mark before a capital, not inside code or a number", () => {
    expect(words("Faces of 4.5 pixels are found. `a. B` is code, e.g. this.")).toEqual([6, 5]);
  });

  it("ends a sentence with its paragraph, and with its item of a list", () => {
    expect(words("one two\n\nthree\nfour\n\n- five six\n- seven")).toEqual([2, 2, 2, 1]);
  });

  it("leaves out headings, code, pictures, addresses, and what scripts put there", () => {
    expect(
      words("# A heading\n\n```sh\nnpm test\n```\n\n![a picture](a.png) See [the page](docs/page.md).\n\n<!-- x -->\nnine\n<!-- /x -->"),
    ).toEqual([3]);
  });

  it("takes a list of three names or more for one word, not one of numbers", () => {
    expect(words("It reads AffectNet, CK+ and JAFFE.")).toEqual([3]);
    expect(words("It has 1, 2 and 3 of them.")).toEqual([8]);
  });

  it("takes phrases of a list and tables for long sentences, but not into the mean", () => {
    const { mean, longest } = proseOf("One two three.\n\n- four five six seven eight\n\n| a cell of six words here |\n|---|");
    expect({ mean, longest }).toEqual({ mean: 3, longest: 6 });
  });
});
