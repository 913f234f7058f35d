import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import { resolveSettings } from "@semblant/training/settings";
import { afterAll, describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-config-"));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

describe("settings from a file", () => {
  it("are YAML as nested as a run's settings.json, and overrides come after them", () => {
    const path = file("sgm.yaml", "preset: paper\nloss:\n  sigma: 1.5\nnetwork: { baseChannels: 32 }\nclip: null\n");
    const settings = resolveSettings(readConfig(path), ["loss.sigma=2"]);
    expect([settings.preset, settings.loss.sigma, settings.network.baseChannels, settings.clip]).toEqual(["paper", 2, 32, null]);
  });

  it("may be JSON, and may be none at all", () => {
    expect(readConfig(file("a.json", '{"epochs": 3}'))).toEqual({ epochs: 3 });
    expect(readConfig(file("empty.yaml", "# nothing yet\n"))).toEqual({});
  });

  it("are refused where the file is missing, is not YAML, or is a list", () => {
    expect(() => readConfig(join(folder, "none.yaml"))).toThrow(DataError);
    expect(() => readConfig(join(folder, "none.yaml"))).toThrow(
      "none.yaml: expected a YAML file of settings, but it cannot be read (ENOENT).",
    );
    expect(() => readConfig(file("bad.yaml", "a: [1, 2\nb: 3\n"))).toThrow(/bad\.yaml: expected YAML, but .* at line \d+, column \d+\.$/);
    expect(() => readConfig(file("list.yaml", "- 1\n- 2\n"))).toThrow(
      'expected settings by name, like "loss: { sigma: 2 }", but got [1,2].',
    );
  });

  it("are refused where they hold themselves, at the top or within", () => {
    const refusal = (text: string) => {
      try {
        resolveSettings(readConfig(file("self.yaml", text)));
      } catch (error) {
        return `${(error as Error).name}: ${(error as Error).message}`;
      }
      return "taken";
    };
    expect(refusal("seed: &x [*x]")).toBe(
      "OptionError: settings: expected seed to be a whole number from 0 to 4294967295, but got a list that holds itself.",
    );
    expect(refusal("&x [*x]")).toMatch(
      /self\.yaml: expected settings by name, like "loss: \{ sigma: 2 \}", but got a list that holds itself\.$/,
    );
    expect(refusal("data: &x { source: *x }")).toBe(
      "OptionError: settings: expected data.source to be a text, but got an object that holds itself.",
    );
    expect(refusal("&x { data: *x }")).toMatch(
      /^OptionError: settings: unknown option "data", which is a section, as an object that holds itself; did you/,
    );
    expect(refusal("a: &a [x, x]\nb: &b [*a, *a]\nloss: { sigma: [*b, *b] }")).toMatch(/^OptionError: settings: /);
    expect(refusal("__proto__: { seed: 1 }")).toMatch(/^OptionError: settings: unknown option "__proto__\.seed"; did you mean "seed"\?$/);
    expect(refusal("constructor: 1")).toMatch(/^OptionError: settings: unknown option "constructor"; known: /);
  });
});
