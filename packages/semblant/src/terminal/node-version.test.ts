import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { oldNodeSentence } from "./node-version.ts";

const systemNode = "/usr/bin/node";
const systemVersion = existsSync(systemNode) ? spawnSync(systemNode, ["--version"], { encoding: "utf8" }).stdout.trim().slice(1) : "";
const built = new URL("../../dist/cli.js", import.meta.url).pathname;
const canTry = systemVersion !== "" && oldNodeSentence(systemVersion) !== undefined && existsSync(built);

describe("an old Node", () => {
  it("is told in one sentence what is needed", () => {
    expect(oldNodeSentence("20.20.2")).toBe(
      "semblant needs Node 22.12 or newer, and this is Node 20.20.2: install a newer one from https://nodejs.org.",
    );
    expect(oldNodeSentence("22.11.0")).toContain("this is Node 22.11.0");
  });

  it("is one before 22.12", () => {
    expect(["22.12.0", "22.20.1", "24.0.0", "100.1.0"].map(oldNodeSentence)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.runIf(canTry)("gets as far as the sentence and leaves with status 1", () => {
    const { status, stdout, stderr } = spawnSync(systemNode, [built, "--help"], { encoding: "utf8" });
    expect({ status, stdout, stderr }).toEqual({ status: 1, stdout: "", stderr: `${oldNodeSentence(systemVersion)}\n` });
  });
});
