import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { holderOf, lockRun } from "./lock.ts";

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
    expect(holderOf(dir)).toEqual({ pid: process.pid, host: hostname() });
    lock.release();
    expect(holderOf(dir)).toBeUndefined();
    lockRun(dir).release();
    expect(existsSync(join(dir, "lock"))).toBe(false);
  });

  it("is taken over from a process that is gone", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(join(dir, "lock"), JSON.stringify({ pid, host: hostname() }));
    expect(holderOf(dir)).toBeUndefined();
    lockRun(dir).release();
  });

  it("is taken over when a kill tore it", () => {
    writeFileSync(join(dir, "lock"), '{"pid": 1');
    expect(holderOf(dir)).toBeUndefined();
    lockRun(dir).release();
  });

  it("is taken over from a number that another process has by now", () => {
    writeFileSync(join(dir, "lock"), JSON.stringify({ pid: process.pid, host: hostname() })); // as earlier versions wrote it
    utimesSync(join(dir, "lock"), new Date("2020-01-01"), new Date("2020-01-01"));
    lockRun(dir).release();
  });

  it("is held as long as its process is, and no longer, whatever numbers say", async () => {
    const program = `
      import { lockRun } from ${JSON.stringify(new URL("./lock.ts", import.meta.url).href)};
      lockRun(${JSON.stringify(dir)});
      process.stdout.write("held");
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ["--conditions=semblant-source", "--input-type=module", "--eval", program]);
    await once(child.stdout, "data");
    const own = JSON.stringify({ ...JSON.parse(readFileSync(join(dir, "lock"), "utf8")), pid: process.pid });
    writeFileSync(join(dir, "lock"), own.replace(String(process.pid), "999999999"));
    expect(() => lockRun(dir)).toThrow("process 999999999 on"); // a number that is nobody's
    child.kill("SIGKILL");
    await once(child, "exit");
    writeFileSync(join(dir, "lock"), own);
    lockRun(dir).release(); // a number that is somebody's: ours
  });

  it("of another machine is respected", () => {
    writeFileSync(join(dir, "lock"), JSON.stringify({ pid: 1, host: "elsewhere" }));
    expect(() => lockRun(dir)).toThrow("process 1 on elsewhere trains into it already");
  });
});
