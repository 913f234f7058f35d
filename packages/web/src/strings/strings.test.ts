import { describe, expect, it } from "vitest";
import { de } from "./de/all.ts";
import { en } from "./en/all.ts";

/** Each text with the keys that lead to it; functions by what they say of their own argument names. */
function texts(words: object, path = ""): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    const at = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") return [[at, value]];
    if (typeof value === "function") return [[at, String((value as (...given: string[]) => string)("«1»", "«2»", "«3»", "«4»"))]];
    return texts(value as object, at);
  });
}

/** Words that are the same in both languages. */
const alike = new Set([
  "Recall@«1»",
  "Acc@«1»",
  "MAP@R",
  "Album",
  "Live",
  "Labels",
  "Name",
  "Export",
  "Video",
  "Start",
  "PNG",
  "SVG",
  "CSV",
  "HTML",
]);

describe("the words of the page", () => {
  it("are there in both languages, under the same keys", () => {
    expect(texts(de).map(([key]) => key)).toEqual(texts(en).map(([key]) => key));
    expect(texts(en).length).toBeGreaterThan(50);
  });

  it("are translated: none is the same by accident, and none is empty", () => {
    const german = new Map(texts(de));
    const same = texts(en).filter(([key, text]) => german.get(key) === text && !alike.has(text) && /\p{L}{2}/u.test(text));
    expect(same).toEqual([]);
    expect([...texts(en), ...texts(de)].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  it("never say what a person feels", () => {
    expect(texts(en).filter(([, text]) => /\b(is|are|feels?) (happy|sad|angry|afraid|surprised|disgusted)\b/i.test(text))).toEqual([]);
  });
});
