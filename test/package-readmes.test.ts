/** What npm shows of a package: what it is, how it is installed, a sample that runs, what it needs, its licence. */

import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runExample } from "./examples.ts";
import { writePhoto } from "./generated-photos.ts";
import { isPage } from "./packing.ts";

const root = resolve(import.meta.dirname, "..");
const packages = globSync("packages/*/package.json", { cwd: root }).map((path) => path.split("/")[1] as string);
const read = (name: string, file: string) => readFileSync(resolve(root, "packages", name, file), "utf8");

/** What a sample imports from this project, by name; what a package does not export is not in scope, and the sample fails. */
async function scopeOf(code: string): Promise<Record<string, unknown>> {
  const scope: Record<string, unknown> = {};
  for (const [, names = "", from = ""] of code.matchAll(/^import \{([^}]*)\} from "([^"]+)";/gm)) {
    const module = (await import(from)) as Record<string, unknown>;
    for (const name of names.split(",").map((part) => part.trim())) if (name in module) scope[name] = module[name];
  }
  const [, namespace, from] = /^import \* as (\w+) from "([^"]+)";/m.exec(code) ?? [];
  if (namespace !== undefined && from !== undefined) scope[namespace] = await import(from);
  return scope;
}

describe.each(packages)("the README of %s", (name) => {
  const folder = mkdtempSync(join(tmpdir(), `semblant-readme-${name}-`));
  beforeAll(async () => {
    for (const i of [0, 1, 2]) await writePhoto(join(folder, "photos", `${i}.jpg`), [2 * i, 2 * i + 1]);
    await writePhoto(join(folder, "me.jpg"), [20]);
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(root);
    rmSync(folder, { recursive: true });
  });
  const readme = read(name, "README.md");
  const manifest = JSON.parse(read(name, "package.json")) as { name: string };

  it("says what it is in a sentence, how it is installed, what it needs, and its licence", () => {
    const [title, , sentence] = readme.split("\n");
    expect(title).toBe(`# ${manifest.name}`);
    expect(sentence).toMatch(/^[A-Z]\w+ .*[.:,\w]$/);
    expect(readme).toMatch(new RegExp(`^npm install .*${manifest.name}(?![\\w/-])`, "m"));
    expect(readme).toContain("Node 22.12");
    expect(readme).toMatch(/\n## Licence\n\n\[MIT\]\(LICENSE\)\./);
  });

  it.skipIf(isPage(name))("shows a sample that runs, and gives what it shows", async () => {
    const [, shown = ""] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
    const code = shown.replaceAll("import.meta.resolve(", "resolveModule(");
    expect(code).toContain(`from "${manifest.name}"`);
    const resolveModule = (path: string) => pathToFileURL(createRequire(import.meta.url).resolve(path));
    const photo = { width: 64, height: 48, data: new Uint8Array(64 * 48 * 3) };
    const values = await runExample(code, { resolveModule, ...photo, ...(await scopeOf(code)) });
    expect(values).toBe([...code.matchAll(/; \/\/ (?=[\d"'[{]|\w*Array)/g)].length);
  });
});

describe("every package", () => {
  it("has the licence of the whole", () => {
    const whole = readFileSync(resolve(root, "LICENSE"), "utf8");
    expect(packages.filter((name) => read(name, "LICENSE") !== whole)).toEqual([]);
  });

  it("says who made it, where it is kept, where faults are told, and by which words it is found", () => {
    const place = "https://github.com/semblant/semblant";
    for (const name of packages) {
      const { author, homepage, repository, bugs, keywords } = JSON.parse(read(name, "package.json"));
      expect({ author, homepage, repository, bugs }).toEqual({
        author: "The Semblant authors",
        homepage: `${place}/tree/main/packages/${name}#readme`,
        repository: { type: "git", url: `git+${place}.git`, directory: `packages/${name}` },
        bugs: { url: `${place}/issues` },
      });
      expect(keywords.length).toBeGreaterThan(3);
    }
  });
});
