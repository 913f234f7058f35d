import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasDebian } from "../packages/photos/src/database/fixtures/debian-server.ts";
import * as queue from "../torture/checks/queue.ts";
import { torture } from "../torture/torture.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-torture-queue-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.runIf(hasDebian)("processes that share a server's queue, killed in the shortest form of npm run torture", () => {
  it("write each photo once, and lose none", async () => {
    const { checks } = await torture([queue], { minutes: 0, seed: 2, again: undefined, found: folder, tell: () => {} });
    expect(checks.flatMap(({ failures }) => failures.map(({ what }) => what))).toEqual([]);
    expect(checks[0]?.cases).toBeGreaterThanOrEqual(10);
  }, 240_000);
});
