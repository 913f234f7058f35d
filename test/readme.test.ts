import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { picturesInWords } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { speedTable } from "../bench/table.ts";
import { ablationTable } from "../experiments/ablation.ts";
import { demoSeedsTable, demoTrainings } from "../experiments/demo-seeds.ts";
import { networksTable, pairsTable } from "../experiments/fer-plus-networks.ts";
import { subdivisionTable } from "../experiments/fer-plus-subdivision.ts";
import { framingsTable, groupFacesTable } from "../experiments/found-faces.ts";
import { hiddenSubclassesTable } from "../experiments/hidden-subclasses.ts";
import { leaveOneOutTable } from "../experiments/leave-one-out.ts";
import { resultsTable } from "../experiments/table.ts";
import { turnedFacesTable } from "../experiments/turned-faces.ts";

const root = resolve(import.meta.dirname, "..");
const readme = readFileSync(resolve(root, "README.md"), "utf8");
const section = (name: string) => readme.match(new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)\\n<!-- /${name} -->`))?.[1];

describe("README", () => {
  it("shows the results that are in experiments/results", () => {
    expect(section("results")).toBe(resultsTable());
  });

  it("says of the demo what its trainings named", () => {
    const named = demoTrainings().trained.map(({ accuracy }) => accuracy);
    expect(readme).toContain(`it named ${Math.round(Math.min(...named))} to ${Math.round(Math.max(...named))} % of the faces`);
  });

  it("shows the ablation that is in experiments/results, in docs/training.md", () => {
    const training = readFileSync(resolve(root, "docs/training.md"), "utf8");
    expect(training).toContain(`<!-- ablation -->\n${ablationTable()}\n<!-- /ablation -->`);
  });

  it("shows the networks, pairs and kinds that are in experiments/results, in experiments/README.md", () => {
    const log = readFileSync(resolve(root, "experiments/README.md"), "utf8");
    const tables = {
      "demo-seeds": demoSeedsTable(),
      networks: networksTable(),
      pairs: pairsTable(),
      "leave-one-out": leaveOneOutTable(),
      subdivision: subdivisionTable(),
      "hidden-subclasses": hiddenSubclassesTable(),
    };
    for (const [name, table] of Object.entries(tables)) expect(log).toContain(`<!-- ${name} -->\n${table}\n<!-- /${name} -->`);
  });

  it("shows the faces that are found, by size, framing and angle, in docs/found-faces.md", () => {
    const page = readFileSync(resolve(root, "docs/found-faces.md"), "utf8");
    const tables = { framings: framingsTable(), "group-faces": groupFacesTable(), "turned-faces": turnedFacesTable() };
    for (const [name, table] of Object.entries(tables)) expect(page).toContain(`<!-- ${name} -->\n${table}\n<!-- /${name} -->`);
  });

  it("shows the speed that is in bench/results", () => {
    expect(section("speed")).toBe(speedTable());
  });

  it("names the pictures that are read, and their endings, by the one list", () => {
    expect(section("pictures")).toBe(picturesInWords());
    const promised = /\| Only (.*) reach a decoder\./.exec(readFileSync(resolve(root, "docs/promises.md"), "utf8"))?.[1] ?? "";
    expect(promised.split(/, | and /).sort()).toEqual([...picturesInWords().matchAll(/(\w+) \(/g)].map(([, name]) => name).sort());
  });

  it("links to files that are there", () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map((match) => match[1] as string);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) readFileSync(resolve(root, link.endsWith("/") ? `${link}README.md` : link));
  });
});
