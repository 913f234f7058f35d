import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { picturesInWords } from "@semblant/core/internals";
import { describe, expect, it } from "vitest";
import { appTables } from "../bench/app-tables.ts";
import { communicationTables } from "../bench/communication-table.ts";
import { sizeTables } from "../bench/sizes/tables.ts";
import { speedTables } from "../bench/table.ts";
import { ablationTable } from "../experiments/ablation.ts";
import { adaptShortTable, adaptTable } from "../experiments/adapt.ts";
import { degradedTable } from "../experiments/degraded-faces.ts";
import { demoSeedsTable, demoTrainings } from "../experiments/demo-seeds.ts";
import { networksTable, pairsTable } from "../experiments/fer-plus-networks.ts";
import { subdivisionTable } from "../experiments/fer-plus-subdivision.ts";
import { tablesPairs, tablesRows } from "../experiments/fer-plus-tables.ts";
import { framingsTable, groupFacesTable } from "../experiments/found-faces.ts";
import { hiddenSubclassesTable } from "../experiments/hidden-subclasses.ts";
import { leaveOneOutTable } from "../experiments/leave-one-out.ts";
import { peersTable } from "../experiments/peers.ts";
import { posedTable } from "../experiments/posed-model.ts";
import { resultsTable } from "../experiments/table.ts";
import { turnedFacesTable } from "../experiments/turned-faces.ts";
import { classTable, colorTable } from "../scripts/docs/design-tables.ts";
import { proseFiles } from "./prose.ts";

const root = resolve(import.meta.dirname, "..");
const page = (path: string) => readFileSync(resolve(root, path), "utf8");
/** What stands between two marks of a page. */
const section = (path: string, name: string) => page(path).match(new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)\\n<!-- /${name} -->`))?.[1];

describe("README and the pages beside it", () => {
  it.each<[path: string, name: string, table: () => string]>([
    ["README.md", "peers", peersTable],
    ["docs/results.md", "results", resultsTable],
    ["docs/training.md", "ablation", ablationTable],
    ["docs/found-faces.md", "framings", framingsTable],
    ["docs/found-faces.md", "group-faces", groupFacesTable],
    ["docs/found-faces.md", "turned-faces", turnedFacesTable],
    ["docs/how-to/when-it-is-wrong.md", "adapt", adaptShortTable],
    ["experiments/pages/adapt.md", "adapt", adaptTable],
    ["experiments/pages/degraded-faces.md", "degraded", degradedTable],
    ["experiments/pages/posed-model.md", "posed", posedTable],
    ["experiments/pages/demo-seeds.md", "demo-seeds", demoSeedsTable],
    ["experiments/pages/fer-plus-networks.md", "networks", networksTable],
    ["experiments/pages/fer-plus-networks.md", "pairs", pairsTable],
    ["experiments/pages/fer-plus-tables.md", "tables", tablesRows],
    ["experiments/pages/fer-plus-tables.md", "table-pairs", tablesPairs],
    ["experiments/pages/leave-one-out.md", "leave-one-out", leaveOneOutTable],
    ["experiments/pages/fer-plus-subdivision.md", "subdivision", subdivisionTable],
    ["experiments/pages/hidden-subclasses.md", "hidden-subclasses", hiddenSubclassesTable],
    ["docs/explanation/design-language.md", "colors", colorTable],
    ["docs/explanation/design-language.md", "expressions", classTable],
    ...Object.entries(speedTables()).map(([name, text]): [string, string, () => string] => ["docs/speed.md", name, () => text]),
    ...Object.entries(appTables()).map(([name, text]): [string, string, () => string] => ["docs/app-speed.md", name, () => text]),
    ...Object.entries(communicationTables()).map(([name, text]): [string, string, () => string] => [
      "docs/how-to/train-on-several-machines.md",
      name,
      () => text,
    ]),
    ...Object.entries(sizeTables()).map(([name, text]): [string, string, () => string] => [
      "docs/explanation/what-to-take-when.md",
      name,
      () => text,
    ]),
  ])("%s shows the table of %s that is in the results", (path, name, table) => {
    expect(section(path, name)).toBe(table());
  });

  it("say of the demo what its trainings named", () => {
    const named = demoTrainings().trained.map(({ accuracy }) => accuracy);
    const range = `${Math.round(Math.min(...named))} to ${Math.round(Math.max(...named))} % of the faces`;
    expect(page("docs/command-line.md")).toContain(`it named ${range}`);
    expect(page("experiments/pages/demo-seeds.md")).toContain(`it names ${range}`);
  });

  it("say of the model that ships what its card says", () => {
    const { value, low, high } = accuracyOf("models/expression.md");
    const small = accuracyOf("models/expression-small.md");
    expect(page("README.md")).toContain(`**${value} %** (${low}–${high})`);
    for (const line of page("README.md").match(/^\| `@vladmandic.*$/gm) ?? []) {
      const [said = ""] = /[\d.]+ % \([\d.–]+\)/.exec(line) ?? [];
      expect(page("experiments/pages/peers.md")).toContain(said);
    }
    expect(page("docs/results.md")).toContain(`${value} % (${low}–${high})`);
    expect(page("docs/results.md")).toContain(`${small.value} % (${small.low}–${small.high})`);
    const fear = /\| fear \| ([\d.]+) % \| (\d+) \|/.exec(page("models/expression.md"));
    expect(page("README.md")).toContain(`of ${fear?.[2]} faces of fear it finds ${Math.round(Number(fear?.[1]))} %`);
  });

  it("name the pictures that are read, and their endings, by the one list", () => {
    expect(section("docs/photos.md", "pictures")).toBe(picturesInWords());
    const promised = /\| Only (.*) reach a decoder\./.exec(page("docs/promises.md"))?.[1] ?? "";
    expect(promised.split(/, | and /).sort()).toEqual([...picturesInWords().matchAll(/(\w+) \(/g)].map(([, name]) => name).sort());
  });

  it("link to files and headings that are there", () => {
    const links = proseFiles(root).flatMap((file) =>
      [...page(file).matchAll(/(?:\]\(|src=")(?!https?:)([^)#"\s]*)(?:#([^)"\s]+))?[)"]/g)].map(([, to = "", heading]) => ({
        file,
        to,
        heading,
      })),
    );
    expect(links.length).toBeGreaterThan(50);
    const lost = links.filter(({ file, to, heading }) => {
      const target = to === "" ? resolve(root, file) : resolve(root, dirname(file), to.endsWith("/") ? `${to}README.md` : to);
      if (!existsSync(target)) return true;
      return heading !== undefined && !headings(readFileSync(target, "utf8")).includes(heading);
    });
    expect(lost).toEqual([]);
  });
});

/** The first accuracy of a card, with its interval. */
function accuracyOf(card: string): { value: string; low: string; high: string } {
  const [, value = "", low = "", high = ""] = /\| accuracy, % \| ([\d.]+) \(([\d.]+)–([\d.]+)\) \|/.exec(page(card)) ?? [];
  return { value, low, high };
}

/** The anchors of a page's headings, as GitHub makes them. */
function headings(markdown: string): string[] {
  return [...markdown.matchAll(/^#{1,6} (.+)$/gm)].map(([, text = ""]) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
