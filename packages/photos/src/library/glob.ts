/**
 * A test for paths with `/` between names: `*` stands for any part of a name, `**` for any folders, `?` for one character. A pattern
 * without `/` is about a name wherever it stands; a folder that matches takes all it holds with it. A backslash before `*`, `?` or another
 * backslash stands for that sign itself, so that any name can be written.
 *
 * @example
 * const matches = pathMatcher(["*.tmp", "2019/raw", "**\/old/*.png"]);
 * [matches("a/b.tmp"), matches("2019/raw/a.jpg"), matches("x/old/a.png"), matches("old.jpg")]; // [true, true, true, false]
 */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.map((pattern) => new RegExp(`^${pattern.includes("/") ? "" : "(.*/)?"}${source(pattern)}(/.*)?$`, "s"));
  return (path) => tests.some((test) => test.test(path));
}

function source(pattern: string): string {
  return pattern
    .replace(/^\.?\//, "")
    .replace(/\/$/, "")
    .replace(/\\[*?\\]|\*\*\/|\*\*|\*|\?|[.+^${}()|[\]\\]/g, (sign) => {
      if (sign.length === 2 && sign.startsWith("\\")) return `\\${sign[1]}`;
      if (sign === "**/") return "(.*/)?";
      if (sign === "**") return ".*";
      if (sign === "*") return "[^/]*";
      return sign === "?" ? "[^/]" : `\\${sign}`;
    });
}
