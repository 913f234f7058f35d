import { describe, expect, it } from "vitest";
import { dataAndOverrides } from "./data-words.ts";

describe("the data after a run", () => {
  const words = (first: string | undefined, rest: string[] | undefined, flagged: string | undefined) =>
    dataAndOverrides("map", "<run> [data]", rest === undefined ? [first] : [first, rest], flagged);

  it("is a word or --data, before settings", () => {
    expect(words("faces", ["data.crop=whole"], undefined)).toEqual({ data: "faces", overrides: ["data.crop=whole"] });
    expect(words(undefined, undefined, "faces")).toEqual({ data: "faces", overrides: [] });
    expect(words("data.crop=whole", [], "faces")).toEqual({ data: "faces", overrides: ["data.crop=whole"] });
    expect(words(undefined, [], undefined)).toEqual({ overrides: [] });
  });

  it("is named once", () => {
    expect(() => words("faces", [], "others")).toThrow('map: expected data once, but got "faces" and --data "others".');
  });
});
