import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { liveTensors, setThreads } from "@semblant/torch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Dataset } from "../../../datasets/src/dataset/dataset.ts";
import { embed } from "../embedding/embed.ts";
import { stripes, tinySettings } from "../fixtures/stripes.ts";
import { loadRun } from "../runs/load-run.ts";
import { openRun } from "../runs/run.ts";
import type { PartialSettings } from "../settings/setting-types.ts";
import { createSubdivision, openSubdivision, readReports, splitPath } from "./folder.ts";
import { loadSubdivision } from "./load-subdivision.ts";
import type { SubdivisionSettings } from "./settings.ts";
import { readSplit } from "./split-file.ts";
import { type SubdivisionStep, subdivide } from "./subdivide.ts";

let folder: string;
beforeAll(() => {
  setThreads(1);
  folder = mkdtempSync(join(tmpdir(), "subdivide-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const data = stripes({ train: 90, validation: 30 });
const small: Partial<SubdivisionSettings> = { levels: 3, perSubclass: 3, restarts: 2, smallest: 2 };

/** A subdivision of some stripes in a new folder, run to its end. */
function subdivided(name: string, of = small, settings: PartialSettings = {}, set: Dataset = data) {
  const made = createSubdivision(join(folder, name), tinySettings({ steps: 6, ...settings }), of);
  return { dir: made.dir, steps: [...subdivide({ folder: made, data: set })] };
}
const reportsOf = (steps: readonly SubdivisionStep[]) => steps.flatMap(({ report }) => (report ? [report] : []));

describe("subdivide", () => {
  it("trains level after level, each on the sub-classes that it split the classes into, and reports each", () => {
    const { dir, steps } = subdivided("plain");
    const kinds = steps.map(({ level, split, step }) => `${level} ${split ? "split" : step ? "step" : "report"}`);
    const level = (l: number) => Array.from({ length: 6 }, () => `${l} step`);
    expect(kinds).toEqual([...level(1), "1 report", "2 split", ...level(2), "2 report", "3 split", ...level(3), "3 report"]);
    const reports = reportsOf(steps);
    expect(reports.map(({ subclasses }) => subclasses)).toEqual([3, 6, 9]);
    expect(reports[0]?.split).toBeUndefined();
    expect(reports[1]?.split?.agreement).toBeUndefined();
    expect(reports[2]?.split?.sizes.map((sizes) => sizes.reduce((a, b) => a + b))).toEqual([30, 30, 30]);
    expect(Math.abs(reports[2]?.split?.agreement ?? 2)).toBeLessThanOrEqual(1);
    expect(reports.every((report) => (report.neighborAccuracy as number) >= 0 && (report.nearestSubclassAccuracy as number) <= 100)).toBe(
      true,
    );
    expect(readReports(dir)).toEqual(reports);
  });

  it("draws so many images of each sub-class a batch from level 2 on", () => {
    const { dir } = subdivided("batches", { ...small, levels: 2 });
    const settings = [1, 2].map((level) => openRun(join(dir, `level-${level}`)).settings);
    expect(settings.map(({ perClass }) => perClass)).toEqual([4, 3]);
    expect(settings[0]?.seed).not.toBe(settings[1]?.seed);
  });

  it("trains every level by the loss that its settings say, with means that leave an image out where asked to", () => {
    const of = { ...small, levels: 2 };
    const loss = { leaveOneOut: true };
    const { dir, steps } = subdivided("leave one out", of, { loss });
    const published = subdivided("published", of, { loss: { leaveOneOut: false } });
    const settings = [1, 2].map((level) => openRun(join(dir, `level-${level}`)).settings);
    expect(settings.map(({ loss }) => loss.leaveOneOut)).toEqual([true, true]);
    const first = (of: readonly SubdivisionStep[]) => of[0]?.step?.loss as number;
    expect(first(steps)).toBeGreaterThan(first(published.steps)); // the same batch, held against the others of each class alone
    expect(() => subdivided("one", { ...of, perSubclass: 1 }, { loss })).toThrow(
      "subdivide: expected perSubclass to be 2 or more for means that leave an image out (loss.leaveOneOut), but got 1.",
    );
    expect(existsSync(join(folder, "one"))).toBe(false);
  });

  it("leaves runs that name the classes, not the sub-classes, so that they are evaluated like any", () => {
    const { dir } = subdivided("runs", { ...small, levels: 2 });
    const { classes, network } = loadRun(join(dir, "level-2"));
    expect(classes).toEqual(data.classes);
    expect(embed(network, data.test).rows).toBe(18);
    network.dispose();
  });

  it("answers with classes, sub-classes and none of these, without the data it learned from", () => {
    const { dir } = subdivided("answers", small, { steps: 20, augmentation: "none" });
    const { network, gaussians, subclassNames, noneBelow, level, reports } = loadSubdivision(dir);
    expect([level, reports.length, subclassNames.length]).toEqual([3, 3, gaussians.subclasses]);
    expect(subclassNames.slice(0, 3)).toEqual(["flat 1", "flat 2", "flat 3"]);
    const X = embed(network, data.validation);
    const posterior = gaussians.posterior(X);
    const bySubclass = gaussians.subclassPosterior(X);
    for (let i = 0; i < X.rows; i++) {
      const ofFlat = bySubclass.subarray(i * 9, i * 9 + 3).reduce((a, b) => a + b, 0);
      expect(posterior[i * 3]).toBeCloseTo(ofFlat, 12);
    }
    const far = X.take([0, 1]);
    far.row(1).fill(1e4);
    const { predicted, subclass } = gaussians.classify(far, { minimumLogDensity: noneBelow });
    expect([predicted[1], subclass[1]]).toEqual([-1, -1]);
    expect(predicted[0]).toBeGreaterThanOrEqual(0);
    network.dispose();
  });

  it("spreads the votes of other classes over their sub-classes, and keeps the whole of its own in an image's sub-class", () => {
    const votes = Float32Array.from({ length: 90 * 3 }, (_, j) => (data.train.labels[Math.floor(j / 3)] === j % 3 ? 0.8 : 0.1));
    const voted = { ...data, train: { ...data.train, votes } };
    const { dir } = subdivided("votes", { ...small, levels: 2 }, {}, voted);
    const split = readSplit(splitPath(dir, 2));
    const known = split?.known as Float32Array;
    for (let i = 0; i < 90; i++) {
      const row = Array.from(known.subarray(i * 6, (i + 1) * 6));
      const ofClass = (c: number) => row.reduce((sum, p, s) => (split?.parents[s] === c ? sum + p : sum), 0);
      expect(row[split?.labels[i] as number]).toBeCloseTo(0.8, 6);
      expect([0, 1, 2].map(ofClass)).toEqual([0, 1, 2].map((c) => expect.closeTo(votes[i * 3 + c] as number, 6)));
    }
    const { dir: labelled } = subdivided("labelled", { ...small, levels: 2 }, { targets: "labels" }, voted);
    expect(readSplit(splitPath(labelled, 2))?.known).toBeUndefined();
  });

  it("keeps what was apart apart when nested, and who was who", () => {
    const { dir } = subdivided("nested", { ...small, levels: 4, nested: true });
    for (const level of [3, 4]) {
      const [before, now] = [readSplit(splitPath(dir, level - 1)), readSplit(splitPath(dir, level))];
      const parentOf = new Map<number, number>();
      for (const [i, s] of (now?.labels ?? []).entries()) {
        const earlier = before?.labels[i] as number;
        expect(parentOf.get(s) ?? earlier).toBe(earlier);
        parentOf.set(s, earlier);
      }
      expect(new Set(parentOf.values())).toEqual(new Set(before?.labels));
    }
  });

  it("splits into the most sub-classes from level 2 on when told to grow at once", () => {
    const { steps } = subdivided("at-once", { ...small, growth: "at-once", subclasses: 3, firstEpochs: 1 });
    expect(reportsOf(steps).map(({ subclasses }) => subclasses)).toEqual([3, 9, 9]);
  });

  it("goes on after any stop and ends at the bytes of one that was left alone", () => {
    const { dir: whole } = subdivided("whole", small, { checkpoint: { seconds: 0 } });
    const dir = join(folder, "stopped");
    createSubdivision(dir, tinySettings({ steps: 6, checkpoint: { seconds: 0 } }), small);
    let sessions = 0;
    for (const count of [3, 5, 1, 4, 2, 1, 100]) {
      sessions++;
      let n = 0;
      for (const _ of subdivide({ folder: openSubdivision(dir), data })) if (++n === count) break;
    }
    expect(sessions).toBe(7);
    for (const name of ["level-1/best.safetensors", "level-2/split.safetensors", "level-3/best.safetensors", "level-3/level.json"]) {
      expect(readFileSync(join(dir, name)).equals(readFileSync(join(whole, name))), name).toBe(true);
    }
    expect(readdirSync(dir).sort()).toEqual(["level-1", "level-2", "level-3", "subdivision.json"]);
    expect([...subdivide({ folder: openSubdivision(dir), data })]).toEqual([]);
  });

  it("stops after the step in which its signal is aborted", () => {
    const made = createSubdivision(join(folder, "aborted"), tinySettings({ steps: 6 }), small);
    const stop = new AbortController();
    const steps: SubdivisionStep[] = [];
    for (const step of subdivide({ folder: made, data, signal: stop.signal })) {
      steps.push(step);
      if (step.level === 2 && step.step?.step === 2) stop.abort();
    }
    expect(steps.at(-1)?.step).toMatchObject({ step: 3, ended: { reason: "stopped" } });
  });

  it("leaves no tensor behind", () => {
    const before = liveTensors();
    subdivided("leak");
    expect(liveTensors()).toBe(before);
  });

  it("goes without validation images, and without a word of how the classes hold", () => {
    const { steps } = subdivided("no-validation", small, {}, stripes({ train: 90, validation: 0 }));
    expect(reportsOf(steps).map(({ neighborAccuracy }) => neighborAccuracy)).toEqual([undefined, undefined, undefined]);
  });

  it("refuses losses with weights of their own for each class, folders that are taken, and what is no subdivision", () => {
    const made = createSubdivision(join(folder, "softmax"), tinySettings({ loss: { name: "softmax" } }), small);
    expect(() => subdivide({ folder: made, data }).next()).toThrow(
      'subdivide: expected loss.name to be a loss without weights of its own for each class, such as sgm, but got "softmax".',
    );
    expect(() => createSubdivision(made.dir, tinySettings(), small)).toThrow(
      `createSubdivision: expected ${made.dir} to be empty or not there, but it holds a subdivision already.\n  Resume it, or name another folder.`,
    );
    expect(() => createSubdivision(join(folder, "x"), tinySettings(), { level: 3 } as object)).toThrow(
      'subdivide: unknown option "level"; did you mean "levels"?',
    );
    expect(existsSync(join(folder, "x"))).toBe(false);
    expect(() => loadSubdivision(made.dir)).toThrow(
      `subdivision at ${made.dir}: level 1 is not done; no level is.\n  Go on with it: semblant subdivide --resume ${made.dir}`,
    );
    writeFileSync(join(made.dir, "subdivision.json"), "{");
    expect(() => openSubdivision(made.dir)).toThrow("subdivision.json: expected JSON with a format, but got something else.");
    writeFileSync(join(made.dir, "subdivision.json"), '{"format":9}');
    expect(() => openSubdivision(made.dir)).toThrow("expected format 1, but got 9.");
  });

  it("refuses to go on with other data", () => {
    const { dir } = subdivided("other", { ...small, levels: 1 });
    const longer = { ...openSubdivision(dir), subdivision: { ...openSubdivision(dir).subdivision, levels: 2 } };
    expect(() => [...subdivide({ folder: longer, data: stripes({ train: 60 }) })]).toThrow(
      `subdivision at ${dir}: expected the data it began with, 90 training images of 3 classes, but got 60 of 3.`,
    );
  });
});
