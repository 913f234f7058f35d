import { describe, expect, it } from "vitest";
import { addFilter, parseFilter } from "./filter-words.ts";

describe("the words of a filter", () => {
  it.each([
    "Rome, Italy 2019",
    "a,b",
    "a, b=c",
    "side>=40",
    "a,side>=40",
    '"quoted"',
    'a"b',
    " blanks ",
    "two\nlines",
    "back\\slash",
    "[x]{y}*?",
    "-dash",
    ",",
  ])("can name the folder %j in quotes, as JSON has it", (folder) => {
    expect(parseFilter(`folder=${JSON.stringify(folder)}`)).toEqual({ folder });
    expect(parseFilter(`side>=40, folder=${JSON.stringify(folder)} ,turn<=20`)).toEqual({ side: 40, folder, turn: 20 });
  });

  it("need no quotes for a comma that no name and sign follow", () => {
    expect(parseFilter("folder=Rome, Italy 2019")).toEqual({ folder: "Rome, Italy 2019" });
    expect(parseFilter("folder=Rome, Italy 2019,side>=40")).toEqual({ folder: "Rome, Italy 2019", side: 40 });
    expect(parseFilter("side>=40,folder=a,b,c")).toEqual({ side: 40, folder: "a,b,c" });
    expect(parseFilter('folder=a"b", c')).toEqual({ folder: 'a"b", c' });
  });

  it("may be said one by one, each name once", () => {
    expect(addFilter("folder=Rome, Italy", addFilter("side>=40", undefined))).toEqual({ side: 40, folder: "Rome, Italy" });
    expect(() => addFilter("side>=40", { side: 20 })).toThrow("--filter: expected side once, but got it twice.");
    expect(() => parseFilter("side>=40,side>=20")).toThrow("--filter: expected side once, but got it twice.");
  });

  it("are refused where a name, a sign or a value is missing", () => {
    const form = (part: string) =>
      `--filter: expected name=value, with commas between, but got ${JSON.stringify(part)}.\n  For example: folder=2024,side>=40`;
    expect(() => parseFilter("side>=40,wide")).toThrow(form("wide"));
    expect(() => parseFilter("since=2024-05,june")).toThrow(form("june"));
    expect(() => parseFilter("folder=")).toThrow(form("folder="));
    expect(() => parseFilter("folder,side=3")).toThrow(form("folder"));
    expect(() => parseFilter("folder=a,colour=red")).toThrow('--filter: unknown option "colour"');
  });
});
