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

describe.skipIf(process.platform !== "linux")("fifteen helping threads", () => {
  const script = `
    import { Embeddings, findNeighbors, Random } from "${core}/src/index.ts";
    import { chooseKernels } from "${core}/src/internals.ts";
    chooseKernels({ threads: 16 });
    const random = new Random(1);
    const X = new Embeddings(Float32Array.from({ length: 4_000 * 64 }, () => random.uniform()), 64);
    console.log(findNeighbors(X, X, { k: 5 }).rows.length);
    setTimeout(() => console.log("still here"), 500);`;

  it("start where a process may take 8 GB of addresses, and let it end by itself", () => {
    const limited = ["-c", 'ulimit -v 8000000 && exec "$0" --input-type=module --eval "$1"', process.execPath, script];
    const { status, stdout, stderr } = spawnSync("sh", limited, { encoding: "utf8", timeout: 60_000 });
    expect(stderr).not.toContain("out of memory");
    expect(stdout).toBe("20000\nstill here\n");
    expect(status).toBe(0);
  });
});
