import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockRun } from "./lock.ts";

describe("the lock of a run", () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), "semblant-lock-"));
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it("is refused to a second holder until it is released", () => {
    const lock = lockRun(dir);
    expect(() => lockRun(dir)).toThrow(
      `run at ${dir}: process ${process.pid} on ${hostname()} trains into it already.\n  Wait for it or stop it; if there is none, delete ${join(dir, "lock")}.`,
    );
    lock.release();
    lockRun(dir).release();
    expect(existsSync(join(dir, "lock"))).toBe(false);
  });

  it("is taken over from a process that is gone", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(join(dir, "lock"), JSON.stringify({ pid, host: hostname() }));
    lockRun(dir).release();
  });

  it("is taken over when a kill tore it", () => {
    writeFileSync(join(dir, "lock"), '{"pid": 1');
    lockRun(dir).release();
  });

  it("of another machine is respected", () => {
    writeFileSync(join(dir, "lock"), JSON.stringify({ pid: 1, host: "elsewhere" }));
    expect(() => lockRun(dir)).toThrow("process 1 on elsewhere trains into it already");
  });
});
