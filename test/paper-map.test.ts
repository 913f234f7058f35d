/** `paper/README.md` says where each piece of the paper is; here that is held against the files. */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { experimentNames } from "../packages/lab/src/paper/experiments.ts";

const root = resolve(import.meta.dirname, "..");
const map = readFileSync(resolve(root, "paper/README.md"), "utf8");
const places = [...map.matchAll(/`([\w./-]+\.(?:ts|md))(?:: ([^`]+))?`/g)].map(([, path, name]) => ({ path: path as string, name }));
const readings = readFileSync(resolve(root, "paper/readings.md"), "utf8");

describe("the map of the paper", () => {
  it("names files that are there, and in them what it says is in them", () => {
    expect(places.length).toBeGreaterThan(40);
    const lost = places.filter(({ path, name }) => {
      if (!existsSync(resolve(root, path))) return true;
      if (name === undefined) return false;
      const text = readFileSync(resolve(root, path), "utf8");
      return path.endsWith(".test.ts") ? !text.includes(`"${name}"`) : !new RegExp(`\\b(function\\*?|class|const) ${name}\\b`).test(text);
    });
    expect(lost).toEqual([]);
  });

  it("has every experiment, and no other", () => {
    const commands = [...map.matchAll(/`semblant reproduce ((?:table|figure)-\d+)`/g)].map(([, name]) => name);
    expect(commands).toEqual(experimentNames);
  });

  it("has every equation, algorithm, table and figure", () => {
    const wanted = ["eq. 1", "eqs. 2–3", "eq. 4", "Algorithm 1", "Algorithm 2", "Table 1", "Table 2"];
    for (let n = 1; n <= 9; n++) wanted.push(`Figure ${n}`);
    expect(wanted.filter((piece) => !map.includes(`| ${piece},`))).toEqual([]);
  });

  it("refers to readings that are there", () => {
    const numbers = [...map.matchAll(/^\|.*\| ([\d, –]+) \|$/gm)].flatMap(([, list]) => (list as string).match(/\d+/g) ?? []);
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers.filter((number) => !readings.includes(`\n| ${number} |`))).toEqual([]);
  });
});
