import { Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { pathMatcher } from "./glob.ts";

/** What a pattern means, as a regular expression: short patterns take it no time. */
function asRegExp(pattern: string): RegExp {
  const source = pattern
    .replace(/^\.?\//, "")
    .replace(/\/$/, "")
    .replace(/\\[*?\\]|\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (sign) => {
      if (sign.length === 2 && sign.startsWith("\\")) return `\\${sign[1]}`;
      const known: Record<string, string> = { "**/": "(.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]" };
      return known[sign] ?? `\\${sign}`;
    });
  return new RegExp(`^${pattern.includes("/") ? "" : "(.*/)?"}${source}(/.*)?$`, "s");
}

describe("a pattern of paths", () => {
  it("means what its regular expression would", () => {
    const random = new Random(7);
    const of = (signs: readonly string[], most: number) =>
      Array.from({ length: 1 + Math.floor(most * random.uniform()) }, () => signs[Math.floor(signs.length * random.uniform())]).join("");
    let fitting = 0;
    const wrong: unknown[] = [];
    for (let i = 0; i < 20_000; i++) {
      const pattern = of(["a", "b", "/", "*", "**", "**/", "?", ".", "\\*", "\\", "a/"], 6);
      const path = of(["a", "b", "/", "*", ".", "a/b", "\\", "\n"], 6);
      const wanted = asRegExp(pattern).test(path);
      if (wanted) fitting++;
      if (pathMatcher([pattern])(path) !== wanted) wrong.push([pattern, path]);
    }
    expect(wrong).toEqual([]);
    expect(fitting).toBeGreaterThan(1000);
  });

  it("of many stars is soon done with a long name", () => {
    expect(pathMatcher([`${"*".repeat(201)}b`, `${"*a".repeat(100)}b`])(`${"a".repeat(255)}.jpg`)).toBe(false);
    expect(pathMatcher([`${"*a".repeat(100)}b`])(`${"a".repeat(254)}b`)).toBe(true);
  });
});
