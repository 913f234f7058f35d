import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePhoto } from "./generated-photos.ts";

const folder = resolve(import.meta.dirname, "../examples");
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "semblant-examples-"));
  for (const [i, faces] of [[0, 1], [2], [3], [4]].entries()) await writePhoto(join(home, "photos", `${i}.jpg`), faces);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

function run(name: string, ...args: string[]): string {
  const options = ["--conditions=semblant-source", "--disable-warning=ExperimentalWarning", join(folder, name), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, options, { cwd: home, encoding: "utf8" });
  expect(stderr).not.toContain("Error");
  expect(status).toBe(0);
  return stdout;
}

describe("the examples", () => {
  it("are short", () => {
    for (const name of readdirSync(folder).filter((file) => file.endsWith(".ts")))
      expect(readFileSync(join(folder, name), "utf8").split("\n").length).toBeLessThanOrEqual(41);
  });

  it("sum up an album", () => {
    expect(run("album.ts", "photos")).toMatch(/stands for \d photos[\s\S]*Together they cover \d+ %/);
  });

  it("say what faces look like", () => {
    expect(
      run("classify.ts", "photos/0.jpg").match(/^face at \d+, \d+, \d+ px: (named|unsure|none of these) \(\w+ \d+ %, /gm),
    ).toHaveLength(2);
  });

  it("search by words and by a photo", () => {
    expect(run("search.ts", "photos", "surprised").trim().split("\n")).toHaveLength(5);
    const alike = run("search.ts", "photos", "photos/1.jpg").trim().split("\n");
    expect(alike).toHaveLength(4); // all faces but the one that was asked with
    expect(alike.join()).not.toContain("1.jpg");
  });

  it("train and export", () => {
    expect(run("train-and-export.ts", "steps=12")).toMatch(/example\.onnx: \d\.\d\d MB, off the network by [\d.e-]+\nnames \d+ %/);
  });
});
