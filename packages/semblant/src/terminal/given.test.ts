import { describe, expect, expectTypeOf, it } from "vitest";
import type { CommandPage } from "./declaration.ts";
import { type GivenFlags, type GivenWords, onlyGiven, valueName } from "./given.ts";
import { oneOf, wholeNumber } from "./parse.ts";

const page = {
  name: "develop",
  group: "photos",
  place: 1,
  usage: "<photo> [paper] [settings...]",
  sentence: "Develop a photo.",
  examples: [],
  arguments: ["<photo>", "[paper]", "[settings...]"],
  options: [
    { flags: "-o, --out <file>", text: "where" },
    { flags: "-n, --photo-seconds <n>", text: "how long", parse: wholeNumber("photo-seconds") },
    { flags: "-k, --count <n>", name: "k", text: "how many", parse: wholeNumber("count") },
    { flags: "--tone <name>", text: "of two", parse: oneOf("tone", ["warm", "cold"]) },
    { flags: "--keep <photos...>", text: "those that stay" },
    { flags: "--follow-links", text: "or not" },
    { flags: "--no-index", text: "or do" },
  ],
} as const satisfies CommandPage;

describe("what a page declares", () => {
  it("is the type of the words that are given", () => {
    expectTypeOf<GivenWords<typeof page>>().toEqualTypeOf<readonly [string, string | undefined, readonly string[]]>();
    expectTypeOf<GivenWords<{ readonly arguments: readonly ["<photos...>"] }>>().toEqualTypeOf<readonly [readonly string[]]>();
    expectTypeOf<GivenWords<object>>().toEqualTypeOf<readonly []>();
  });

  it("is the type of the flags that are given, none of which must be", () => {
    expectTypeOf<GivenFlags<typeof page>>().toEqualTypeOf<{
      readonly out?: string;
      readonly photoSeconds?: number;
      readonly k?: number;
      readonly tone?: "warm" | "cold";
      readonly keep?: readonly string[];
      readonly followLinks?: boolean;
      readonly index?: boolean;
    }>();
  });

  it("names the values as the types do", () => {
    expect(page.options.map(valueName)).toEqual(["out", "photoSeconds", "k", "tone", "keep", "followLinks", "index"]);
  });
});

describe("only what was given", () => {
  it("is what is not undefined, whatever else it is", () => {
    expect(onlyGiven({ k: 0, out: "", index: false, tone: undefined })).toEqual({ k: 0, out: "", index: false });
    expect(Object.keys(onlyGiven({ tone: undefined }))).toEqual([]);
  });
});
