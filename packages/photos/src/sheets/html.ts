import { printable } from "@semblant/core/internals";

/** Markup that is already safe to stand in a page. */
export interface Html {
  readonly html: string;
}

/** What a page or picture may hold of strangers' texts: XML has no controls, and nothing turns the direction of writing. */
const kept = "\n\t";

type Part = Html | string | number | readonly Part[];

/**
 * Markup from a template: what is put in is escaped, unless it is markup itself; lists stand one after the other.
 *
 * @example
 * html`<b>${"a < b"}</b>`.html; // "<b>a &#60; b</b>"
 */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: texts.map((text, i) => text + (i < parts.length ? render(parts[i] as Part) : "")).join("") };
}

/** Marks text from a trusted maker (a chart, a data URI) as markup. */
export function trusted(text: string): Html {
  return { html: text };
}

function render(part: Part): string {
  if (typeof part === "object") return "html" in part ? part.html : part.map(render).join("");
  return printable(String(part), kept).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
