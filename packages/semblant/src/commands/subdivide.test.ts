import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatLevels } from "@semblant/lab/internals";
import { afterAll, describe, expect, it } from "vitest";
import { subdivisionFlags } from "../flags/subdivision-flags.ts";
import { page } from "../pages/subdivide.ts";
import type { CommandOption } from "../terminal/declaration.ts";

const cli = join(import.meta.dirname, "..", "cli.ts");
const folder = mkdtempSync(join(tmpdir(), "semblant-subdivide-"));
afterAll(() => rmSync(folder, { recursive: true }));

const command = (args: readonly string[]) => ["--conditions=semblant-source", "--no-warnings", cli, ...args];
const options = { cwd: folder, encoding: "utf8" as const, env: { ...process.env, OMP_NUM_THREADS: "1" } };

/** The command in a process of its own, as a person runs it. */
const semblant = (...args: string[]) => spawnSync(process.execPath, command(args), options);

/** A subdivision of some seconds: 240 faces, a narrow network at 16 pixels, three steps a level. */
const tiny = [
  "--data",
  "generated",
  "data.count=240",
  "--width",
  "4",
  "network.size=16",
  "--per-class",
  "4",
  "--per-subclass",
  "2",
  "steps=3",
  "checkpoint.seconds=0",
  "subdivision.smallest=2",
  "--levels",
  "3",
];
const bytes = (...path: string[]) => readFileSync(join(folder, ...path));

describe("subdivide from the command line", () => {
  it("ends with a row a level, and leaves runs that are measured like any", () => {
    const { stdout, stderr, status } = semblant("subdivide", ...tiny, "--out", "kinds");
    expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
    const lines = stdout.split("\n");
    expect(lines[0]).toMatch(/^level +sub-classes +sizes +loss +11-NN % +near % +ln p +BIC +again +before +hidden$/);
    expect(lines.slice(1, 4).map((line) => line.split(/ +/).slice(0, 2).join(" "))).toEqual(["1 8", "2 16", "3 24"]);
    expect(Math.max(...lines.slice(0, 4).map((line) => line.length))).toBeLessThanOrEqual(88);
    expect(stdout).toMatch(/All 3 levels are done\. .*saved in kinds\nTo evaluate: {2}semblant evaluate kinds\/level-3\n$/);
    expect(stderr).toContain("level 2/3  split into 16 sub-classes; agreement ");
    const evaluated = semblant("evaluate", "kinds/level-3", "--bootstrap", "10", "--json");
    expect(JSON.parse(evaluated.stdout).dataset).toMatchObject({ name: "generated faces", n: 48 });
    expect(semblant("evaluate", "kinds").stderr).toContain("It holds a subdivision, whose levels are runs: name one, such as level-1.");
  });

  it("is killed at any moment, goes on, and ends at the bytes of one that was left alone", async () => {
    if (!existsSync(join(folder, "kinds"))) semblant("subdivide", ...tiny, "--out", "kinds");
    for (const sign of ["level 1/3  step 2/3", "level 2/3  split", "level 3/3  step 1/3"]) {
      const made = existsSync(join(folder, "killed", "subdivision.json"));
      const child = spawn(
        process.execPath,
        command(made ? ["subdivide", "--resume", "killed"] : ["subdivide", ...tiny, "--out", "killed"]),
        options,
      );
      let said = "";
      await new Promise<void>((seen) => {
        child.stderr.on("data", (text) => {
          said += text;
          if (said.includes(sign) || said.includes(sign.slice(0, 9))) seen();
        });
        child.on("close", () => seen());
      });
      child.kill("SIGKILL");
      await new Promise((ended) => (child.exitCode === null && child.signalCode === null ? child.on("close", ended) : ended(0)));
    }
    expect(semblant("subdivide", "--resume", "killed").status).toBe(0);
    for (const file of ["level-2/split.safetensors", "level-3/split.safetensors", "level-3/best.safetensors", "level-3/level.json"]) {
      expect(bytes("killed", file).equals(bytes("kinds", file)), file).toBe(true);
    }
  });

  it("stops at Ctrl-C and says how to go on, with status 130", async () => {
    const child = spawn(process.execPath, command(["subdivide", ...tiny, "steps=4000", "--out", "long"]), options);
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
    });
    await new Promise<void>((seen) => {
      child.stderr.on("data", (text) => String(text).includes("step ") && seen());
    });
    child.kill("SIGINT");
    expect(await new Promise((ended) => child.on("close", ended))).toBe(130);
    expect(said).toMatch(/^Stopped with 0 of 3 levels done\. .*saved in long\nTo go on: {5}semblant subdivide --resume long\n$/);
  });

  it("refuses unknown settings, values out of range and settings beside --resume, and leaves nothing behind", () => {
    const refused = (...args: string[]) =>
      semblant("subdivide", ...args, "--out", "never")
        .stderr.split("\n")
        .at(-2);
    expect(refused("subdivision.levls=3")).toBe('OptionError: subdivide: unknown option "levls"; did you mean "levels"?');
    expect(refused("--covariance", "round")).toBe(
      'OptionError: --covariance: expected full, tied, diagonal or spherical, but got "round".',
    );
    expect(refused("subdivision.restarts=0")).toBe(
      "OptionError: subdivide: expected restarts to be a whole number of 1 or more, but got 0.",
    );
    expect(existsSync(join(folder, "never"))).toBe(false);
    expect(semblant("subdivide", "--resume", "kinds", "--levels", "9").stderr).toContain(
      "subdivide: --resume goes on with the subdivision's own settings and takes no others.",
    );
  });
});

describe("the page of subdivide", () => {
  it("shows the defaults that hold", async () => {
    const { subdivisionDefaults } = await import("@semblant/training");
    const listed: readonly CommandOption[] = page.options;
    for (const { flags, setting } of subdivisionFlags) {
      const shown = listed.find((option) => option.flags === flags)?.default;
      const held = subdivisionDefaults[setting.replace("subdivision.", "") as keyof typeof subdivisionDefaults];
      if (held !== null && held !== false) expect([setting, shown]).toEqual([setting, String(held)]);
    }
  });
});

describe("the table of levels", () => {
  it("leaves out what a level has not", () => {
    const table = formatLevels([{ level: 1, subclasses: 8, steps: 3, loss: 0.875 }]);
    expect(table.split("\n")[1]?.split(/ +/)).toEqual(["1", "8", "–", "0.88", "–", "–", "–", "–", "–", "–"]);
  });
});
