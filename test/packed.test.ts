import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePhoto } from "./generated-photos.ts";

const root = resolve(import.meta.dirname, "..");
/** What a person with photos installs; training and libtorch are not among it. */
const published = { core: "@semblant/core", faces: "@semblant/faces", semblant: "semblant" };

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
let folder: string;
let home: string;

/** Names of what a package says it needs. */
function needs(manifest: string): string[] {
  const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(manifest, "utf8"));
  return Object.keys({ ...dependencies, ...optionalDependencies });
}

function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** The installed command, unable to reach any other machine: what would open a connection throws. */
function semblant(...args: string[]) {
  const { PATH } = process.env;
  const cut = join(folder, "no-network.mjs");
  return run(process.execPath, ["--import", cut, "node_modules/semblant/dist/cli.js", ...args], home, {
    PATH,
    HOME: folder,
    NO_COLOR: "1",
  });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "semblant-packed-"));
  home = join(folder, "empty");
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(
    join(folder, "no-network.mjs"),
    `import dns from "node:dns"; import net from "node:net";
     const refuse = () => { throw new Error("asked the network"); };
     net.Socket.prototype.connect = refuse; dns.lookup = refuse; globalThis.fetch = refuse;`,
  );
  for (const [name, as] of Object.entries(published)) {
    const packed = run(npm, ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], join(root, "packages", name));
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    run("tar", ["-xzf", join(folder, filename), "-C", folder], folder);
    const target = join(home, "node_modules", as);
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(folder, "package"), target);
  }
  // What npm would fetch is here already: exactly the packages that the three name, and nothing else of the workspace.
  for (const as of Object.values(published)) {
    for (const dependency of needs(join(home, "node_modules", as, "package.json"))) {
      const link = join(home, "node_modules", dependency);
      const source = join(root, "node_modules", dependency);
      if (existsSync(link) || !existsSync(source)) continue;
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(source, link);
    }
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the packed packages, alone in a folder", () => {
  it("hold no source, test or map of a test, and the models with what is said of them", () => {
    const listed = run("find", ["node_modules/semblant/", "node_modules/@semblant/", "-type", "f"], home).stdout;
    expect(listed).not.toMatch(/\.test\.|fixtures\/|\/src\//);
    for (const model of ["expression.onnx", "expression-small.onnx", "NOTICE"]) expect(listed).toContain(`@semblant/faces/models/${model}`);
  });

  it("answer --help and --version", () => {
    expect(semblant("--version").stdout).toMatch(/^\d+\.\d+\.\d+/);
    expect(semblant("--help").stdout).toContain("album");
  });

  it("sum up an album of photos without a network, libtorch or the workspace", async () => {
    for (const [i, faces] of [[0], [1, 2], [3], [4, 5, 6]].entries()) await writePhoto(join(home, "Pictures", `${i}.jpg`), faces);
    writeFileSync(join(home, "Pictures/broken.jpg"), "not a picture");
    const { status, stdout, stderr } = semblant("album", "Pictures", "--size", "2", "--sheet", "album.html", "--json");
    expect(stderr).not.toContain("asked the network");
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { pictures: object[] }).pictures).toHaveLength(2);
    expect(readFileSync(join(home, "album.html"), "utf8")).toContain("2 of 4 photos");
  });

  it("say in a sentence what training needs", () => {
    const { status, stderr } = semblant("train", "--data", "generated");
    expect(status).toBe(1);
    expect(stderr).toContain("semblant: expected @semblant/training, which training and measuring need, but it is not installed.");
  });

  it("have types that a strict program can use", () => {
    writeFileSync(
      join(home, "use.mts"),
      `import { findNeighbors, Embeddings } from "@semblant/core";
       const X = new Embeddings(Float32Array.of(0, 1, 5), 1);
       const k: number = findNeighbors(X, X, { k: 1 }).k;
       export { k };`,
    );
    const options = ["--noEmit", "--strict", "--target", "es2023", "--module", "nodenext", "--skipLibCheck"];
    const { stdout } = run(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), ...options, "use.mts"], home);
    expect(stdout).toBe("");
  });
});
