// Builds the page of the app into dist/, by vite, unless what it is made of is as it was.
//
//   node packages/web/build.mjs
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const target = join(here, "dist");
const stampFile = join(target, ".stamp");

/** The page's sources, those of the packages that go into it, and what they are built with. */
const sources = [
  "packages/web/{src,making,public}/**/*.*",
  "packages/web/{index.html,vite.config.ts,build.mjs,package.json}",
  "packages/{core,faces,answers,api}/src/**/*.ts",
  "packages/datasets/src/generated/*.ts",
  "packages/faces/models/.stamp",
  "package-lock.json",
];

/** @returns {"current" | "built"} */
export function buildPage() {
  const digest = createHash("sha256");
  const paths = globSync(sources, { cwd: root }).filter((path) => !path.includes(".test.") && !path.includes("/fixtures/"));
  for (const path of paths.sort()) digest.update(path).update(readFileSync(join(root, path)));
  const stamp = digest.digest("hex");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return "current";

  const beside = mkdtempSync(join(here, ".dist-"));
  try {
    const args = [
      join(root, "node_modules/vite/bin/vite.js"),
      "build",
      "--outDir",
      beside,
      "--emptyOutDir",
      "--logLevel",
      "warn",
      "--bypass-lock",
    ];
    execFileSync(process.execPath, args, {
      cwd: here,
      stdio: ["ignore", "ignore", "pipe"],
      encoding: "utf8",
      env: { ...process.env, NODE_ENV: "production" }, // a test that builds the page has "test" there, and React would be its slow one
    });
    writeFileSync(join(beside, ".stamp"), stamp);
    replaceTarget(beside, stamp);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return "built";
}

/** Another process may build the same at the same time: whoever comes second finds it there. */
function replaceTarget(beside, stamp) {
  try {
    rmSync(target, { recursive: true, force: true });
    renameSync(beside, target);
  } catch (error) {
    if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(buildPage());
