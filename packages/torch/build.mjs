#!/usr/bin/env node
/**
 * Compiles the addon against the libtorch at hand: `npx @semblant/torch build`. Nothing is downloaded.
 *
 *   LIBTORCH=/path/to/libtorch npx @semblant/torch build     a folder with include/ and lib/, also a pip-installed torch's
 *
 * Does nothing when build/torch.node was made from these sources and this libtorch; `--force` compiles anyway.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join, resolve } from "node:path";

const here = import.meta.dirname;
const build = join(here, "build");
const args = process.argv.slice(2).filter((argument) => argument !== "build");

if (args.some((argument) => argument !== "--force")) stop("Usage: npx @semblant/torch build [--force]", 2);

const libtorch = findLibtorch();
const headers = dirname(createRequire(import.meta.url).resolve("node-api-headers/package.json"));
const key = fingerprint();
const stamp = join(build, "made-from.txt");

console.log(`libtorch ${libtorch.version} at ${libtorch.root || "the system's folders"}`);
warnOfSlowBlas();
if (!hasGloo()) {
  const where = libtorch.root === "" ? "install libgloo-dev to train on several processes" : "this libtorch brings none of its headers";
  console.log(`without Gloo: ${where}`);
}
if (!args.includes("--force") && existsSync(join(build, "torch.node")) && existsSync(stamp) && readFileSync(stamp, "utf8") === key) {
  console.log("build/torch.node is current");
} else {
  compile();
}

/** The folder in LIBTORCH, else what Debian's libtorch-dev installs. */
function findLibtorch() {
  const root = process.env.LIBTORCH ? resolve(process.env.LIBTORCH) : "";
  const includes = root === "" ? ["/usr/include", "/usr/local/include"] : [join(root, "include")];
  for (const include of includes) {
    const file = ["torch/headeronly/version.h", "torch/csrc/api/include/torch/version.h"]
      .map((name) => join(include, name))
      .find(existsSync);
    if (file === undefined) continue;
    const [major, minor] = ["MAJOR", "MINOR"].map(
      (part) => new RegExp(`TORCH_VERSION_${part} (\\d+)`).exec(readFileSync(file, "utf8"))?.[1],
    );
    return { root, version: `${major}.${minor}` };
  }
  return missing(root === "" ? "No libtorch was found." : `No libtorch was found in LIBTORCH=${root}: include/torch is missing there.`);
}

/** Debian's libtorch calls whatever BLAS is installed; the reference one is far slower. */
function warnOfSlowBlas() {
  const blas = ["x86_64", "aarch64"].map((arch) => `/etc/alternatives/libblas.so.3-${arch}-linux-gnu`).find(existsSync);
  if (libtorch.root !== "" || blas === undefined || !realpathSync(blas).includes("/blas/")) return;
  console.log("BLAS is the slow reference one; install a fast one: apt-get install -y libopenblas0-pthread");
}

/** What the addon depends on: another libtorch, compiler flag or source compiles anew. */
function fingerprint() {
  const hash = createHash("sha256").update(`${libtorch.root} ${libtorch.version} ${process.platform} ${process.arch}`);
  hash.update(hasGloo() ? " with gloo" : "");
  const sources = readdirSync(join(here, "native"))
    .sort()
    .map((name) => join("native", name));
  for (const name of ["CMakeLists.txt", ...sources]) hash.update(name).update(readFileSync(join(here, name)));
  return hash.digest("hex");
}

/** Whether the headers of Gloo are there, with which processes train together on CPUs. */
function hasGloo() {
  const includes = libtorch.root === "" ? ["/usr/include", "/usr/local/include"] : [join(libtorch.root, "include")];
  return includes.some((include) => existsSync(join(include, "gloo", "context.h")));
}

/** In a folder of this process's own, so that two may build at once; the finished addon takes its place in one step. */
function compile() {
  for (const tool of ["cmake", "c++"]) if (spawnSync(tool, ["--version"]).error) missing(`${tool} was not found.`);
  const begun = Date.now();
  mkdirSync(build, { recursive: true });
  const work = mkdtempSync(join(build, "work-"));
  process.on("exit", () => rmSync(work, { recursive: true, force: true }));
  const jobs = String(Math.min(availableParallelism(), 8));
  console.log(`compiling on ${jobs} cores, a minute or so ...`);
  const definitions = ["CMAKE_BUILD_TYPE=Release", `LIBTORCH=${libtorch.root}`, `NODE_API_INCLUDE=${join(headers, "include")}`];
  run("configure", ["-S", here, "-B", work, ...definitions.map((definition) => `-D${definition}`)]);
  run("compile", ["--build", work, "-j", jobs]);
  renameSync(join(work, "torch.node"), join(build, "torch.node"));
  writeFileSync(stamp, key);
  console.log(`made build/torch.node in ${((Date.now() - begun) / 1000).toFixed(0)} s`);
}

/** Runs cmake quietly; what it said is shown only when it failed. */
function run(what, cmakeArguments) {
  const { status, stdout, stderr } = spawnSync("cmake", cmakeArguments, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) stop(`cmake could not ${what}:\n${(stdout + stderr).slice(-6000)}`, 1);
}

function missing(message) {
  const advice = [
    "  Debian, Ubuntu:  apt-get install -y libtorch-dev libgloo-dev libopenblas0-pthread cmake g++",
    "  macOS, Fedora, others: install cmake and a C++17 compiler, then LIBTORCH=/path/to/libtorch npx @semblant/torch build",
    '  (any libtorch from 1.13 on; a pip-installed torch is one: python3 -c "import torch; print(torch.__path__[0])")',
  ];
  return stop([message, ...advice].join("\n"), 1);
}

function stop(message, status) {
  console.error(message);
  process.exit(status);
}
