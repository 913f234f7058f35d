/** Every path that ARCHITECTURE.md and the map of the paper name is there. */
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");

/** The paths in code spans of a line; a bare name of a file lies beside the path before it. `<name>` stands for any. */
function pathsIn(line: string): string[] {
  let folder = "";
  return [...line.matchAll(/`([\w.@/<>-]+)`/g)].flatMap(([, span = ""]) => {
    if (span.startsWith("@") || !/^[\w.-]+\/|\.(tsx?|mjs|md|cc|json|css)$/.test(span)) return [];
    const path = span.includes("/") ? span : `${folder}/${span}`;
    if (span.includes("/")) folder = span.endsWith("/") ? span.slice(0, -1) : dirname(span);
    return [path];
  });
}

const isThere = (path: string) =>
  path.includes("<") ? globSync(path.replace(/<\w+>/g, "*"), { cwd: root }).length > 0 : existsSync(resolve(root, path));

describe.each([
  ["ARCHITECTURE.md", 100],
  ["paper/README.md", 30],
])("%s", (page, least) => {
  it("names paths that are there", () => {
    const named = readFileSync(resolve(root, page), "utf8").split("\n").flatMap(pathsIn);
    expect(named.length).toBeGreaterThan(least);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });
});

describe("ARCHITECTURE.md", () => {
  const text = readFileSync(resolve(root, "ARCHITECTURE.md"), "utf8");

  it("names every folder of every package, and no other", () => {
    const table = /\n## The folders\n([\s\S]*?)\n## /.exec(text)?.[1] ?? "";
    const said = [...table.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, name, cell = ""]) => ({
      name,
      folders: cell
        .replace(/\([^)]*\)/g, "")
        .split(",")
        .map((folder) => folder.trim())
        .sort(),
    }));
    const packages = readdirSync(resolve(root, "packages")).sort();
    const there = packages.map((name) => ({ name, folders: foldersOf(resolve(root, "packages", name, "src")) }));
    expect(said.filter(({ folders }) => folders.length > 0).sort((a, b) => (a.name as string).localeCompare(b.name as string))).toEqual(
      there.filter(({ folders }) => folders.length > 0),
    );
  });
});

/** Folders with sources in them or below; those with only files for tests are no rooms of the house. */
const foldersOf = (sources: string) =>
  readdirSync(sources, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && sourcesIn(resolve(sources, entry.name)).some((file) => !file.endsWith(".test.ts")))
    .map((entry) => entry.name)
    .filter((name) => name !== "fixtures")
    .sort();

const sourcesIn = (folder: string) => globSync("**/*.{ts,tsx}", { cwd: folder });
