import { type Html, html, trusted } from "@semblant/photos/internals";
import { rowShares } from "../pictures/confusion-plot.ts";
import { numberText } from "../words/number-text.ts";
import type { Shown } from "../words/shown.ts";

/** One face with what is said of it; `right` marks a neighbour of the query's own class. */
export interface Face {
  readonly image: string;
  readonly caption: string;
  readonly right?: boolean;
}

/** A query and its nearest training faces, nearest first. */
export interface Strip {
  readonly query: Face;
  readonly neighbors: readonly Face[];
}

/** One class's row of the table: counts, and rates in percent. */
export interface ClassRow {
  readonly name: string;
  /** Row of the palette. */
  readonly style: number;
  readonly faces: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** How early faces of a class come, for those that look for it: rates in percent. */
export interface RetrievalRow {
  readonly name: string;
  /** Row of the palette. */
  readonly style: number;
  readonly rates: readonly number[];
}

const interval = (shown: Shown) => `${numberText(shown.low, shown.digits)} to ${numberText(shown.high, shown.digits)}`;

/** The four numbers to take away. */
export function tiles(shown: readonly Shown[]): Html {
  return html`<div class="tiles">${shown.map(
    (one) =>
      html`<div class="card tile">
  <span class="name">${one.name}</span>
  <b>${numberText(one.value, one.digits)}<small> ${one.unit}</small></b>
  <span>95 %: ${interval(one)}</span><br><span>${one.meaning}</span>
</div>`,
  )}</div>`;
}

export function card(title: string, note: string, content: Html, wide = false): Html {
  return html`<section class="card${wide ? " wide" : ""}"><h2>${title}</h2><p>${note}</p>${content}</section>`;
}

export function chart(svg: string, description: string): Html {
  return html`<div role="img" aria-label="${description}">${trusted(svg)}</div>`;
}

/** Every metric with its interval, one column for all faces and one without twins where that was measured. */
export function metricTable(all: readonly Shown[], withoutTwins: readonly Shown[] | undefined): Html {
  const cells = (shown: Shown | undefined) =>
    html`<td>${shown ? numberText(shown.value, shown.digits) : "–"}</td><td class="soft">${shown ? interval(shown) : ""}</td>`;
  return html`<div class="scroll"><table><thead><tr><th>metric</th><th>value</th><th>95 % interval</th>${
    withoutTwins ? html`<th>without twins</th><th>95 % interval</th>` : ""
  }</tr></thead><tbody>${all.map(
    (shown, i) => html`<tr>
  <th>${shown.name}${shown.unit === "" ? "" : `, ${shown.unit}`}</th>${cells(shown)}${withoutTwins ? cells(withoutTwins[i]) : ""}
</tr>`,
  )}</tbody></table></div>`;
}

/** Rows are what the raters said, columns what the neighbours say; the shade is the share of the row. */
export function confusionTable(counts: ArrayLike<number>, classes: readonly string[]): Html {
  const shares = rowShares(counts, classes.length);
  const row = (name: string, i: number) =>
    html`<tr><th scope="row">${name}</th>${classes.map((_, j) => {
      const at = i * classes.length + j;
      const shade = Math.round(20 * (shares[at] as number));
      return html`<td class="shade-${shade}${i === j ? " right" : ""}">${counts[at] === 0 ? "·" : (counts[at] as number)}</td>`;
    })}</tr>`;
  const heads = classes.map((name) => html`<th scope="col" title="${name}">${name.slice(0, 3)}</th>`);
  return html`<div class="scroll"><table class="confusion">
  <thead><tr><th></th>${heads}</tr></thead>
  <tbody>${classes.map(row)}</tbody>
</table></div>`;
}

export function classTable(rows: readonly ClassRow[]): Html {
  const lines = rows.map(
    (row) => html`<tr>
  <th scope="row"><span class="swatch swatch-${row.style}"></span>${row.name}</th>
  <td>${row.faces}</td><td>${numberText(row.precision, 1)}</td><td>${numberText(row.recall, 1)}</td>
  <td>${numberText(row.f1, 1)}<span class="meter"><i class="bar-${Math.round((row.f1 || 0) / 5)}"></i></span></td>
</tr>`,
  );
  return html`<div class="scroll"><table>
  <thead><tr><th>looks</th><th>faces</th><th>precision</th><th>recall</th><th>F1</th></tr></thead>
  <tbody>${lines}</tbody>
</table></div>`;
}

/** @param names of the rates, in the order of the rows' */
export function retrievalTable(names: readonly string[], rows: readonly RetrievalRow[]): Html {
  const lines = rows.map(
    (row) => html`<tr>
  <th scope="row"><span class="swatch swatch-${row.style}"></span>${row.name}</th>
  ${row.rates.map((rate) => html`<td>${numberText(rate, 1)}</td>`)}
</tr>`,
  );
  return html`<div class="scroll"><table>
  <thead><tr><th>looks</th>${names.map((name) => html`<th>${name}</th>`)}</tr></thead>
  <tbody>${lines}</tbody>
</table></div>`;
}

export function strips(list: readonly Strip[]): Html {
  const face = ({ image, caption, right }: Face) => {
    const mark = right === undefined ? "" : html`<span class="mark" aria-hidden="true">${right ? "✓" : "✗"}</span>`;
    const kind = right === undefined ? "" : right ? "right" : "wrong";
    const spoken = right === undefined ? caption : `${caption}, ${right ? "same class" : "another class"}`;
    const said = html`<figcaption>${right === true ? "" : caption}</figcaption>`;
    return html`<figure class="${kind}"><img src="${trusted(image)}" alt="${spoken}" width="96" height="96">${mark}${said}</figure>`;
  };
  const rows = list.map(({ query, neighbors }) => html`<div class="strip">${face(query)}${neighbors.map(face)}</div>`);
  return html`<div class="strips">${rows}</div>`;
}

/** Names, each with what is said of it. */
export function termList(entries: readonly (readonly [string, string])[]): Html {
  return html`<dl>${entries.map(([name, said]) => html`<dt>${name}</dt><dd>${said}</dd>`)}</dl>`;
}

/** Settings as they were resolved, one list per section. */
export function settingsList(settings: object): Html {
  const plain = Object.entries(settings).filter(([, value]) => typeof value !== "object" || value === null);
  const sections = Object.entries(settings).filter(([, value]) => typeof value === "object" && value !== null) as [string, object][];
  const list = (entries: readonly (readonly [string, unknown])[]) =>
    termList(entries.map(([name, value]) => [name, value === null ? "none" : String(value)]));
  const dotted = (name: string, section: object) => Object.entries(section).map(([inner, value]) => [`${name}.${inner}`, value] as const);
  return html`<div class="settings">${list(plain)}${sections.map(([name, section]) => list(dotted(name, section)))}</div>`;
}
