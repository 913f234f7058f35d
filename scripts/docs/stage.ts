/** Lays the pages out for TypeDoc: with titles and children in their heads, and with all that they link to beside them. */

import { cpSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { linksIn, pageAt } from "./links.ts";
import type { ReferencePage } from "./page.ts";
import { root, siteSections, textOf, titleOf } from "./structure.ts";

/**
 * Writes every page into `folder`, at its path in the repository.
 *
 * @returns the pages of the sections, in the order of the site
 */
export function stagePages(folder: string, generated: readonly ReferencePage[]): string[] {
  rmSync(folder, { recursive: true, force: true });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const made = generated.map(({ name, title, text }) => ({ path: `docs/reference/${name}.md`, title, text: `# ${title}\n\n${text}\n` }));
  const sections = siteSections();
  const written = new Set(["docs/README.md", ...sections.flatMap(({ page, pages }) => [page, ...pages])]);
  for (const { path, title, text } of made) write(path, `---\n${head(title)}---\n\n${text}`);
  for (const { page, pages } of sections) {
    const children = [...(page === "docs/reference/README.md" ? made.map(({ path }) => path) : []), ...pages];
    const list = children.map((child) => `  - ${JSON.stringify(relative(dirname(page), child))}\n`).join("");
    write(page, `---\n${head(titleOf(textOf(page)))}children:\n${list}---\n\n${asStaged(page, written)}`);
    for (const child of pages) write(child, `---\n${head(titleOf(textOf(child)))}---\n\n${asStaged(child, written)}`);
  }
  write("docs/README.md", withoutTitle(asStaged("docs/README.md", written)));
  for (const page of written) for (const file of filesOf(page)) cpSync(resolve(root, file), join(folder, file));
  return sections.map(({ page }) => join(folder, page));
}

const head = (title: string): string => `title: ${JSON.stringify(title)}\n`;

/** TypeDoc writes the title above the first page itself. */
const withoutTitle = (markdown: string): string => markdown.replace(/^# .+\n+/m, "");

/** A page as it stands on the site: a link to a folder leads to the page in it, and one to a page that the site has not is plain text. */
function asStaged(page: string, written: ReadonlySet<string>): string {
  return textOf(page)
    .replace(/^<!-- \/?[\w-]+ -->$/gm, "")
    .replace(/(?<!!)\[([^\]]+)\]\(([^)#:\s]+)(#[^)\s]*)?\)/g, (whole, words: string, target: string, anchor = "") => {
      const path = pageAt(page, target);
      const inside = written.has(join(path, "README.md")) ? join(path, "README.md") : path;
      if (written.has(inside)) return `[${words}](${relative(dirname(page), inside)}${anchor})`;
      return isFile(inside) && !inside.endsWith(".md") ? whole : words;
    });
}

/** The files beside the pages that a page shows or links to. */
function filesOf(page: string): string[] {
  return linksIn(textOf(page))
    .filter(({ target }) => !/^[a-z]+:|^#/i.test(target))
    .map(({ target }) => pageAt(page, target.split("#")[0] as string))
    .filter((path) => !path.endsWith(".md") && isFile(path));
}

const isFile = (path: string): boolean => existsSync(resolve(root, path)) && statSync(resolve(root, path)).isFile();
