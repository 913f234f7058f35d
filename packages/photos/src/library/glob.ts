/**
 * A test for paths with `/` between names: `*` stands for any part of a name, `**` for any folders, `?` for one character. A pattern
 * without `/` is about a name wherever it stands; a folder that matches takes all it holds with it. A backslash before `*`, `?` or another
 * backslash stands for that sign itself, so that any name can be written.
 *
 * Its time grows with the length of the path times that of the pattern, whatever the pattern is: no regular expression, which could take
 * for ever over many `*`.
 *
 * @example
 * const matches = pathMatcher(["*.tmp", "2019/raw", "**\/old/*.png"]);
 * [matches("a/b.tmp"), matches("2019/raw/a.jpg"), matches("x/old/a.png"), matches("old.jpg")]; // [true, true, true, false]
 */
export function pathMatcher(patterns: readonly string[]): (path: string) => boolean {
  const all = patterns.map(partsOf);
  return (path) => all.some((parts) => fits(parts, path));
}

/**
 * A part of a pattern: a character itself (`is`), one of a name (`one`), any of a name (`name`), any at all (`any`). Folders that may be
 * there or not are `maybe` and then `folders`: whoever goes in leaves by a `/`.
 */
type Part = { readonly is: string } | "one" | "name" | "any" | "maybe" | "folders";

function partsOf(pattern: string): readonly Part[] {
  const signs =
    pattern
      .replace(/^\.?\//, "")
      .replace(/\/$/, "")
      .match(/\\[*?\\]|\*\*\/|\*\*|[\s\S]/g) ?? [];
  const parts = signs.flatMap((sign): Part[] => {
    if (sign.length === 2 && sign.startsWith("\\")) return [{ is: sign.slice(1) }];
    if (sign === "**/") return ["maybe", "folders"];
    if (sign === "**") return ["any"];
    if (sign === "*") return ["name"];
    return sign === "?" ? ["one"] : [{ is: sign }];
  });
  return pattern.includes("/") ? parts : ["maybe", "folders", ...parts];
}

/** Goes through the path once, with all places of the pattern where one may be. */
function fits(parts: readonly Part[], path: string): boolean {
  const end = parts.length;
  let at = new Uint8Array(end + 1);
  at[0] = 1;
  withSkipped(parts, at);
  for (let i = 0; i < path.length; i++) {
    const sign = path[i] as string;
    if (sign === "/" && at[end] === 1) return true; // what a folder holds goes with it
    const next = new Uint8Array(end + 1);
    for (let place = 0; place < end; place++) if (at[place] === 1) step(parts[place] as Part, { sign, place, next });
    at = withSkipped(parts, next);
  }
  return at[end] === 1;
}

function step(part: Part, { sign, place, next }: { readonly sign: string; readonly place: number; readonly next: Uint8Array }): void {
  const slash = sign === "/";
  if (part === "any" || part === "folders" || (part === "name" && !slash)) next[place] = 1;
  const on = typeof part === "object" ? part.is === sign : part === "one" ? !slash : part === "folders" && slash;
  if (on) next[place + 1] = 1;
}

/** Adds the places that are reached without a character. */
function withSkipped<T extends Uint8Array>(parts: readonly Part[], at: T): T {
  for (const [place, part] of parts.entries()) {
    if (at[place] === 0) continue;
    if (part === "name" || part === "any" || part === "maybe") at[place + 1] = 1;
    if (part === "maybe") at[place + 2] = 1;
  }
  return at;
}
