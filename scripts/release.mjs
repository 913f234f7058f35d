// `npm run release -- VERSION`: sets every package to a version, builds and packs all of them, and says how to publish them.
// It publishes nothing, and tags only with --tag.

import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { manifestOf, packageOrder, setVersion } from "./set-version.mjs";
import { SetUpError, setUp } from "./setup.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const usage = `usage: npm run release -- VERSION [--out FOLDER] [--tag]
  VERSION   three numbers, greater than today's: 0.2.0 (see semver.org)
  --out     where the packages are written (release/VERSION)
  --tag     also commits the new version and tags it vVERSION; nothing is pushed`;

/** What is refused; the text says what to do. */
class Refusal extends Error {}

try {
  const { version, out, tag } = readArguments();
  const date = refuseUnready(version, tag);
  release(version, { date, out, tag });
} catch (error) {
  if (!(error instanceof Refusal || error instanceof SetUpError)) throw error;
  console.error(error.message);
  process.exitCode = process.exitCode ?? 1;
}

function readArguments() {
  const wrong = (said) => {
    process.exitCode = 2;
    throw new Refusal(`release: ${said}\n${usage}`);
  };
  let given;
  try {
    given = parseArgs({
      options: { out: { type: "string" }, tag: { type: "boolean" }, help: { type: "boolean" } },
      allowPositionals: true,
    });
  } catch (error) {
    return wrong(error.message);
  }
  const { values, positionals } = given;
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const [version, ...more] = positionals;
  if (version === undefined || more.length > 0) return wrong("expected one version.");
  if (!/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version))
    return wrong(`expected a version like 0.2.0, but got ${JSON.stringify(version)}.`);
  return { version, out: resolve(values.out ?? join(root, "release", version)), tag: values.tag === true };
}

/**
 * Refuses a release for which something is missing.
 *
 * @returns {string} the date that the changelog gives it
 */
function refuseUnready(version, tag) {
  const today = manifestOf(root, "core").version;
  if (!isGreater(version, today)) throw new Refusal(`release: expected a version greater than ${today}, but got ${version}.`);
  const changes = git("status", "--porcelain");
  if (changes !== "")
    throw new Refusal(`release: expected no changes that are not committed, but got:\n${changes}\n  Commit or stash them first.`);
  const changelog = readFileSync(join(root, "CHANGELOG.md"), "utf8");
  const [, date, text = ""] =
    new RegExp(`^## \\[${version.replaceAll(".", "\\.")}\\] - (\\d{4}-\\d\\d-\\d\\d)\\n([\\s\\S]*?)(?=^## |(?![\\s\\S]))`, "m").exec(
      changelog,
    ) ?? [];
  if (!/^- /m.test(text)) {
    throw new Refusal(
      `release: expected CHANGELOG.md to say what is new in ${version}, but it has no such section.\n` +
        `  Rename "## [Unreleased]" to "## [${version}] - YYYY-MM-DD", put an empty one above it, and commit.`,
    );
  }
  if (tag && git("tag", "--list", `v${version}`) !== "") throw new Refusal(`release: expected no tag v${version}, but there is one.`);
  return date;
}

function isGreater(one, other) {
  const [a, b] = [one, other].map((version) => version.split(".").map(Number));
  const at = a.findIndex((number, i) => number !== b[i]);
  return at >= 0 && a[at] > b[at];
}

function release(version, { date, out, tag }) {
  setVersion(root, version, date);
  for (const folder of packageOrder(root)) {
    rmSync(join(root, "packages", folder, "dist"), { recursive: true, force: true });
    rmSync(join(root, "packages", folder, "tsconfig.tsbuildinfo"), { force: true });
  }
  const { env } = setUp({ native: false, page: true });
  mkdirSync(out, { recursive: true });
  const files = packageOrder(root).map((folder) => {
    const said = call("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", out], {
      cwd: join(root, "packages", folder),
      env,
    });
    const name = /"filename": "([^"]+)"/.exec(said)?.[1] ?? "";
    return join(out, name.replace(/^@/, "").replace("/", "-"));
  });
  if (tag) {
    git("commit", "--all", "--quiet", "--message", `Release ${version}`);
    git("tag", "--annotate", `v${version}`, "--message", `Semblant ${version}`);
  }
  const commit = tag
    ? [`git push --follow-tags`]
    : [`git commit --all --message "Release ${version}"`, `git tag v${version}`, "git push --follow-tags"];
  const lines = [...files.map((file) => `npm publish ${relative(root, file)} --access public`), ...commit];
  console.log(
    `\nPacked ${files.length} packages of version ${version}. Test them (npm test), then:\n${lines.map((line) => `  ${line}`).join("\n")}`,
  );
}

function git(...args) {
  return call("git", args, { cwd: root }).trimEnd();
}

function call(command, args, options) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", ...options });
  if (status !== 0) throw new Refusal(`release: ${command} ${args[0]} failed: ${error?.message ?? stderr}`);
  return stdout;
}
