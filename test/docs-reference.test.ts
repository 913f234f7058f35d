import { loadable } from "@semblant/torch";
import { lossNames, networkNames } from "@semblant/training/settings";
import { describe, expect, it } from "vitest";
import { loadCommands } from "../packages/semblant/src/load-commands.ts";
import { apiPage } from "../scripts/docs/api-page.ts";
import { commandsPage } from "../scripts/docs/commands-page.ts";
import { dataSets } from "../scripts/docs/data-sets-page.ts";
import { type Docstring, equationsOf } from "../scripts/docs/docstrings.ts";
import { losses } from "../scripts/docs/losses-page.ts";
import { metrics } from "../scripts/docs/metrics-page.ts";
import { countParameters, networksPage } from "../scripts/docs/networks-page.ts";
import { referencePages } from "../scripts/docs/reference.ts";
import { settings } from "../scripts/docs/settings-page.ts";

describe("the reference", () => {
  it("has every command with each of its flags", async () => {
    const { text } = await commandsPage();
    const sections = text.split(/^## /m);
    for (const { page } of await loadCommands()) {
      const section = sections.find((candidate) => candidate.startsWith(`semblant ${page.name}\n`)) ?? "";
      expect({
        command: page.name,
        lacks: page.options.filter(({ flags }) => !section.includes(`| \`${flags.replaceAll("|", "\\|")}\``)),
      }).toEqual({
        command: page.name,
        lacks: [],
      });
    }
  });

  it("says of every setting what it means, what it may be and what it is by default", () => {
    const all = settings();
    expect(all.length).toBeGreaterThan(60);
    expect(all.filter(({ meaning, range, best, paper }) => [meaning, range, best, paper].includes("")).map(({ name }) => name)).toEqual([]);
    expect(all.find(({ name }) => name === "loss.sigma")).toMatchObject({
      range: "a number from 0.000001 to 1000000",
      best: "2",
      paper: "1",
    });
  });

  it("has every loss with its equation and source", async () => {
    const all = await losses();
    expect(all.map(({ declaration }) => declaration.name)).toEqual([...lossNames]);
    expect(all.filter(({ docstring }) => equationsOf(docstring).length === 0).map(({ docstring }) => docstring.name)).toEqual([]);
    expect(all.filter(({ declaration }) => declaration.source === "")).toEqual([]);
    const sgm = all.find(({ declaration }) => declaration.name === "sgm");
    expect(equationsOf(sgm?.docstring as Docstring)[0]).toContain("L = mean over i of Σⱼ (P(wⱼ | f(xᵢ)) − P(wⱼ | xᵢ))²");
  });

  it("has every metric with its formula and range", () => {
    const tables = ["calibrationBins", "confusionMatrix"]; // what metrics are made of
    const all = metrics();
    expect(all.length).toBeGreaterThan(15);
    expect(
      all
        .filter((metric) => equationsOf(metric).length === 0)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(tables);
    const ranged = /\b[Ff]rom (?:a little below )?[−\d.]+\b[\s\S]* to [\d.]+\b|go from 0 to 1/;
    expect(all.filter(({ name, text }) => !tables.includes(name) && !ranged.test(text)).map(({ name }) => name)).toEqual([]);
  });

  it.skipIf(loadable() !== true)("has every network with its number of parameters", { timeout: 120_000 }, async () => {
    const counts = await countParameters();
    expect([...(counts?.keys() ?? [])]).toEqual([...networkNames]);
    expect(counts?.get("resnet18")).toEqual({ embedding: 11_203_072, classes: 11_174_344 });
    expect((await networksPage(counts)).text).toContain("| `resnet18` | 48 × 48 | 11,203,072 | 11,174,344 |");
  });

  it("has every network without libtorch, and then says that nothing was counted", async () => {
    const { text } = await networksPage(undefined);
    expect(networkNames.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
    expect(text).toContain("Parameters were not counted here");
  });

  it("has every data set with what is said of its layout", async () => {
    const all = await dataSets();
    expect(all.map(({ title }) => title)).toContain("JAFFE pictures");
    expect(all.length).toBeGreaterThan(15);
    expect(all.filter(({ text, files }) => `${text}${files}`.length < 80).map(({ title }) => title)).toEqual([]);
  });

  it("has every address of the app's API, and says what each name means that it takes", async () => {
    const { text } = await apiPage();
    for (const address of ["GET /api/photos", "POST /api/search", "PUT /api/documents/{name}"]) expect(text).toContain(`\`${address}\``);
    expect(text).toContain("| `like` | list of numbers | More like these: they draw the query to them. |");
    expect(text.split("\n").filter((line) => /\|\s*\|$/.test(line))).toEqual([]);
  });

  it("is made of pages that have no bar too many in a table, and no link tag", async () => {
    for (const { name, text } of await referencePages(undefined)) {
      const tables = text.split("\n\n").filter((part) => part.startsWith("| "));
      const uneven = tables.filter((part) => new Set(part.split("\n").map((row) => row.match(/(?<!\\)\|/g)?.length)).size !== 1);
      expect({ name, uneven, tags: text.match(/\{@\w+/g) }).toEqual({ name, uneven: [], tags: null });
    }
  });
});
