import { createHash } from "node:crypto";
import { type Html, html, trusted } from "./html.ts";
import { style } from "./style.ts";

/** What a page is made of. */
export interface Page {
  readonly title: string;
  /** One or two sentences beneath the title. */
  readonly lead: string;
  readonly body: Html;
  readonly footer: string;
  /** CSS after the common rules (none). */
  readonly rules?: string;
}

/** A page in one file that asks nothing of anyone: no script, pictures as data, and a content security policy that says so. */
export function page({ title, lead, body, footer, rules: more = "" }: Page): string {
  const rules = style + more;
  const hash = createHash("sha256").update(rules).digest("base64");
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${trusted(`default-src 'none'; img-src data:; style-src 'sha256-${hash}'`)}">
<title>${title}</title>
<style>${trusted(rules)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p class="lead">${lead}</p>
${body}
<footer>${footer}</footer>
</main>
</body>
</html>
`.html;
}
