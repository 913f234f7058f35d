import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { tortureTable } from "../torture/table.ts";

const root = resolve(import.meta.dirname, "..");
const page = readFileSync(resolve(root, "docs/promises.md"), "utf8");
/** `path`, and where a title in quotes follows, that too. */
const named = [...page.matchAll(/`((?:packages|test|torture)\/[^`]+\.ts)`(?:: "([^"]+)")?/g)].map(([, path = "", title]) => ({
  path,
  title,
}));

describe("the page of promises", () => {
  it("names tests that are there", () => {
    expect(named.length).toBeGreaterThan(30);
    const missing = named.filter(({ path, title }) => {
      const file = resolve(root, path);
      return !existsSync(file) || (title !== undefined && !readFileSync(file, "utf8").includes(title));
    });
    expect(missing).toEqual([]);
  });

  it("names a title wherever it names a file of tests", () => {
    expect(named.filter(({ path, title }) => path.endsWith(".test.ts") && title === undefined)).toEqual([]);
  });

  it("has a test or a check in every row of promises", () => {
    const rows = page.split("\n").filter((line) => /^\| [A-Z]/.test(line));
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter((row) => !/`(?:packages|test|torture)\/[^`]+\.ts`/.test(row.split(" | ").at(-1) ?? ""))).toEqual([]);
  });

  it("shows the last long torture", () => {
    expect(page).toContain(`<!-- torture -->\n${tortureTable()}\n<!-- /torture -->`);
  });
});
