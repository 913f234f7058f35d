/** Finds the links of Markdown pages, and those that lead nowhere. */

import { dirname, join, normalize } from "node:path";

export interface Link {
  readonly target: string;
  /** From 1. */
  readonly line: number;
}

/** The links and pictures of a page; what stands in code is none. */
export function linksIn(markdown: string): Link[] {
  return withoutCode(markdown)
    .split("\n")
    .flatMap((text, i) =>
      [...text.matchAll(/\]\(<?([^)>\s]+)>?(?:\s+"[^"]*")?\)|(?:href|src)="([^"]+)"/g)].map(([, inline, attribute]) => ({
        target: (inline ?? attribute) as string,
        line: i + 1,
      })),
    );
}

/** The same lines, with everything blank that stands in code. */
function withoutCode(markdown: string): string {
  let fence = "";
  return markdown
    .split("\n")
    .map((line) => {
      const mark = /^\s*(```|~~~)/.exec(line)?.[1] ?? "";
      if (fence === "" && mark === "") return line.replace(/`[^`]*`/g, (code) => " ".repeat(code.length));
      if (mark !== "" && (fence === "" || mark === fence)) fence = fence === "" ? mark : "";
      return "";
    })
    .join("\n");
}

/** What a page's headings are called in links, as GitHub calls them, and what it names by itself (`id="x"`). */
export function anchorsOf(markdown: string): ReadonlySet<string> {
  const anchors = new Set([...markdown.matchAll(/\b(?:id|name)="([^"]+)"/g)].map(([, id]) => id as string));
  for (const line of withoutFences(markdown).split("\n")) {
    const heading = /^#{1,6}\s+(.*?)\s*#*$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const plain = slug(heading);
    let anchor = plain;
    for (let n = 1; anchors.has(anchor); n++) anchor = `${plain}-${n}`;
    anchors.add(anchor);
  }
  return anchors;
}

const withoutFences = (markdown: string): string => markdown.replace(/^(```|~~~)[\s\S]*?^\1/gm, "");

/** A heading as a link calls it. */
export function slug(heading: string): string {
  const text = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/<[^>]+>/g, "");
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
}

/**
 * The relative links that lead nowhere, as `page:line: target`.
 *
 * @param pages the pages by their paths from the root
 * @param exists whether a path from the root is a file or folder
 */
export function brokenLinks(pages: ReadonlyMap<string, string>, exists: (path: string) => boolean): string[] {
  return [...pages].flatMap(([page, text]) =>
    linksIn(text)
      .filter(({ target }) => !/^[a-z]+:/i.test(target) && !leads(page, target, pages, exists))
      .map(({ target, line }) => `${page}:${line}: ${target}`),
  );
}

function leads(page: string, target: string, pages: ReadonlyMap<string, string>, exists: (path: string) => boolean): boolean {
  const [file = "", anchor] = target.split("#");
  const path = pageAt(page, file);
  const text = pages.get(path) ?? pages.get(join(path, "README.md"));
  if (text === undefined) return exists(path) && anchor === undefined;
  return anchor === undefined || anchorsOf(text).has(anchor);
}

/** Where a link of a page leads, from the root. */
export function pageAt(page: string, target: string): string {
  if (target === "") return page;
  return normalize(join(dirname(page), decodeURI(target))).replace(/\/$/, "");
}
