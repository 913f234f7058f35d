import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { makeFolder } from "./make-folder.ts";

const folder = mkdtempSync(join(tmpdir(), "folders-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("makeFolder", () => {
  it("makes those above it, takes one that is there, and keeps them private where it is told to", () => {
    const deep = join(folder, "a", "b", "c");
    makeFolder(deep, 0o700);
    makeFolder(deep);
    expect([statSync(join(folder, "a")).mode & 0o777, statSync(deep).mode & 0o777]).toEqual([0o700, 0o700]);
  });

  it("says that a file stands in its place or on the way", () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    expect(() => makeFolder(file)).toThrow(`${file}: expected to make the folder, but there is something of that name already (EEXIST).`);
    expect(() => makeFolder(join(file, "x"))).toThrow("but a part of its path is a file, not a folder (ENOTDIR).");
  });

  it.runIf(existsSync("/proc/self"))("ends with what the system says, where Node's own way would try for ever", () => {
    expect(() => makeFolder("/proc/x")).toThrow("/proc/x: expected to make the folder, but there is no such file or folder (ENOENT).");
    expect(() => makeFolder("/proc/x/y/z")).toThrow(
      "/proc/x/y/z: expected to make the folder, but there is no such file or folder (ENOENT).",
    );
  });
});
