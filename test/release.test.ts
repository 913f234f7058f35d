/** `npm run release`, in a clone: what it refuses, and what it writes where it says a version. */
import { spawnSync } from "node:child_process";
import { appendFileSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
/** Plain JavaScript, which has no types. */
const { packageOrder, setVersion } = (await import(resolve(root, "scripts/set-version.mjs"))) as {
  readonly packageOrder: (root: string) => string[];
  readonly setVersion: (root: string, version: string, date: string) => void;
};
const tracked = ["CHANGELOG.md", "CITATION.cff", "package.json", "package-lock.json", "scripts", "packages/*/package.json"];
const person = ["-c", "user.name=Semblant", "-c", "user.email=none@example.org", "-c", "commit.gpgsign=false"];
const usage = /\nusage: npm run release -- VERSION/;

let clone: string;

function git(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync("git", [...person, ...args], { cwd: clone, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function release(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/release.mjs", ...args], { cwd: clone, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Puts a section before that of 0.1.0 in the changelog, and commits it. */
function say(section: string): void {
  const path = join(clone, "CHANGELOG.md");
  writeFileSync(path, readFileSync(path, "utf8").replace("## [0.1.0]", `${section}\n## [0.1.0]`));
  git("commit", "--all", "--quiet", "--message", "Say what is new");
}

beforeAll(() => {
  clone = mkdtempSync(join(tmpdir(), "semblant-release-"));
  for (const path of tracked.flatMap((pattern) => globSync(pattern, { cwd: root }))) {
    spawnSync("cp", ["-r", "--parents", path, clone], { cwd: root });
  }
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Begin");
  setVersion(clone, "0.1.0", "2026-11-30");
  if (git("status", "--porcelain") !== "") git("commit", "--all", "--quiet", "--message", "Begin at 0.1.0");
  git("tag", "begin");
});
beforeEach(() => {
  git("reset", "--quiet", "--hard", "begin");
  git("clean", "--quiet", "-fd");
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

describe("a release", () => {
  it("is refused without a version, with two, and with one that is none", () => {
    expect(release()).toEqual({ status: 2, stdout: "", stderr: expect.stringMatching(usage) });
    expect(release("0.2.0", "0.3.0").stderr).toMatch(/^release: expected one version\.\n/);
    for (const wrong of ["0.2", "v0.2.0", "0.02.0", "0.2.0-beta", "next"]) {
      const { status, stderr } = release(wrong);
      expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringMatching(usage) });
      expect(stderr).toContain(`release: expected a version like 0.2.0, but got "${wrong}".`);
    }
    expect(release("0.2.0", "--publish").status).toBe(2);
  });

  it("is refused where the version is not greater than today's, by number and not by letter", () => {
    say("## [0.0.10] - 2026-12-01\n\n- A thing.\n");
    for (const version of ["0.1.0", "0.0.10", "0.0.9"]) {
      expect(release(version)).toEqual({
        status: 1,
        stdout: "",
        stderr: `release: expected a version greater than 0.1.0, but got ${version}.\n`,
      });
    }
  });

  it("is refused where something is not committed, a new file too", () => {
    say("## [0.2.0] - 2026-12-01\n\n- A thing.\n");
    writeFileSync(join(clone, "new.txt"), "new");
    const added = release("0.2.0");
    expect(added.status).toBe(1);
    expect(added.stderr).toContain("release: expected no changes that are not committed, but got:\n?? new.txt\n");
    rmSync(join(clone, "new.txt"));
    appendFileSync(join(clone, "package.json"), "\n");
    expect(release("0.2.0").stderr).toContain("\n M package.json\n");
  });

  it("is refused where the changelog has no section of it, an undated one, or one that says nothing", () => {
    const refusal = "release: expected CHANGELOG.md to say what is new in 0.2.0, but it has no such section.\n";
    expect(release("0.2.0").stderr).toContain(refusal);
    say("## [0.2.0]\n\n- A thing without a date.\n");
    expect(release("0.2.0").stderr).toContain(refusal);
    git("reset", "--quiet", "--hard", "begin");
    say("## [0.2.0] - 2026-12-01\n");
    expect(release("0.2.0")).toMatchObject({ status: 1, stderr: expect.stringContaining(refusal) });
  });

  it("is refused where it is to be tagged and the tag is there", () => {
    say("## [0.2.0] - 2026-12-01\n\n- A thing.\n");
    git("tag", "v0.2.0");
    expect(release("0.2.0", "--tag").stderr).toBe("release: expected no tag v0.2.0, but there is one.\n");
    git("tag", "--delete", "v0.2.0");
  });

  it("leaves the clone as it was wherever it is refused", () => {
    expect(git("status", "--porcelain")).toBe("");
  });
});

describe("a version", () => {
  it("is written to every package, to what they ask of each other, to the lock file and to the citation, and nowhere else", () => {
    setVersion(clone, "1.20.3", "2027-01-02");
    expect(git("diff", "--name-only").trim().split("\n").sort()).toEqual(
      [...globSync("packages/*/package.json", { cwd: clone }), "package-lock.json", "CITATION.cff"].sort(),
    );
    const changed = git("diff", "--unified=0")
      .split("\n")
      .filter((line) => /^\+(?!\+)/.test(line));
    const pin = /^\+ +"(version|@semblant\/\w+|semblant)": "1\.20\.3",?$/;
    expect(changed.filter((line) => !pin.test(line))).toEqual(["+version: 1.20.3", "+date-released: 2027-01-02"]);
    const left = globSync("{packages/*/package.json,package-lock.json}", { cwd: clone }).filter((path) =>
      /"(@semblant\/\w+|semblant)": "0\.1\.0"/.test(readFileSync(join(clone, path), "utf8")),
    );
    expect(left).toEqual([]);
  });

  it("is published with what each package needs first", () => {
    const order = packageOrder(root);
    expect(order).toHaveLength(globSync("packages/*/package.json", { cwd: root }).length);
    for (const [first, then] of [
      ["core", "files"],
      ["files", "datasets"],
      ["faces", "answers"],
      ["answers", "photos"],
      ["answers", "api"],
      ["training", "lab"],
      ["lab", "semblant"],
    ]) {
      expect(order.indexOf(first as string)).toBeLessThan(order.indexOf(then as string));
    }
  });
});
