#!/usr/bin/env node
// `npm test`: set-up, types, lint, every test; closes on `N passed, N failed`.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SetUpError, setUp } from "./setup.mjs";

const root = resolve(fileURLToPath(import.meta.url), "../..");
process.chdir(root);
const { node, env } = ready();

const bin = (name, entry) => [node, [join(root, "node_modules", name, entry)]];
const checks = [
  ["types", ...bin("typescript", "bin/tsc"), ["-p", "tsconfig.json"]],
  ["types of the page", ...bin("typescript", "bin/tsc"), ["-p", "packages/web/tsconfig.json"]],
  ["types of the app's tests", ...bin("typescript", "bin/tsc"), ["-p", "test/app/tsconfig.json"]],
  ["lint", ...bin("@biomejs/biome", "bin/biome"), ["check", "."]],
  ["lint of promises and shadows", ...bin("oxlint", "bin/oxlint"), ["--deny-warnings"]],
];
const failedChecks = [];
await Promise.all([checkAll(checks.slice(0, 1)), checkAll(checks.slice(1))]); // the first takes as long as the others together

const folder = mkdtempSync(join(tmpdir(), "semblant-test-"));
const report = join(folder, "report.json");
const only = process.argv.slice(2);
run(node, [
  join(root, "node_modules/vitest/vitest.mjs"),
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...only,
]);
const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, testResults = [] } = readReport();
rmSync(folder, { recursive: true });

const brokenFiles = testResults.filter(
  ({ status, assertionResults }) => status === "failed" && assertionResults.every((test) => test.status !== "failed"),
);
const failed = numFailedTests + brokenFiles.length + failedChecks.length;
console.log(`${numPassedTests} passed, ${failed} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ""}`);
process.exitCode = failed > 0 || numPassedTests === 0 ? 1 : 0;

function ready() {
  try {
    return setUp({ native: true, tests: true });
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

/** One after the other; what they say comes whole, with the check's name below. */
async function checkAll(some) {
  for (const [name, command, first, args] of some) {
    const { status, said } = await hear(command, [...first, ...args]);
    process.stdout.write(`${said}${name}: ${status === 0 ? "ok" : "FAILED"}\n`);
    if (status !== 0) failedChecks.push(name);
  }
}

function hear(command, args) {
  return new Promise((done) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env });
    const parts = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => parts.push(part));
    child.on("error", (error) => done({ status: 1, said: `${error.message}\n` }));
    child.on("close", (status) => done({ status, said: Buffer.concat(parts).toString() }));
  });
}

function run(command, args) {
  return spawnSync(command, args, { stdio: ["ignore", "inherit", "inherit"], env });
}

function readReport() {
  try {
    return JSON.parse(readFileSync(report, "utf8"));
  } catch {
    return { numFailedTests: 1 };
  }
}
