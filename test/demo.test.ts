/** The demo in short: what README tells everybody to run first runs, says how long it will take, and leaves a run and a report. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { openRun } from "@semblant/training";
import { afterAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "semblant-demo-"));
afterAll(() => rmSync(folder, { recursive: true }));

function demo(...args: string[]) {
  const script = resolve(import.meta.dirname, "../scripts/demo.mjs");
  return spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
}

describe("the demo", () => {
  it("says how long it will take, makes its steps, and writes a report", () => {
    const run = join(folder, "run");
    const { status, stdout, stderr } = demo("--steps", "4", "--seed", "3", "--threads", "1", "--out", run, "data.count=240");
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^\n4 steps of training on generated faces, then measuring: (less than a minute|about \d+ minutes?) on this machine\.\n/,
    );
    expect(stdout).toContain("All 4 steps are done.");
    expect(stdout).toContain("test N = 48");
    expect(stdout.endsWith(`\nOpen ${run}.html in a browser.\n`)).toBe(true);
    expect(readFileSync(`${run}.html`, "utf8")).toContain("</html>");
    expect(openRun(run).settings).toMatchObject({ seed: 3, steps: 4, loss: { name: "sgm" }, network: { baseChannels: 16 } });
  });

  it.skipIf(process.platform === "win32").each(["SIGINT", "SIGTERM"] as const)(
    "ends what it has begun when it alone gets %s",
    async (name) => {
      const place = JSON.stringify(resolve(import.meta.dirname, "../scripts/run-stoppable.mjs"));
      const child =
        'process.on("SIGINT", () => process.exit(7)); process.on("SIGTERM", () => process.exit(8)); setInterval(() => {}, 1000); console.log(process.pid);';
      const program = `const { runStoppable } = await import(${place});
      const { status } = await runStoppable(process.execPath, ["--eval", ${JSON.stringify(child)}], { stdio: ["ignore", "inherit", "inherit"] });
      process.exit(status);`;
      const parent = spawn(process.execPath, ["--input-type=module", "--eval", program], { stdio: ["ignore", "pipe", "inherit"] });
      const pid = await new Promise<number>((heard) => parent.stdout.once("data", (text) => heard(Number(text))));
      const ended = new Promise((done) => parent.on("close", done));
      parent.kill(name);
      expect(await ended).toBe(name === "SIGINT" ? 7 : 8);
      expect(() => process.kill(pid, 0)).toThrow("ESRCH");
    },
  );

  it("refuses what it does not know, before anything is set up or trained", () => {
    const unknown = demo("--minutes", "4");
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringMatching(/--minutes[\s\S]*\nUsage: npm run demo/)]);
    const none = demo("--steps", "none", "--out", join(folder, "none"));
    expect(none.status).toBe(2);
    expect(none.stderr.split("\n")[0]).toBe('--steps: expected a whole number of 1 or more, but got "none".');
    expect(demo("perClass").stderr.split("\n")[0]).toBe('demo: expected a setting like perClass=20, but got "perClass".');
    expect(existsSync(join(folder, "none"))).toBe(false);
  });
});
