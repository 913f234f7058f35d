import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commit } from "../bench/commit.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "commit-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the commit that a result names", () => {
  it("is none in an unpacked archive, also within somebody's repository", () => {
    const archive = join(folder, "archive");
    mkdirSync(archive);
    expect(commit(archive)).toBe("no checkout");
    execFileSync("git", ["init", "-q"], { cwd: folder });
    expect(commit(archive)).toBe("no checkout");
  });

  it("is the checkout's, with a + where its packages were changed", () => {
    const git = (...args: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: folder, encoding: "utf8" });
    git("init", "-q");
    mkdirSync(join(folder, "packages"), { recursive: true });
    writeFileSync(join(folder, "packages", "a.ts"), "1\n");
    git("add", "packages");
    git("commit", "-q", "-m", "First");
    const hash = git("rev-parse", "--short", "HEAD").trim();
    expect(commit(folder)).toBe(hash);
    writeFileSync(join(folder, "packages", "a.ts"), "2\n");
    expect(commit(folder)).toBe(`${hash}+`);
  });
});
