import { execFileSync } from "node:child_process";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, relative, resolve } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { folders } from "./folders.ts";

const root = resolve(import.meta.dirname, "..");
const sources = globSync("packages/*/src/**/*.{ts,tsx}", { cwd: root }).filter(
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
  files: ["core"],
  datasets: ["core", "files"],
  training: ["core", "files", "datasets", "torch"],
  faces: ["core"],
  answers: ["core", "faces"],
  photos: ["core", "files", "faces", "answers"],
  lab: ["core", "files", "datasets", "faces", "photos", "training", "torch"],
  api: ["core", "faces", "answers"],
  semblant: ["core", "files", "answers", "api", "photos", "web", "lab"],
  web: ["core", "faces", "answers", "api"],
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

  it("load the lab in semblant by one dynamic import in one file, and nothing of training; types are erased", () => {
    const loading = sources.filter(
      (path) => path.startsWith("packages/semblant/") && /@semblant\/(lab|training|torch|datasets)/.test(importedByRunning(path).join()),
    );
    expect(loading).toEqual(["packages/semblant/src/lab/load-lab.ts"]);
  });

  it("read data sets and settings without libtorch", () => {
    // Losses and networks are found by reading their folders: what is loaded then is asked of a process that does it.
    const code = `
      const { lossNames, networkNames } = await import("@semblant/training/settings");
      const native = process.report.getReport().sharedObjects.filter((path) => /libtorch|libc10|packages.torch/.test(path));
      console.log(JSON.stringify({ names: [...lossNames, ...networkNames], native }));`;
    const options = ["--conditions=semblant-source", "--input-type=module", "--eval", code];
    const { names, native } = JSON.parse(execFileSync(process.execPath, options, { cwd: resolve(root, "packages/lab"), encoding: "utf8" }));
    expect(native).toEqual([]);
    expect(names).toEqual(expect.arrayContaining(["sgm", "triplet", "resnet18", "alexnet"]));

    const graph = loadedFrom("packages/training/src/settings.ts");
    const outside = [...graph].flatMap((path) => importedByRunning(path).filter((name) => name.startsWith("@semblant/")));
    expect([...new Set(outside.map((name) => name.replace("/internals", "")))].sort()).toEqual(["@semblant/core", "@semblant/datasets"]);
    expect(graph.size).toBeGreaterThan(5);
    expect(loadedFrom("packages/training/src/index.ts").has("packages/training/src/networks/resnet.ts")).toBe(true);
    expect(importedByRunning("packages/training/src/networks/resnet.ts")).toContain("@semblant/torch");
  });

  it("are none of them more than 27 % of all lines", () => {
    const lines = (paths: readonly string[]) => paths.reduce((sum, path) => sum + read(path).split("\n").length, 0);
    const all = lines(sources);
    const large = Object.keys(allowed).filter((name) => lines(sources.filter((path) => path.startsWith(`packages/${name}/`))) > 0.27 * all);
    expect(large).toEqual([]);
  });
});

describe("the folders of a package", () => {
  it.each(Object.keys(allowed))("of %s import only what the table of folders allows", (name) => {
    const base = `packages/${name}/src`;
    const there = [...foldersOf(name)].map(([from, to]) => [relative(base, from) || ".", [...to].map((one) => relative(base, one) || ".")]);
    const arrows = there.flatMap(([from, to]) => (to as string[]).map((one) => `${from as string} > ${one}`)).sort();
    const table = Object.entries(folders[name] ?? {}).flatMap(([from, to]) => to.map((one) => `${from} > ${one}`));
    expect(arrows).toEqual(table.sort());
  });

  it.each(Object.keys(allowed))("of %s import each other without a circle", (name) => {
    expect(circlesIn(foldersOf(name))).toEqual([]);
  });

  it.each(Object.keys(allowed))("of %s hold no files that import each other in a circle", (name) => {
    const own = sources.filter((path) => path.startsWith(`packages/${name}/`));
    expect(circlesIn(new Map(own.map((path) => [path, new Set(filesImported(path))])))).toEqual([]);
  });
});

/** The files of its own package that a file imports, types too. */
const filesImported = (path: string): string[] =>
  imports(path)
    .filter((name) => name.startsWith("."))
    .map((name) => relative(root, resolve(root, dirname(path), name)));

/** What is offered to other packages; it gathers from all folders, and none imports it. */
const entries = /^packages\/[^/]+\/src\/(index|internals|words|settings|sheets)\.ts$/;

/** The folders of a package, each with those that its files import. */
function foldersOf(name: string): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const path of sources.filter((source) => source.startsWith(`packages/${name}/`) && !entries.test(source))) {
    const own = graph.get(dirname(path)) ?? new Set();
    for (const other of filesImported(path)) if (dirname(other) !== dirname(path)) own.add(dirname(other));
    graph.set(dirname(path), own);
  }
  return graph;
}

/** The first way round from each node that leads back to it. */
function circlesIn(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const clear = new Set<string>();
  const found: string[] = [];
  const walk = (node: string, way: readonly string[]): void => {
    if (way.includes(node)) found.push([...way.slice(way.indexOf(node)), node].join(" > "));
    if (way.includes(node) || clear.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...way, node]);
    clear.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return found;
}

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

/** Files whose loops run millions of times: an object for their arguments would be made, and read, as often. */
const innerLoops = [
  "core/src/albums/choose-cover", // the gain of a candidate, once per candidate and choice
  "core/src/clustering/lloyd", // the nearest center of each row, in each iteration
  "core/src/embeddings/distances", // the distance of two rows
  "core/src/projection/pca", // the product of two rows
  "core/src/projection/quadtree", // the push of a cell on a point
  "core/src/projection/symmetric-eigen", // the turning of two rows
  "core/src/projection/vantage-point-tree", // a step down the tree
  "core/src/retrieval/nearest-plainly", // a neighbour among the k nearest
  "datasets/src/generated/canvas", // a pixel of a drawn face
  "datasets/src/generated/hair", // a pixel of drawn hair
];

/** A line that is one row of a table: an entry of a list or object that others of the same shape stand above or below. */
const tableRow = /^\s*(\[.*\],|\{ .* \},|["\w]+: (\[.*\]|\{ .* \}),)$/;

function longLines(path: string): string[] {
  const lines = read(path).split("\n");
  const isRow = (line: string | undefined) => line !== undefined && tableRow.test(line);
  return lines.flatMap((line, i) => {
    const inTable = isRow(line) && (isRow(lines[i - 1]) || isRow(lines[i + 1]));
    return line.length <= 140 || inTable ? [] : [`${path}:${i + 1} has ${line.length} characters`];
  });
}

function manyParameters(path: string): string[] {
  const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    const isCode = ts.isFunctionLike(node) && "body" in node && node.body !== undefined;
    if (isCode && node.parameters.length > 4) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      found.push(`${path} line ${line}: ${node.name?.getText() ?? "a function"} has ${node.parameters.length} parameters`);
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
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

  it("opens a connection only to an address that was given: a database's, or the ranks' of a training; the page asks its own server", () => {
    const ways =
      /\bfetch\(|\bEventSource\(|\bWebSocket\(|"node:(?:https?|http2|net|tls|dgram|dns)(?:\/promises)?"|\bfrom "pg"|import\("pg"\)/;
    expect(sources.filter((path) => ways.test(read(path))).sort()).toEqual([
      "packages/photos/src/database/thread/session.ts", // the database that --library names
      "packages/semblant/src/ranks/free-port.ts", // listens on this machine, where the ranks of a training are to meet
      "packages/web/src/client/samples.ts",
      "packages/web/src/client/server-transport.ts",
      "packages/web/src/home/service-worker.ts",
      "packages/web/src/work/own-file.ts",
    ]);
    const native = globSync("packages/torch/native/*.{cc,h}", { cwd: root });
    expect(
      native.filter((path) => /TCPStore|ProcessGroup(?:Gloo|NCCL)/.test(read(path)) && !/\/process-[\w-]+\.(?:cc|h)$/.test(path)),
    ).toEqual([]);
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

  it("keeps files short: past 300 lines the head says why it is long", () => {
    const long = sources.filter((path) => read(path).split("\n").length - 1 > 300);
    expect(long.filter((path) => !/^\/\*\*[\s\S]{0,900}?long because/.test(read(path)))).toEqual([]);
  });

  it("keeps half of the files within 90 lines", () => {
    const sizes = sources.map((path) => read(path).split("\n").length - 1).sort((a, b) => a - b);
    expect(sizes[sizes.length >> 1]).toBeLessThanOrEqual(90);
  });

  it("keeps lines within 140 characters, but for rows of tables", () => {
    const long = sources.flatMap(longLines);
    expect(long).toEqual([]);
  });

  it("gives no function more than four parameters, but for inner loops", () => {
    const found = sources.flatMap(manyParameters);
    expect(found.filter((one) => !innerLoops.some((path) => one.startsWith(`packages/${path}.ts `)))).toEqual([]);
    const idle = innerLoops.filter((path) => manyParameters(`packages/${path}.ts`).length === 0);
    expect(idle).toEqual([]);
  });

  it("has a test beside every public loss, sampler, network and metric", () => {
    const folders = ["training/src/losses", "training/src/samplers", "training/src/networks", "core/src/metrics", "core/src/clustering"];
    const untested = folders.flatMap((folder) => {
      const [name = "", , last = ""] = folder.split("/");
      const files = readdirSync(resolve(root, "packages", folder)).filter((file) => file.endsWith(".ts"));
      const tests = files.filter((file) => file.endsWith(".test.ts")).map((file) => read(`packages/${folder}/${file}`));
      return [...read(`packages/${name}/src/index.ts`).matchAll(new RegExp(`export (?!type)[^;]* from "\\./${last}/([^"]+)"`, "g"))]
        .map((match) => match[1] as string)
        .filter((file) => !tests.some((text) => text.includes(`./${file}`)))
        .map((file) => `${folder}/${file}`);
    });
    expect(untested).toEqual([]);
  });

  it("names no path of one machine", () => {
    const tracked = globSync(
      "{*.md,packages/**/*.{ts,tsx,md,mjs,cc,h,txt,json},{test,scripts,bench,experiments,torture,docs,paper}/**/*.{ts,mjs,md,json},.ci/*}",
      {
        cwd: root,
        exclude: (path) => /node_modules|dist|build$/.test(String(path)),
      },
    ).filter((path) => !/\/(node_modules|dist|build|found)\/|^packages\/photos\/runtime\//.test(path)); // runtime/ is built, and not tracked
    expect(
      tracked
        .filter((path) => /(?<![\w.])\/(work|root|home)\/[a-z.]/.test(read(path).replace(/test\/architecture[^\n]*/g, "")))
        .filter((path) => path !== "test/architecture.test.ts"),
    ).toEqual([]);
  });
});
