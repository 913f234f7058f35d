import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { trainRun } from "./train-run.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-go-on-"));
afterAll(() => rmSync(folder, { recursive: true }));

const out = join(folder, "run");
const tiny = [
  ..."data.count=80 data.cache=false network.baseChannels=4 network.size=16 perClass=2 validation.gallery=40 checkpoint.seconds=0".split(
    " ",
  ),
  "steps=4",
];
const made: number[] = [];

describe("a training that is started again by the same command", () => {
  it("begins where there is no run yet, and goes on where there is one", async () => {
    const stop = new AbortController();
    const first = await trainRun({ overrides: tiny, out, goOn: true, signal: stop.signal }, ({ step }) => {
      made.push(step);
      if (step === 2) stop.abort();
    });
    expect(first.last.ended?.reason).toBe("stopped");
    const second = await trainRun({ overrides: tiny, out, goOn: true }, ({ step }) => made.push(step));
    expect([second.last.ended?.reason, second.run, made]).toEqual(["finished", out, [1, 2, 3, 4]]);
  });

  it("has nothing to do where the run has ended", async () => {
    const third = await trainRun({ overrides: tiny, out, goOn: true }, ({ step }) => made.push(step));
    expect([third.last.step, made]).toEqual([4, [1, 2, 3, 4]]);
  });

  it("is refused other settings, and a run without a folder", async () => {
    await expect(trainRun({ overrides: [...tiny, "loss.sigma=3"], out, goOn: true })).rejects.toThrow(
      `train: ${out} holds a run with other settings: loss.sigma is 2, not 3.\n  Name another folder with --out.`,
    );
    await expect(trainRun({ overrides: tiny, goOn: true })).rejects.toThrow("train: expected --out beside --go-on, but got no folder.");
  });
});
