import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { withMoment } from "./kept-measures.ts";
import { errorOf } from "./own-process.ts";
import { newRunName, runsFolderOf, runsIn } from "./runs-folder.ts";

const around = realpathSync(mkdtempSync(join(tmpdir(), "semblant-runs-folder-")));
afterAll(() => rmSync(around, { recursive: true }));
const make = (path: string) => {
  mkdirSync(join(around, path), { recursive: true });
  writeFileSync(join(around, path, "settings.json"), "{}");
};

describe("the folder of runs", () => {
  it("is the folder that holds runs, that around a run, runs/ in it, or that of the command", () => {
    make("trained/1");
    make("photos/runs/7");
    mkdirSync(join(around, "bare"));
    expect(runsFolderOf(join(around, "trained"))).toBe(join(around, "trained"));
    expect(runsFolderOf(join(around, "trained/1"))).toBe(join(around, "trained"));
    expect(runsFolderOf(join(around, "photos"))).toBe(join(around, "photos/runs"));
    expect(runsFolderOf(join(around, "bare"), "/elsewhere")).toBe("/elsewhere/runs");
    expect(runsIn(join(around, "nowhere"))).toEqual([]);
  });

  it("names a new run by the first number that is free", () => {
    expect(newRunName(join(around, "trained"), undefined)).toBe("2");
    expect(newRunName(join(around, "trained"), "", (name) => name === "2")).toBe("3");
    expect(newRunName(join(around, "trained"), "größer-2.1")).toBe("größer-2.1");
    for (const name of [".", "..", ".hidden", "a/b", "a\\b", "a b", "-x", "x".repeat(65)])
      expect(() => newRunName(around, name)).toThrow(/expected a name/);
  });
});

describe("what a command said", () => {
  it("is its last error, in its class", () => {
    const error = errorOf("reading the data ...\nDataError: data at x: no such file.\n  Name another.\n");
    expect([error.name, error.message]).toEqual(["DataError", "data at x: no such file.\n  Name another."]);
  });

  it("is its last line where it was no error of ours", () => {
    expect(errorOf("TypeError: x\n    at y\nKilled\n").message).toBe(
      "runs: expected the process to do its work, but it ended early.\n  Killed",
    );
  });
});

describe("the moments of a map", () => {
  const faces = { classes: ["a"], ids: ["1", "2"], labels: [0, 0] };
  const formed = (step: number) => ({ ...faces, step, positions: [step, 0, 0, step] });

  it("are kept in order; a run that went back loses those after its checkpoint", () => {
    const kept = [10, 20, 30].reduce<ReturnType<typeof withMoment> | undefined>((map, step) => withMoment(map, formed(step)), undefined);
    expect(kept?.moments.map(({ step }) => step)).toEqual([10, 20, 30]);
    expect(withMoment(kept, formed(20)).moments.map(({ step }) => step)).toEqual([10, 20]);
    expect(withMoment(kept, { ...formed(40), ids: ["3", "4"] }).moments).toHaveLength(1);
  });

  it("are thinned where there are many, the newest least", () => {
    let kept: ReturnType<typeof withMoment> | undefined;
    for (let step = 1; step <= 300; step++) kept = withMoment(kept, formed(step));
    expect(kept?.moments.length).toBeLessThan(70);
    expect(kept?.moments.slice(-5).map(({ step }) => step)).toEqual([296, 297, 298, 299, 300]);
  });
});
