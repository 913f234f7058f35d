/** Which pages the site has, in which order: the list of links in each section's README.md says it. */

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { linksIn, pageAt } from "./links.ts";

export const root = resolve(import.meta.dirname, "../..");

/** The sections, in the order of the site. */
const sections = ["tutorials", "how-to", "reference", "explanation", "project"];

export interface Section {
  /** Its own page, from the root. */
  readonly page: string;
  /** Its pages, from the root, in the order in which its own page lists them. */
  readonly pages: readonly string[];
}

/** The sections of the site with their pages. */
export function siteSections(): Section[] {
  return sections.map((name) => {
    const page = `docs/${name}/README.md`;
    const items = textOf(page)
      .split("\n")
      .filter((line) => line.startsWith("- ["));
    const targets = items.map((line) => linksIn(line)[0]?.target ?? "").map((target) => pageAt(page, target));
    return { page, pages: targets.map((target) => (target.endsWith(".md") ? target : join(target, "README.md"))) };
  });
}

/** A file of the repository as text. */
export const textOf = (path: string): string => readFileSync(resolve(root, path), "utf8");

/** What a page calls itself: its first heading. */
export function titleOf(markdown: string): string {
  return /^# +(.+)$/m.exec(markdown)?.[1] ?? "";
}
