import { type Html, html, page, trusted } from "@semblant/photos/internals";
import { card, settingsList } from "../report/sections.ts";
import type { Experiment } from "./experiment.ts";
import type { Finding, Section, Table } from "./finding.ts";

/** What made the page, at its foot. */
export interface Provenance {
  readonly command: string;
  readonly settings: Readonly<Record<string, object>>;
  readonly seconds: number;
  readonly version: string;
  readonly quick: boolean;
}

const quickNote = html`<p><b>Quick:</b> generated faces, small networks and minutes.
The shapes are real, the numbers are not the paper's.</p>`;

/** An experiment's page as one HTML file: the answer, the tables and pictures, and the settings that made them. */
export function experimentPage(experiment: Experiment, { lead, sections }: Finding, made: Provenance): string {
  const body = html`<div class="grid">
${card("What the paper has", experiment.paper, made.quick ? quickNote : html``, true)}
${sections.map((section) => card(section.title, section.text, contentOf(section), true))}
${settingsOf(made.settings)}
</div>`;
  return page({
    title: experiment.title,
    lead,
    body,
    footer:
      `Made by ${made.command} (semblant ${made.version}) in ${made.seconds.toFixed(0)} s. ` +
      "Pictures hold copies of faces from the data set: share them only where the data set may be shared. " +
      "Class names say what a face looks like, not what a person feels.",
  });
}

/** What all runs have in common, and a table of what they differ in. */
function settingsOf(runs: Provenance["settings"]): Html {
  const flat = Object.entries(runs).map(([run, settings]) => ({ run, leaves: leavesOf(settings) }));
  const [first] = flat;
  if (first === undefined) return html``;
  const names = [...new Set(flat.flatMap(({ leaves }) => [...leaves.keys()]))];
  const differing = names.filter((name) => flat.some(({ leaves }) => leaves.get(name) !== first.leaves.get(name)));
  const common = Object.fromEntries([...first.leaves].filter(([name]) => !differing.includes(name)));
  const table = [["run", ...differing], ...flat.map(({ run, leaves }) => [run, ...differing.map((name) => leaves.get(name) ?? "")])];
  return card(
    "Settings",
    "As the runs' folders keep them.",
    html`${differing.length > 0 ? tableOf(table) : ""}${settingsList(common)}`,
    true,
  );
}

/** Every setting under its dotted name, as text. */
function leavesOf(settings: object, prefix = ""): Map<string, string> {
  return new Map(
    Object.entries(settings).flatMap(([name, value]): [string, string][] =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? [...leavesOf(value, `${prefix}${name}.`)]
        : [[prefix + name, value === null ? "none" : String(value)]],
    ),
  );
}

function contentOf({ table, picture, title }: Section): Html {
  return html`${table ? tableOf(table) : ""}${picture ? pictureOf(picture.svg, title) : ""}`;
}

function tableOf([head = [], ...rows]: Table): Html {
  const words = head.map((_, column) => column > 0 && rows.length > 0 && rows.every((row) => /^\p{L}/u.test(row[column] ?? "")));
  const side = (column: number) => (words[column] ? trusted(' class="words"') : "");
  const heads = head.map((cell, column) => html`<th${side(column)}>${cell}</th>`);
  const lines = rows.map(
    ([name = "", ...cells]) => html`<tr><th>${name}</th>${cells.map((cell, i) => html`<td${side(i + 1)}>${cell}</td>`)}</tr>`,
  );
  return html`<div class="scroll"><table>
<thead><tr>${heads}</tr></thead>
<tbody>${lines}</tbody>
</table></div>`;
}

/** As an image: what a picture's own markup brings along stays out of the page's. */
function pictureOf(svg: string, title: string): Html {
  return html`<img class="picture" alt="${title}" src="${trusted(`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`)}">`;
}
