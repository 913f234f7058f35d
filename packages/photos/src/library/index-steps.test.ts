import { describe, expect, it } from "vitest";
import type { JobEnd } from "../queue/read-jobs.ts";
import { StepCounts } from "./index-steps.ts";

const end = (outcome: JobEnd["outcome"]): JobEnd => ({
  job: { path: `${outcome}.jpg`, bytes: 1, modified: 1, suspect: 0 },
  outcome,
  reading: { hash: "", width: 1, height: 1, perceptualHash: 0n, surely: 1, faces: [] },
});
const progress = (left: number) => ({ left, others: 2, perSecond: 4 });

describe("StepCounts", () => {
  it("says of an index how much of the whole folder needs no more work", () => {
    const counts = new StepCounts({ total: 400, todo: 150, errors: 0 });
    const step = counts.step(end("read"), 1, progress(130));
    expect([step?.done, step?.total, step?.waiting]).toEqual([270, 400, undefined]);
  });

  it("counts up what a worker read itself, and says how many still wait", () => {
    const counts = new StepCounts({ total: 374, todo: 374, errors: 0, byOthers: true });
    const steps = [374, 320, 31].map((left) => counts.step(end("read"), 1, progress(left)));
    expect(steps.map((step) => [step?.done, step?.waiting])).toEqual([
      [1, 374],
      [2, 320],
      [3, 31],
    ]);
  });

  it("leaves to the others' count what another process ended, so that no photo is in no count", () => {
    const counts = new StepCounts({ total: 150, todo: 150, errors: 0, byOthers: true });
    expect([counts.step(end("read"), 1, progress(149)), counts.step(end("failed"), 0, progress(148))].map((step) => step?.done)).toEqual([
      1, 2,
    ]);
    expect([counts.step(end("taken"), 0, progress(147)), counts.step(end("unseen"), 0, progress(146))]).toEqual([undefined, undefined]);
    expect(counts.step(end("gone"), 0, progress(145))).toBeUndefined();
    expect(counts.ended).toBe(3);
  });
});
