import { OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import type { PartialSettings } from "./setting-types.ts";
import { resolveSettings } from "./settings.ts";

const refusal = (given: object, overrides: string[] = []) => {
  try {
    resolveSettings(given as PartialSettings, overrides);
  } catch (error) {
    expect(error).toBeInstanceOf(OptionError);
    return (error as Error).message;
  }
  return "taken";
};

describe("a name that is no setting", () => {
  it("gets the setting that a section is about, in a file and in an override alike", () => {
    const said = 'settings: unknown option "data"; did you mean "data.source=faces/"?\n  In YAML: data: { source: ... }';
    expect(refusal({ data: "faces/" })).toBe(said);
    expect(refusal({}, ["data=faces/"])).toBe(said);
    expect(refusal({ loss: "triplet" })).toMatch(/did you mean "loss\.name=triplet"\?/);
    expect(refusal({}, ["network=fmpnet"])).toMatch(/did you mean "network\.name=fmpnet"\?/);
    expect(refusal({}, ["optimizer=sgd"])).toMatch(/did you mean "optimizer\.name=sgd"\?/);
    expect(refusal({ schedule: null })).toMatch(/unknown option "schedule", which is a section, as null; did you mean "schedule\.name"\?/);
    expect(refusal({ data: ["a", "b"] })).toMatch(
      /unknown option "data", which is a section, as \["a","b"\]; did you mean "data\.source"\?/,
    );
  });

  it.each([
    ["learning_rate", "optimizer.learningRate"],
    ["learningRate", "optimizer.learningRate"],
    ["learning-rate", "optimizer.learningRate"],
    ["optimizer.learning_rate", "optimizer.learningRate"],
    ["loss.learning_rate", "optimizer.learningRate"],
    ["lr", "optimizer.learningRate"],
    ["weight_decay", "optimizer.weightDecay"],
    ["batch_size", "batch"],
    ["per_class", "perClass"],
    ["source", "data.source"],
    ["dataset", "data.source"],
    ["soft_labels", "data.softLabels"],
    ["sigma", "loss.sigma"],
    ["sgima", "loss.sigma"],
    ["epoch", "epochs"],
    ["augment", "augmentation"],
    ["model", "network.name"],
    ["SEED", "seed"],
  ])("gets the one that was meant: %s is %s", (name, meant) => {
    expect(refusal({}, [`${name}=1`])).toBe(`settings: unknown option "${name}"; did you mean "${meant}"?`);
    const nested = name.split(".").reduceRight<unknown>((inner, part) => ({ [part]: inner }), 1);
    expect(refusal(nested as object)).toBe(`settings: unknown option "${name}"; did you mean "${meant}"?`);
  });

  it("is listed beside those that are known where none comes near, whatever objects inherit", () => {
    for (const name of ["constructor", "toString", "hasOwnProperty", "__proto__", "zzz"]) {
      expect(refusal({}, [`${name}=1`])).toMatch(new RegExp(`^settings: unknown option "${name}"; known: preset, data\\.source, `));
    }
  });

  it("is answered in a few names: those of its section, or the first and how many more", () => {
    expect(refusal({}, ["constructor=3"])).toMatch(
      /^settings: unknown option "constructor"; known: preset, data\.source, .* and \d+ more\.\n {2}All of them are in a run's settings\.json\.$/,
    );
    expect(refusal({}, ["schedule.__proto__=3"])).toBe(
      'settings: unknown option "schedule.__proto__"; known: schedule.name, schedule.warmup.',
    );
    expect(refusal({ loss: null })).toMatch(/\n {2}In YAML: loss: { name: \.\.\. }, or no such line$/);
  });
});
