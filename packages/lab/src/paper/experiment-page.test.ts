import { describe, expect, it } from "vitest";
import type { Experiment } from "./experiment.ts";
import { experimentPage } from "./experiment-page.ts";
import type { Finding } from "./finding.ts";

const experiment = { name: "table-9", title: "Table 9: a <title>", paper: "What it says." } as Experiment;
const finding: Finding = {
  lead: "It came out.",
  runs: ["a", "b"],
  numbers: {},
  sections: [
    {
      title: "Numbers",
      text: "By hand.",
      table: [
        ["%", "Acc"],
        ["ours & theirs", "82.4"],
      ],
    },
    { title: "A picture", text: "Drawn.", picture: { file: "p", svg: '<svg xmlns="http://www.w3.org/2000/svg"/>' } },
  ],
};
const made = {
  command: "semblant reproduce table-9",
  seconds: 3,
  version: "1.2.3",
  quick: true,
  settings: { a: { seed: 0, loss: { name: "sgm" }, epochs: 4 }, b: { seed: 0, loss: { name: "triplet" }, epochs: 4 } },
};

describe("an experiment's page", () => {
  const page = experimentPage(experiment, finding, made);

  it("shows lead, tables and pictures, and escapes what is text", () => {
    expect(page).toContain("<h1>Table 9: a &#60;title&#62;</h1>");
    expect(page).toContain("It came out.");
    expect(page).toContain("<th>ours &#38; theirs</th><td>82.4</td>");
    expect(page).toContain(
      `src="data:image/svg+xml;base64,${Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString("base64")}"`,
    );
  });

  it("says what the runs differ in, and once what they have in common", () => {
    expect(page).toContain('<th>run</th><th class="words">loss.name</th>');
    expect(page).toContain('<th>b</th><td class="words">triplet</td>');
    expect(page.match(/epochs/g)).toHaveLength(1);
  });

  it("says that a quick one is no measure of the paper", () => {
    expect(page).toContain("the numbers are not the paper's".replace("'", "&#39;").replace("&#39;", "'"));
    expect(experimentPage(experiment, finding, { ...made, quick: false })).not.toContain("Quick:");
  });

  it("loads nothing and runs nothing", () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toContain("<script");
  });
});
