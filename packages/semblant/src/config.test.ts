import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import { resolveSettings } from "@semblant/training";
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
    const path = file("sgm.yaml", "preset: paper\nloss:\n  sigma: 1.5\nnetwork: { width: 32 }\nclip: null\n");
    const settings = resolveSettings(readConfig(path), ["loss.sigma=2"]);
    expect([settings.preset, settings.loss.sigma, settings.network.width, settings.clip]).toEqual(["paper", 2, 32, null]);
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
});
