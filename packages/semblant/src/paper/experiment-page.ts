import { type Html, html, trusted } from "../html.ts";
import { page } from "../report/page.ts";
import { card, settingsList } from "../report/sections.ts";
import type { Experiment, Finding, Section, Table } from "./experiment.ts";

/** What made the page, at its foot. */
export interface Provenance {
  readonly command: string;
  readonly settings: Readonly<Record<string, object>>;
  readonly seconds: number;
  readonly version: string;
  readonly quick: boolean;
}

/** An experiment's page as one HTML file: the answer, the tables and pictures, and the settings that made them. */
export function experimentPage(experiment: Experiment, { lead, sections }: Finding, made: Provenance): string {
  const body = html`<div class="grid">
${card("What the paper has", experiment.paper, made.quick ? html`<p><b>Quick:</b> generated faces, small networks and minutes. The shapes are real, the numbers are not the paper's.</p>` : html``, true)}
${sections.map((section) => card(section.title, section.text, contentOf(section), true))}
${Object.entries(made.settings).map(([run, settings]) => card(`Settings of ${run}`, "As the run's folder keeps them.", settingsList(settings), true))}
</div>`;
  return page(
    experiment.title,
    lead,
    body,
    `Made by ${made.command} (semblant ${made.version}) in ${made.seconds.toFixed(0)} s. Pictures hold copies of faces from the data set: share them only where the data set may be shared. Class names say what a face looks like, not what a person feels.`,
  );
}

function contentOf({ table, picture, title }: Section): Html {
  return html`${table ? tableOf(table) : ""}${picture ? pictureOf(picture.svg, title) : ""}`;
}

function tableOf([head = [], ...rows]: Table): Html {
  return html`<div class="scroll"><table><thead><tr>${head.map((cell) => html`<th>${cell}</th>`)}</tr></thead>
<tbody>${rows.map(([name = "", ...cells]) => html`<tr><th>${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>`;
}

/** As an image: what a picture's own markup brings along stays out of the page's. */
function pictureOf(svg: string, title: string): Html {
  return html`<img class="picture" alt="${title}" src="${trusted(`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`)}">`;
}
