import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePhoto } from "./generated-photos.ts";
import { pack } from "./packing.ts";

const root = resolve(import.meta.dirname, "..");
/** What a person with photos installs; training and libtorch are not among it. */
const published = ["core", "faces", "answers", "files", "photos", "api", "web", "semblant"];

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
let folder: string;
let home: string;
let installed: ReturnType<typeof run>;

/** MB that a photo install may take, with everything that it needs. */
const mostMegabytes = 130;
/** MB of the app's page, its networks and what runs them in a browser. */
const mostOfPage = 70;

/** Bytes of all files in a folder. */
function bytesIn(place: string): number {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

/** What a stranger's shell has: a home of its own, and the way to the registry that this machine uses. */
function strangersEnvironment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy", "NODE_EXTRA_CA_CERTS"];
  const own = Object.fromEntries(kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
  const registry = run(npm, ["config", "get", "registry"], root).stdout.trim();
  return { ...own, HOME: folder, npm_config_registry: registry, npm_config_update_notifier: "false" };
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

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "semblant-packed-"));
  home = join(folder, "empty");
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(
    join(folder, "no-network.mjs"),
    `import dns from "node:dns"; import net from "node:net";
     const refuse = () => { throw new Error("asked the network"); };
     const look = dns.lookup; const isAddress = (name) => net.isIP(name) !== 0; // a server looks up where it listens, too
     net.Socket.prototype.connect = refuse; globalThis.fetch = refuse;
     dns.lookup = (name, ...rest) => (isAddress(name) ? look(name, ...rest) : refuse());`,
  );
  const { buildPage } = (await import("../packages/web/build.mjs" as string)) as { buildPage: () => string };
  buildPage();
  const tarballs = published.map((name) => pack(name, folder));
  installed = run(npm, ["install", ...tarballs, "--ignore-scripts=false", "--no-audit", "--no-fund"], home, strangersEnvironment());
}, 600_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the packed packages, installed by npm with scripts allowed, in a home where nothing else is", () => {
  it("install", () => {
    expect(installed.stderr).not.toMatch(/ERR!|failed/);
    expect(installed.status).toBe(0);
  });

  it(`take less than ${mostMegabytes} MB with all that they need, and the app's page, which is installed beside, less than ${mostOfPage}`, () => {
    const page = bytesIn(join(home, "node_modules/@semblant/web"));
    expect((bytesIn(join(home, "node_modules")) - page) / 1e6).toBeLessThan(mostMegabytes);
    expect(page / 1e6).toBeLessThan(mostOfPage);
  });

  it("need no package that runs a script when it is installed", () => {
    const lock = JSON.parse(readFileSync(join(home, "node_modules/.package-lock.json"), "utf8")) as {
      packages: Readonly<Record<string, { hasInstallScript?: boolean }>>;
    };
    const names = Object.keys(lock.packages);
    expect(names).toContain("node_modules/better-sqlite3");
    expect(names.filter((name) => lock.packages[name]?.hasInstallScript)).toEqual([]);
  });

  it("bring nothing that only reports and training need", () => {
    const names = Object.keys(
      (JSON.parse(readFileSync(join(home, "node_modules/.package-lock.json"), "utf8")) as { packages: object }).packages,
    );
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => /vega|\/d3-|@semblant\/(lab|training|torch|datasets)|onnx-buf|protobuf/.test(name))).toEqual([]);
  });

  it("hold no test or map of a test, and the models with what is said of them", () => {
    const listed = run("find", ["node_modules/semblant/", "node_modules/@semblant/", "-type", "f"], home).stdout;
    expect(listed).not.toMatch(/\.test\.|fixtures\//);
    for (const model of ["expression.onnx", "expression-small.onnx", "expression-posed.json", "NOTICE"])
      expect(listed).toContain(`@semblant/faces/models/${model}`);
  });

  it("carry the notices of what runs the networks", () => {
    expect(readFileSync(join(home, "node_modules/@semblant/photos/runtime/NOTICE"), "utf8")).toContain(
      "Copyright (c) Microsoft Corporation",
    );
  });

  it("answer --help and --version", () => {
    expect(semblant("--version").stdout).toMatch(/^\d+\.\d+\.\d+/);
    expect(semblant("--help").stdout).toContain("album");
  });

  it("say what is there, and how training is installed where it is not", () => {
    const { status, stdout } = semblant("doctor");
    expect(status).toBe(0);
    const lines = stdout.split("\n");
    expect(lines).toContain("models         all 6 that reading photos takes");
    expect(lines).toContain("training       not installed: npm install @semblant/lab (it builds on libtorch)");
    expect(stdout).toMatch(/^photos {9}read by /m);
    expect((JSON.parse(semblant("doctor", "--no-timing", "--json").stdout) as { engine: object }).engine).toEqual({ installed: false });
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

  it("open the app on them: its page, its networks, and a face of the library, without the way to another machine", async () => {
    const { PATH } = process.env;
    const cut = join(folder, "no-network.mjs");
    const words = ["--import", cut, "node_modules/semblant/dist/cli.js", "app", "Pictures", "--no-open"];
    const app = spawn(process.execPath, words, {
      cwd: home,
      env: { PATH, HOME: folder, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let complained = "";
    app.stderr.setEncoding("utf8").on("data", (text: string) => {
      complained += text;
    });
    const ended = once(app, "exit");
    const address = await new Promise<URL>((found, failed) => {
      app.stdout.setEncoding("utf8").once("data", (line: string) => found(new URL(line.trim())));
      app.once("exit", () => failed(new Error(complained)));
    });
    const token = address.searchParams.get("token") ?? "";
    const get = (path: string) => fetch(new URL(path, address.origin), { headers: { authorization: `Bearer ${token}` } });
    try {
      expect(await (await get("/")).text()).toContain('<div id="page">');
      expect((await get("/models/expression.onnx")).status).toBe(200);
      const { faces } = (await (await get("/api")).json()) as { faces: number };
      expect(faces).toBeGreaterThan(0);
    } finally {
      app.kill("SIGTERM");
    }
    expect(await ended).toEqual([0, null]);
    expect(complained).not.toContain("asked the network");
  });

  it("say how the app's page is installed where it is not", () => {
    const web = join(home, "node_modules/@semblant/web");
    renameSync(web, `${web}.away`);
    const { status, stderr } = semblant("app", "Pictures", "--no-open");
    renameSync(`${web}.away`, web);
    expect([status, stderr]).toEqual([
      1,
      "DataError: app: expected @semblant/web, which has the app's page, but it is not installed.\n  Install it: npm install @semblant/web\n",
    ]);
  });

  it("read the same photos as WebAssembly where the native library is of another machine", () => {
    const faces = () =>
      (JSON.parse(semblant("classify", "Pictures/3.jpg", "Pictures/1.jpg", "--json").stdout) as { faces: { expression: string }[] }).faces;
    const native = faces();
    const library = join(home, "node_modules/@semblant/photos/runtime/native");
    renameSync(library, `${library}.away`);
    const web = faces();
    renameSync(`${library}.away`, library);
    expect(native.length).toBeGreaterThan(0);
    expect(web.map(({ expression }) => expression)).toEqual(native.map(({ expression }) => expression));
  });

  it("say in a sentence what training needs", () => {
    const { status, stderr } = semblant("train", "--data", "generated");
    expect(status).toBe(1);
    expect(stderr).toContain("semblant: expected @semblant/lab, which training and measuring need, but it is not installed.");
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

describe("the packages of training, installed beside them", () => {
  it("install without a script, and without what only charts need", () => {
    const tarballs = ["datasets", "torch", "training", "lab"].map((name) => pack(name, folder));
    const { status, stderr } = run(
      npm,
      ["install", ...tarballs, "--ignore-scripts=false", "--no-audit", "--no-fund"],
      home,
      strangersEnvironment(),
    );
    expect({ status, stderr: /ERR!|failed/.test(stderr) }).toEqual({ status: 0, stderr: false });
    const lock = JSON.parse(readFileSync(join(home, "node_modules/.package-lock.json"), "utf8")) as {
      packages: Readonly<Record<string, { hasInstallScript?: boolean }>>;
    };
    const names = Object.keys(lock.packages);
    expect(names).toContain("node_modules/@semblant/lab");
    expect(names.filter((name) => lock.packages[name]?.hasInstallScript || /vega|\/d3-/.test(name))).toEqual([]);
  }, 600_000);

  it("measure the model that ships on generated faces, where libtorch was never built", () => {
    const args = ["evaluate", "best", "--data", "generated", "data.count=120", "--bootstrap", "0"];
    const { status, stdout, stderr } = semblant(...args);
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/nearest-Gaussian accuracy +\d+\.\d %/);
  });

  it("say in a sentence how libtorch is built, when it is needed", () => {
    const { status, stderr } = semblant("train", "--data", "generated", "data.count=120", "steps=1", "--out", "run");
    expect(status).toBe(1);
    expect(stderr).toContain("npx @semblant/torch build");
    expect(stderr).not.toContain("asked the network");
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
