import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type CompareProgress, compareLosses } from "../../../lab/src/runs/compare-losses.ts";
import { runProgram } from "../program.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-compare-"));
afterAll(() => rmSync(folder, { recursive: true }));
const out = join(folder, "runs");
/** A training of a second: 240 faces, a narrow network. */
const tiny = [
  "data.count=240",
  "network.baseChannels=4",
  "network.stem=7x7",
  "perClass=4",
  "validation.gallery=60",
  "steps=3",
  "precision=float32",
];
const options = { losses: ["sgm", "triplet:mining=batch-hard", "arcface"], seeds: 2, overrides: tiny, out, bootstrap: 20, threads: 1 };

describe("compareLosses", () => {
  it("trains every loss with every seed under the same settings, and compares the others with the first", async () => {
    const seen: CompareProgress[] = [];
    const comparison = await compareLosses(options, (progress) => seen.push(progress));
    expect(readdirSync(out).sort()).toEqual([
      "arcface-0",
      "arcface-1",
      "sgm-0",
      "sgm-1",
      "triplet-mining=batch-hard-0",
      "triplet-mining=batch-hard-1",
    ]);
    expect(seen.filter(({ step }) => step?.step === 1).map(({ place, loss, seed }) => [place, loss, seed])).toEqual([
      [1, "sgm", 0],
      [2, "triplet:mining=batch-hard", 0],
      [3, "arcface", 0],
      [4, "sgm", 1],
      [5, "triplet:mining=batch-hard", 1],
      [6, "arcface", 1],
    ]);
    expect(comparison?.dataset).toEqual({ name: "generated faces", labels: expect.any(String), n: 48, gallery: 160 });
    expect(comparison?.losses.map(({ name, settings, runs }) => [name, settings.mining, runs.length])).toEqual([
      ["sgm", undefined, 2],
      ["triplet:mining=batch-hard", "batch-hard", 2],
      ["arcface", undefined, 2],
    ]);
    for (const { metrics, runs } of comparison?.losses ?? []) {
      const [a, b] = runs.map((run) => run.metrics.accuracy as number) as [number, number];
      expect(metrics.accuracy?.value).toBeCloseTo((a + b) / 2, 10);
      expect(runs.every(({ ended, seconds }) => ended === "finished" && seconds > 0)).toBe(true);
    }
    expect(comparison?.comparisons.map(({ loss, against }) => [loss, against])).toEqual([
      ["triplet:mining=batch-hard", "sgm"],
      ["arcface", "sgm"],
    ]);
  });

  it("does not train again what is finished, and finds the same", async () => {
    const written = () => readdirSync(out).map((name) => statSync(join(out, name, "last.safetensors")).mtimeMs);
    const before = written();
    const steps: CompareProgress[] = [];
    const [first, again] = [await compareLosses(options), await compareLosses(options, (progress) => steps.push(progress))];
    expect(written()).toEqual(before);
    expect(steps.every(({ step }) => step === undefined)).toBe(true);
    expect(again).toEqual(first);
  });

  it("goes on where it was stopped and ends at the same bytes", async () => {
    const stopped = { ...options, losses: ["contrastive:memory=64"], seeds: 1, overrides: [...tiny, "steps=5"] };
    const weights = (dir: string) => readFileSync(join(folder, dir, "contrastive-memory=64-0", "best.safetensors")).toString("base64");
    await compareLosses({ ...stopped, out: join(folder, "whole") });
    const controller = new AbortController();
    const broken = { ...stopped, out: join(folder, "broken") };
    expect(
      await compareLosses({ ...broken, signal: controller.signal }, ({ step }) => step?.step === 2 && controller.abort()),
    ).toBeUndefined();
    const seen: (number | undefined)[] = [];
    expect(await compareLosses(broken, ({ step }) => void seen.push(step?.step))).toBeDefined();
    expect(seen).toEqual([3, 4, 5, undefined]); // it stopped after the step at which it was told to
    expect(weights("broken")).toBe(weights("whole"));
  });

  it("refuses losses and settings that make no comparison, before anything is trained", async () => {
    await expect(compareLosses({ ...options, losses: [] })).rejects.toThrow("compare: expected one loss or more, but got none.");
    await expect(compareLosses({ ...options, losses: ["sgm", "sgm"] })).rejects.toThrow(
      'compare: expected each loss once, but got "sgm" twice.',
    );
    await expect(compareLosses({ ...options, losses: ["sgm", "center"] })).rejects.toThrow('but got "center".');
    await expect(compareLosses({ ...options, seeds: 0 })).rejects.toThrow(
      "compare: expected seeds to be a whole number above 0, but got 0.",
    );
    await expect(compareLosses({ ...options, overrides: ["seed=3"] })).rejects.toThrow(
      "compare: expected settings that all runs share, but got seed=3.\n  Losses are named by --losses, and seeds counted by --seeds.",
    );
    await expect(compareLosses({ ...options, overrides: [...tiny.slice(0, -2), "steps=4"] })).rejects.toThrow(
      `compare: ${join(out, "sgm-0")} holds a run with other settings: steps is 3, not 4.\n  Name another folder with --out.`,
    );
  });
});

describe("semblant compare", () => {
  const semblant = async (...args: string[]) => {
    const [stdout, stderr]: [string[], string[]] = [[], []];
    const status = await runProgram(["compare", ...args], {
      stdout: { write: (text: string) => stdout.push(text) },
      stderr: { write: (text: string) => stderr.push(text) },
      env: {},
    });
    return { status, stdout: stdout.join(""), stderr: stderr.join("") };
  };
  const given = ["--losses", options.losses.join(","), "--seeds", "2", "--out", out, "--bootstrap", "20", "--threads", "1", ...tiny];

  it("prints every loss with its intervals, and each against the first, in 80 columns", async () => {
    const { status, stdout } = await semblant(...given);
    expect(status).toBe(0);
    expect(stdout).toContain("3 losses, 2 seeds: resnet18 (4 channels), 3 steps\n");
    expect(stdout).toMatch(/\nsgm +\d+\.\d ± \d+\.\d/);
    expect(stdout).toMatch(/\narcface( +[+−]\d+\.\d){1} +[+−]\d+\.\d to [+−]\d+\.\d/);
    expect(stdout).toContain("minus sgm, same faces and seeds; p corrected for 2 losses (Holm)");
    const table = stdout.split("\n").filter((line) => !line.includes(out));
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("prints the same as JSON", async () => {
    const { stdout } = await semblant(...given, "--json");
    const comparison = JSON.parse(stdout) as {
      losses: { name: string; metrics: { accuracy: { value: number } } }[];
      comparisons: object[];
    };
    expect(comparison.losses.map(({ name }) => name)).toEqual(options.losses);
    expect(comparison.comparisons).toHaveLength(2);
  });

  it("refuses a loss that there is not with status 2", async () => {
    const { status, stderr } = await semblant("--losses", "sgm,magic", "--out", join(folder, "none"));
    expect(status).toBe(2);
    expect(stderr).toContain("expected loss.name to be one of arcface, ");
  });
});
