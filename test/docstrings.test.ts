import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { hasGloo } from "@semblant/torch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { docstringExamples, isValue, looksLike, runExample } from "./examples.ts";

const root = resolve(import.meta.dirname, "..");

/** What stands in the same folder: an example of a part may use the parts beside it. */
async function besides(path: string): Promise<Record<string, unknown>> {
  const files = globSync(`${dirname(path)}/*.ts`, { cwd: root }).filter(
    (file) => !/\.test\.ts$|\/(index|cli|contact-sheet)\.ts$/.test(file),
  );
  return Object.assign({}, ...(await Promise.all(files.map((file) => import(resolve(root, file)) as Promise<Record<string, unknown>>))));
}

describe("the examples of the docstrings", () => {
  const folder = mkdtempSync(join(tmpdir(), "semblant-examples-"));
  beforeAll(() => process.chdir(folder));
  afterAll(() => {
    process.chdir(root);
    rmSync(folder, { recursive: true });
  });
  for (const path of globSync("packages/*/src/**/*.ts", { cwd: root })
    .filter((path) => !path.endsWith(".test.ts"))
    .sort()) {
    const examples = docstringExamples(readFileSync(resolve(root, path), "utf8"));
    for (const { line, code } of examples) {
      const lacksGloo = code.includes("joinProcessGroup(") && !hasGloo(); // libgloo-dev, which not every system has
      it.skipIf(lacksGloo)(`${path}:${line} gives what it shows`, async () => {
        const name = path.split("/")[1] as string;
        const scope = {
          ...(name === "core" ? {} : { ...(await import("@semblant/core")), ...(await import("@semblant/core/internals")) }),
          ...(name === "training" || name === "torch" || name === "semblant" ? await import("@semblant/torch") : {}),
          // The page has no public names, and its other files ask for a document.
          ...(name === "web" ? {} : { ...(await import(resolve(root, "packages", name, "src/index.ts"))), ...(await besides(path)) }),
          ...(await import(resolve(root, path))),
        };
        await runExample(code, scope);
      });
    }
  }
});

describe("the runner of examples", () => {
  it("fails on a value that differs", async () => {
    await expect(runExample("1 + 1; // 3", {})).rejects.toThrow("expected 3, but got 2");
  });

  it("compares numbers to the digits shown", () => {
    expect(looksLike(0.0059780360229, "0.005978")).toBe(true);
    expect(looksLike(0.0059780360229, "0.005979")).toBe(false);
  });

  it("tells values from prose", () => {
    expect(["2", '"a"', "[1, 2]", "Float32Array [1]", "throws OptionError: x"].every(isValue)).toBe(true);
    expect(["the five nearest", "a die from 0 to 5"].some(isValue)).toBe(false);
  });

  it("finds the examples of a file", () => {
    const code = `/**\n * Sums.\n *\n * @example\n * sum(1, 2); // 3\n */`;
    expect(docstringExamples(code)).toEqual([{ line: 1, code: "sum(1, 2); // 3\n" }]);
    expect(relative("/a", "/a/b")).toBe("b");
  });
});
