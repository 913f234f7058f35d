#!/usr/bin/env node
// `npm test`: set-up, types, lint, every test; closes on `N passed, N failed`.
import { spawnSync } from "node:child_process";
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
for (const [name, command, first, args] of checks) {
  const { status } = run(command, [...first, ...args]);
  console.log(`${name}: ${status === 0 ? "ok" : "FAILED"}`);
  if (status !== 0) failedChecks.push(name);
}

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
