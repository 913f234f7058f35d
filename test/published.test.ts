/** Each tarball as its users' tools see it: publint on how it is laid out, attw on its types, and its maps. Nothing asks the network. */
import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix, relative } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPage, pack, packages } from "./packing.ts";

/** What only CommonJS and TypeScript before 4.7 would resolve: these packages are ES modules with `exports`. */
const withoutEsm = new Set(["node10", "node16-cjs"]);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "semblant-published-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(packages.filter((name) => !isPage(name)))("the tarball of %s", (name) => {
  let tarball: Uint8Array<ArrayBuffer>;
  let inside: string;
  beforeAll(() => {
    const path = pack(name, folder);
    tarball = new Uint8Array(readFileSync(path));
    inside = mkdtempSync(join(folder, `${name}-`));
    spawnSync("tar", ["-xzf", path, "-C", inside]);
  });

  it("is laid out without a fault that publint knows", async () => {
    const { messages, pkg } = await publint({ pack: { tarball: tarball.buffer }, strict: true });
    expect(pkg?.name).toContain("semblant");
    expect(messages.map((message) => formatMessage(message, pkg ?? {}))).toEqual([]);
  });

  it("has types that every resolver of ES modules finds and that say what is there", async () => {
    const checked = await checkPackage(createPackageFromTarballData(tarball));
    if (checked.types === false) throw new Error(`${name} has no types`);
    const problems = checked.problems.filter((problem) => !("resolutionKind" in problem && withoutEsm.has(problem.resolutionKind)));
    expect(problems).toEqual([]);
    expect(Object.keys(checked.entrypoints).length).toBeGreaterThan(0);
  });

  it("has its licence and README, no test, and every source that a map names", () => {
    const files = spawnSync("find", [".", "-type", "f"], { cwd: inside, encoding: "utf8" }).stdout.split("\n").filter(Boolean);
    const here = new Set(files.map((path) => posix.normalize(path)));
    expect([...here]).toEqual(expect.arrayContaining(["package/LICENSE", "package/README.md", "package/package.json"]));
    expect([...here].filter((path) => /\.test\.|\/fixtures\/|tsbuildinfo/.test(path))).toEqual([]);
    const maps = [...here].filter((path) => path.endsWith(".map"));
    expect(maps.length).toBeGreaterThan(0);
    const lost = maps.flatMap((path) => {
      const { sources } = JSON.parse(readFileSync(join(inside, path), "utf8")) as { sources: string[] };
      return sources.map((source) => posix.join(dirname(path), source)).filter((source) => !here.has(source));
    });
    expect(lost).toEqual([]);
    const named = [...here].filter((path) => /^package\/dist\/.*\.(js|d\.ts)$/.test(path));
    const dangling = named.filter((path) => {
      const map = /^\/\/# sourceMappingURL=(.+)$/m.exec(readFileSync(join(inside, path), "utf8"))?.[1];
      return map !== undefined && !here.has(posix.join(dirname(path), map));
    });
    expect(dangling).toEqual([]);
    const unmade = named.filter((path) => !here.has(path.replace("/dist/", "/src/").replace(/(\.d\.ts|\.js)$/, ".ts")));
    expect(unmade).toEqual([]);
  });
});

describe("the tarball of the page", () => {
  const [name = "", ...others] = packages.filter(isPage);
  let files: readonly string[];
  let text: (path: string) => string;
  let told: readonly string[];
  beforeAll(async () => {
    const { buildPage } = (await import("../packages/web/build.mjs" as string)) as { buildPage: () => string };
    buildPage();
    const path = pack(name, folder);
    const inside = mkdtempSync(join(folder, `${name}-`));
    spawnSync("tar", ["-xzf", path, "-C", inside]);
    files = globSync("**/*", { cwd: join(inside, "package"), withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(join(inside, "package"), join(entry.parentPath, entry.name)));
    text = (file) => readFileSync(join(inside, "package", file), "utf8");
    const { messages, pkg } = await publint({ pack: { tarball: new Uint8Array(readFileSync(path)).buffer }, strict: true });
    told = messages.map((message) => formatMessage(message, pkg ?? {}) ?? message.code);
  });

  it("is one, and laid out without a fault that publint knows", () => {
    expect(others).toEqual([]);
    expect(told).toEqual([]);
  });

  it("has the page as it is served, its licence, README and notices, and no source, map or test", () => {
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "package.json", "dist/index.html", "dist/NOTICE.txt"]));
    expect(files.filter((path) => !/^(dist\/|LICENSE$|README\.md$|package\.json$)/.test(path))).toEqual([]);
    expect(files.filter((path) => /\.(tsx?|map)$|\.test\./.test(path))).toEqual([]);
  });

  it("names in its page only files that are there", () => {
    const named = [...text("dist/index.html").matchAll(/(?:src|href)="\/?([^":]+)"/g)].map(([, path]) => `dist/${path}`);
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((path) => !files.includes(path))).toEqual([]);
  });

  it("brings no package beside it: all is inside", () => {
    const { dependencies, peerDependencies } = JSON.parse(text("package.json")) as Record<string, object | undefined>;
    expect({ ...dependencies, ...peerDependencies }).toEqual({});
  });
});
