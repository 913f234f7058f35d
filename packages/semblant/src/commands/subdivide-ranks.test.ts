import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasGloo } from "../../../torch/src/index.ts";
import { command, start, tiny } from "./fixtures/ranks.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-subdivide-ranks-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!hasGloo() || availableParallelism() < 2)("subdivide --workers (needs Gloo: libgloo-dev; two cores)", () => {
  it("splits and trains in two processes, and one speaks for all", async () => {
    const levels = ["steps=2", "subdivision.levels=2", "subdivision.perSubclass=2", "subdivision.restarts=1"];
    const args = ["subdivide", ...tiny, ...levels, "--out", "kinds", "--workers", "2"];
    const { status, out, said } = await start([process.execPath, ...command, ...args], { cwd: folder }).ended;
    expect(status, said).toBe(0);
    expect(out).toMatch(/\nAll 2 levels are done\. \d+ s, saved in kinds\nTo evaluate: {2}semblant evaluate kinds\/level-2\n$/);
    expect(said.match(/^level 2\/2 {2}split into \d+ sub-classes/gm)).toHaveLength(1);
    expect(readdirSync(join(folder, "kinds"))).toEqual(["level-1", "level-2", "subdivision.json"]);
  });
});
