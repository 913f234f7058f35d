/** No page and no comment sends a reader to a file that is not in the repository. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const tracked = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .stdout.split("\n")
  .filter((path) => path !== "" && existsSync(resolve(root, path)));
const read = (path: string) => readFileSync(resolve(root, path), "utf8");
const pages = tracked.filter((path) => path.endsWith(".md"));
const sources = tracked.filter((path) => /\.(ts|mjs|cc|h|py|sh|yml|cff)$|(^|\/)(CMakeLists\.txt|NOTICE)$/.test(path));

/** Folders of the repository's root that a path may begin with. */
const top = [...new Set(tracked.filter((path) => path.includes("/")).map((path) => path.split("/")[0] as string))];
const fromRoot = new RegExp(
  `(?<![\\w./@:-])(?:${top.map((name) => name.replace(".", "\\.")).join("|")})/[\\w./-]*(?:\\w\\.(?:md|ts|mjs|json|cc|txt|onnx|png)\\b(?!\\.\\w)|/(?=[\\x60\\s,;:)]))`,
  "g",
);

/** What set-up, a test or a torture makes: git has it not, and readers do. */
const isMade = (path: string) =>
  /^(packages\/(\w+\/(dist|node_modules)|torch\/build|faces\/models|photos\/runtime)|torture\/found)\//.test(path);
/** `bench/NAME.ts`: any of them. */
const standsForMany = (path: string) => /[A-Z]{4}/.test(path.split("/").at(-1) ?? "") && !path.endsWith(".md");
const isThere = (path: string) => isMade(path) || standsForMany(path) || existsSync(resolve(root, path));

/** Comments, and the text of pages without their code. */
const commentsOf = (text: string) => (text.match(/\/\*[\s\S]*?\*\/|(?<=^|\s)(?:\/\/|#) .*/gm) ?? []).join("\n");

describe("the repository", () => {
  it("is read", () => {
    expect(pages.length).toBeGreaterThan(20);
    expect(sources.length).toBeGreaterThan(500);
    expect(top).toEqual(expect.arrayContaining(["docs", "packages", "paper", "test"]));
  });

  it("links its pages only to what is there", () => {
    const lost = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|mailto:|#)<?([^)#>\s]+)/g)]
        .map(([, link]) => join(dirname(page), decodeURI(link as string)))
        .filter((path) => !isThere(path))
        .map((path) => `${page}: ${path}`),
    );
    expect(lost).toEqual([]);
  });

  it("names paths only of files that are there, in pages and in comments", () => {
    const lost = [...pages, ...sources].flatMap((path) =>
      [...(path.endsWith(".md") ? read(path) : commentsOf(read(path))).matchAll(fromRoot)]
        .map(([named]) => named)
        .filter((named) => !isThere(named) && !existsSync(resolve(root, dirname(path), named)))
        .map((named) => `${path}: ${named}`),
    );
    expect(lost).toEqual([]);
  });

  it("names no page in a comment that is neither in the root nor beside the file", () => {
    const named = sources.flatMap((path) =>
      [...commentsOf(read(path)).matchAll(/(?<![\w/.*`<-])([\w-]+\.md)\b/g)].map(([, page]) => ({ path, page: page as string })),
    );
    expect(named.length).toBeGreaterThan(0);
    const lost = named.filter(({ path, page }) => !existsSync(resolve(root, page)) && !existsSync(resolve(root, dirname(path), page)));
    expect(lost).toEqual([]);
  });
});
