import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const core = resolve(import.meta.dirname, "../packages/core");

describe("the kernels that are checked in", () => {
  it("are what their sources compile to: npm run build:kernels makes them anew", () => {
    const { status, stderr } = spawnSync(process.execPath, [resolve(core, "build-kernels.mjs"), "--check"], { encoding: "utf8" });
    expect(stderr).toBe("");
    expect(status).toBe(0);
  });
});
