/** Looks a built site over: every link leads somewhere, and nothing is loaded from elsewhere. */

import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** What is wrong with the site in a folder, as `page: what`. */
export function siteFaults(folder: string): string[] {
  const pages = new Map(globSync(`${folder}/**/*.html`).map((path) => [path, readFileSync(path, "utf8")]));
  const anchors = new Map([...pages].map(([path, html]) => [path, new Set([...html.matchAll(/\bid="([^"]*)"/g)].map(([, id]) => id))]));
  const faults: string[] = [];
  for (const [path, html] of pages) {
    const fault = (what: string) => faults.push(`${relative(folder, path)}: ${what}`);
    for (const [, loaded = ""] of html.matchAll(/<(?:script|img|link|iframe|source)\b[^>]*?(?:src|href)="([^"]*)"/g)) {
      if (/^(https?:)?\/\//.test(loaded)) fault(`loads ${loaded}`);
    }
    for (const [, target = ""] of html.matchAll(/<(?:a|img|script|link)\b[^>]*?(?:href|src)="([^"]*)"/g)) {
      if (/^[a-z]+:/i.test(target)) continue;
      const [file = "", anchor] = decoded(target).split("#");
      const place = file === "" ? path : join(dirname(path), file);
      if (!existsSync(place)) fault(`leads nowhere: ${target}`);
      else if (anchor !== undefined && anchor !== "" && anchors.get(place)?.has(anchor) === false) fault(`has no such place: ${target}`);
    }
  }
  for (const path of globSync(`${folder}/**/*.css`)) {
    for (const [, url = ""] of readFileSync(path, "utf8").matchAll(/url\(["']?(https?:[^)"']*)/g)) {
      faults.push(`${relative(folder, path)}: loads ${url}`);
    }
  }
  return faults;
}

const decoded = (target: string): string => decodeURIComponent(target.replaceAll("&amp;", "&"));
