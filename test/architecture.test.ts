import { globSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const sources = globSync("packages/*/src/**/*.ts", { cwd: root }).filter(
  (path) => !path.endsWith(".test.ts") && !path.includes("/fixtures/"),
);
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const imports = (path: string) =>
  [...read(path).matchAll(/(?:^|\n)\s*(?:import|export)[^"';]*?from\s+"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)import\s+"([^"]+)"/g)].map(
    (match) => (match[1] ?? match[2] ?? match[3]) as string,
  );

/** Who may import whom; ARCHITECTURE.md shows the same table. */
const allowed: Record<string, string[]> = {
  core: [],
  torch: ["core"],
  training: ["core", "torch"],
  faces: ["core"],
  semblant: ["core", "faces", "training", "torch"],
};

describe("the packages", () => {
  it("import only what the table allows", () => {
    const wrong = sources.flatMap((path) =>
      imports(path)
        .filter((name) => name.startsWith("@semblant/"))
        .filter((name) => !allowed[path.split("/")[1] as string]?.includes(name.split("/")[1] as string))
        .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("import each other by name and themselves by file", () => {
    const wrong = sources.flatMap((path) =>
      imports(path)
        .filter((name) => name.startsWith("."))
        .filter((name) => {
          const target = resolve(root, dirname(path), name);
          return (
            !target.startsWith(resolve(root, "packages", path.split("/")[1] as string)) ||
            (basename(name) === "index.ts" && basename(path) !== "index.ts")
          );
        })
        .map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it("core has no dependencies and imports nothing outside itself", () => {
    expect(JSON.parse(read("packages/core/package.json")).dependencies).toEqual({});
    expect(
      sources.filter((path) => path.startsWith("packages/core/")).flatMap((path) => imports(path).filter((name) => !name.startsWith("."))),
    ).toEqual([]);
  });

  it("load libtorch in semblant by one dynamic import in one file", () => {
    const loading = sources.filter(
      (path) =>
        path.startsWith("packages/semblant/") &&
        /(^|\n)import (?!type)[^;]*from "@semblant\/(training|torch)[/"]|import\("@semblant\/(training|torch)[/"]/.test(read(path)),
    );
    expect(loading).toEqual(["packages/semblant/src/engine.ts"]);
  });

  it("read data sets without libtorch: nothing that @semblant/training/datasets runs imports it", () => {
    const start = "packages/training/src/datasets.ts";
    const graph = loadedFrom(start);
    const outside = [...graph].flatMap((path) => importedByRunning(path).filter((name) => name.startsWith("@semblant/")));
    expect([...new Set(outside)]).toEqual(["@semblant/core"]);
    expect(graph.size).toBeGreaterThan(50);
    expect(loadedFrom("packages/training/src/index.ts").has("packages/training/src/networks/resnet.ts")).toBe(true);
    expect(importedByRunning("packages/training/src/networks/resnet.ts")).toContain("@semblant/torch");
  });
});

/** What a source imports when it runs: types are erased. */
function importedByRunning(path: string): string[] {
  const lines = read(path).matchAll(
    /(?:^|\n)\s*(?:import|export)\s+(?!type\s)([^"';]*?)\s*from\s+"([^"]+)"|import\("([^"]+)"\)|(?:^|\n)import\s+"([^"]+)"/g,
  );
  return [...lines].flatMap(([, names = "", from, dynamic, bare]) => {
    const listed = /^\{([^}]*)\}$/.exec(names.trim())?.[1];
    const onlyTypes = listed?.split(",").every((name) => name.trim() === "" || name.trim().startsWith("type ")) === true;
    return onlyTypes ? [] : [(from ?? dynamic ?? bare) as string];
  });
}

/** A source and all of its package that run with it. */
function loadedFrom(start: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(start)) return seen;
  seen.add(start);
  for (const name of importedByRunning(start))
    if (name.startsWith(".")) loadedFrom(relative(root, resolve(root, dirname(start), name)), seen);
  return seen;
}

describe("the code", () => {
  it("takes randomness as an argument: Math.random appears nowhere", () => {
    const torturing = globSync("torture/**/*.{ts,mjs}", { cwd: root });
    expect([...sources, ...torturing].filter((path) => read(path).includes("Math.random("))).toEqual([]);
  });

  it("exits in cli.ts only", () => {
    expect(sources.filter((path) => /process\.exit\(/.test(read(path))).filter((path) => !path.endsWith("semblant/src/cli.ts"))).toEqual(
      [],
    );
  });

  it("never asks the network for anything", () => {
    expect(sources.filter((path) => /\bfetch\(|node:https?"|node:net"/.test(read(path)))).toEqual([]);
  });

  it("has no drawer: utils, helpers, common, misc", () => {
    const names = globSync("{packages,test,scripts,bench,experiments,torture}/**", { cwd: root }).filter(
      (path) => !/node_modules|dist|build\//.test(path),
    );
    expect(names.filter((path) => /^(utils?|helpers?|common|misc|shared)(\.|$)/.test(basename(path)))).toEqual([]);
  });

  it("says no type is any", () => {
    expect(sources.filter((path) => /(:|as|<)\s*any\b/.test(read(path).replace(/\/\*[\s\S]*?\*\/|\/\/.*|"[^"]*"|`[^`]*`/g, "")))).toEqual(
      [],
    );
  });

  it("keeps files short: past 400 lines the head says why it is long", () => {
    const long = sources.filter((path) => read(path).split("\n").length > 400);
    expect(long.filter((path) => !/^\/\*\*[\s\S]{0,900}?long because/.test(read(path)))).toEqual([]);
  });

  it("has a test beside every public loss, sampler, network and metric", () => {
    const folders = ["training/src/losses", "training/src/samplers", "training/src/networks", "core/src/metrics", "core/src/clustering"];
    const untested = folders.flatMap((folder) => {
      const [name = "", , last = ""] = folder.split("/");
      const files = readdirSync(resolve(root, "packages", folder)).filter((file) => file.endsWith(".ts"));
      const tests = files.filter((file) => file.endsWith(".test.ts")).map((file) => read(`packages/${folder}/${file}`));
      return [...read(`packages/${name}/src/index.ts`).matchAll(new RegExp(`export \\* from "\\./${last}/([^"]+)"`, "g"))]
        .map((match) => match[1] as string)
        .filter((file) => !tests.some((text) => text.includes(`./${file}`)))
        .map((file) => `${folder}/${file}`);
    });
    expect(untested).toEqual([]);
  });

  it("names no path of one machine", () => {
    const tracked = globSync(
      "{*.md,packages/**/*.{ts,md,mjs,cc,h,txt,json},{test,scripts,bench,experiments,torture,docs,paper}/**/*.{ts,mjs,md,json},.ci/*}",
      {
        cwd: root,
        exclude: (path) => /node_modules|dist|build$/.test(String(path)),
      },
    ).filter((path) => !/\/(node_modules|dist|build|found)\/|^packages\/semblant\/runtime\//.test(path)); // runtime/ is built, and not tracked
    expect(
      tracked
        .filter((path) => /"?\/(work|root|home)\/[a-z.]/.test(read(path).replace(/test\/architecture[^\n]*/g, "")))
        .filter((path) => path !== "test/architecture.test.ts"),
    ).toEqual([]);
  });
});
