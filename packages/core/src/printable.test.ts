import { describe, expect, it } from "vitest";
import { OptionError, refuseUnknown, show } from "./errors.ts";
import { printable } from "./printable.ts";

const steering = [
  ["\u0000", "\\u0000"],
  ["\u0007", "\\u0007"],
  ["\u001b", "\\u001b"],
  ["\u007f", "\\u007f"],
  ["\u0080", "\\u0080"],
  ["\u009b", "\\u009b"],
  ["\u2028", "\\u2028"],
  ["\u2029", "\\u2029"],
  ["\u202a", "\\u202a"],
  ["\u202e", "\\u202e"],
  ["\u2066", "\\u2066"],
  ["\u2069", "\\u2069"],
  ["\u200f", "\\u200f"],
  ["\ud800", "\\ud800"],
  ["\udfff", "\\udfff"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
] as const;

describe("a text made printable", () => {
  it.each(steering)("has no control left: %j", (character, stands) => {
    expect(printable(`a${character}b`)).toBe(`a${stands}b`);
  });

  it("keeps letters of every script, emoji, and spaces", () => {
    const text = "Grüße 笑顔 ابتسامة 👩‍🔬 a\u00a0b";
    expect(printable(text)).toBe(text);
  });

  it("keeps the characters that are asked for", () => {
    expect(printable("a\nb\u001b", "\n")).toBe("a\nb\\u001b");
  });
});

describe("a value in a message", () => {
  it("carries no control either, nor does an unknown option", () => {
    for (const [character, stands] of steering) {
      if (character === "\u0000" || character < " ") continue; // JSON has its own way of writing these
      expect(show(`a${character}`)).toBe(`"a${stands}"`);
      expect(show([`a${character}`])).toBe(`["a${stands}"]`);
    }
    expect(() => refuseUnknown("train", { "\u001b[2J": 1 }, ["seed"])).toThrow(
      new OptionError('train: unknown option "\\u001b[2J"; known: seed.'),
    );
  });

  it("may be nested deeper than a program can go", () => {
    expect(show(JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`))).toBe("a list");
  });

  it("may hold itself", () => {
    const list: unknown[] = [];
    list.push(list);
    const object: Record<string, unknown> = {};
    object.self = { object };
    expect([show(list), show(object), show([1n]), show(() => 1)]).toEqual([
      "a list that holds itself",
      "an object that holds itself",
      "a list",
      "a function",
    ]);
  });
});
