import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateFaces } from "@semblant/datasets";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { modelAnswers } from "../../../lab/src/models/model-answers.ts";
import { type SoftenedLabels, softLabels, softLabelsCsv } from "../../../lab/src/runs/soft-labels.ts";
import { trainRun } from "../../../lab/src/runs/train-run.ts";
import { runProgram } from "../program.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-soft-"));
const table = join(folder, "soft.csv");
afterAll(() => rmSync(folder, { recursive: true }));

const run = (name: string) => join(folder, name);
/** Some seconds: 160 faces at 16 pixels, a narrow network, a few steps. */
const overrides = (...own: string[]) => ["data.count=160", "network.baseChannels=4", "network.size=16", "perClass=4", "steps=4", ...own];

describe("soft labels of trained runs", () => {
  let soft: SoftenedLabels;
  beforeAll(async () => {
    await trainRun({ overrides: overrides(), out: run("one"), threads: 1 });
    await trainRun({ overrides: overrides("loss.name=softmax", "seed=2"), out: run("two"), threads: 1 });
    soft = await softLabels([run("one"), run("two")], { votes: 0, threads: 1 });
  });

  it("are a distribution over the classes for each training face", () => {
    expect(soft.ids.length).toBeGreaterThan(80);
    const C = soft.classes.length;
    expect(soft.distributions).toHaveLength(soft.ids.length * C);
    for (let i = 0; i < soft.ids.length; i++) {
      expect(soft.distributions.subarray(i * C, (i + 1) * C).reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
    expect(soft.agreement.runs).toHaveLength(2);
  });

  it("are the mean of what the runs say, and by their share of what people said", async () => {
    const [one, two] = [await softLabels([run("one")], { votes: 0 }), await softLabels([run("two")], { votes: 0 })];
    const people = await softLabels([run("one")], { votes: 1 });
    const mixed = await softLabels([run("one"), run("two")], { votes: 0.5 });
    for (const i of [0, 3, 100, 500]) {
      const mean = ((one.distributions[i] as number) + (two.distributions[i] as number)) / 2;
      expect(soft.distributions[i]).toBeCloseTo(mean, 6);
      expect(mixed.distributions[i]).toBeCloseTo((mean + (people.distributions[i] as number)) / 2, 6);
    }
    expect(one.distributions).not.toEqual(two.distributions);
    expect(people.agreement.all).toBeGreaterThan(0.9); // votes of generated faces and their labels
  });

  it("teach another run", async () => {
    writeFileSync(table, softLabelsCsv(soft));
    const { settings, last } = await trainRun({ overrides: overrides(`data.softLabels=${table}`), out: run("student"), threads: 1 });
    expect(settings.data.softLabels).toBe(table);
    expect(Number.isFinite(last.loss)).toBe(true);
    const plain = await trainRun({ overrides: overrides(), out: run("again"), threads: 1 });
    expect(plain.last.loss).not.toBe(last.loss);
  });

  it("are written by the command, the data read as for the first run", async () => {
    const written: string[] = [];
    const stream = { write: (text: string) => written.push(text) > 0, isTTY: false };
    const csv = join(folder, "by-command.csv");
    const args = ["soft-labels", run("one"), run("two"), "--csv", csv, "--votes", "0", "-t", "1"];
    const status = await runProgram(args, { stdout: stream, stderr: stream, env: {} } as never);
    expect({ status, text: written.join("") }).toMatchObject({ status: 0, text: expect.stringContaining("Labels agreed with: ") });
    expect(readFileSync(csv, "utf8")).toBe(softLabelsCsv(soft));
  });

  it("can be those of a model that ships, on faces of its size, alone or beside a run", async () => {
    const faces = overrides("network.size=48", "data.count=160");
    await trainRun({ overrides: faces, out: run("large"), threads: 1 });
    const data = { source: "generated", count: 160 };
    const [model, both, large] = [
      await softLabels(["small"], { data, votes: 0, threads: 1 }),
      await softLabels([run("large"), "small"], { votes: 0, threads: 1 }),
      await softLabels([run("large")], { votes: 0, threads: 1 }),
    ];
    expect(model.ids).toEqual(both.ids);
    expect(model.agreement.all).toBeGreaterThan(0.3); // of drawn faces, by what it learned of photos; chance is 0.125
    for (const i of [0, 7, 99, 640]) {
      expect(both.distributions[i]).toBeCloseTo(((model.distributions[i] as number) + (large.distributions[i] as number)) / 2, 6);
    }
    await expect(softLabels(["small"])).rejects.toThrow(
      "softLabels: expected the faces that models are to look at, but got none.\n  Name them with --data.",
    );
    const { train } = generateFaces({ count: 40, size: 32 });
    await expect(modelAnswers("small", train)).rejects.toThrow(
      "model small: expected faces of 48 × 48 pixels and 1 channels, but got 32 × 32 and 1.",
    );
    await expect(modelAnswers("small", { ...train, classes: ["calm", "angry"] })).rejects.toThrow(
      "expected one of the classes calm, angry,",
    );
  });

  it("need a teacher, and a share from 0 to 1", async () => {
    await expect(softLabels([])).rejects.toThrow("softLabels: expected at least one run or model, but got none.");
    await expect(softLabels([run("one")], { votes: 2 })).rejects.toThrow(
      "softLabels: expected votes to be a number from 0 to 1, but got 2.",
    );
  });
});
