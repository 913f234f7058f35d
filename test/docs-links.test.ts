import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { siteFaults } from "../scripts/docs/check-site.ts";
import { anchorsOf, brokenLinks, linksIn, slug } from "../scripts/docs/links.ts";
import { referencePages } from "../scripts/docs/reference.ts";
import { siteSections, titleOf } from "../scripts/docs/structure.ts";

const root = resolve(import.meta.dirname, "..");
const pages = new Map(
  globSync("**/*.md", { cwd: root, exclude: (path) => /(^|\/)(node_modules|build|dist|found)$/.test(path) }).map((path) => [
    path,
    readFileSync(resolve(root, path), "utf8"),
  ]),
);
const exists = (path: string) => existsSync(resolve(root, path));

describe("the links", () => {
  it("of every page in the repository lead to a file, and to a heading in it", () => {
    expect(pages.size).toBeGreaterThan(40);
    expect(brokenLinks(pages, exists)).toEqual([]);
  });

  it("of the pages that are made from the code do so, too", async () => {
    const made = (await referencePages(undefined)).map(({ name, text }) => [`docs/reference/${name}.md`, text] as const);
    expect(brokenLinks(new Map(made), exists)).toEqual([]);
  });

  it("are found in text and pictures, and not in code", () => {
    const text = 'See [a](a.md#b), ![c](c.png)\n<img src="d.png">\n`[e](e.md)`\n```\n[f](f.md)\n```\n';
    expect(linksIn(text)).toEqual([
      { target: "a.md#b", line: 1 },
      { target: "c.png", line: 1 },
      { target: "d.png", line: 2 },
    ]);
  });

  it("that lead nowhere are named with their line", () => {
    const written = new Map([
      ["docs/a.md", "# A\n\n[b](b.md#none) [b](b.md#two-words) [c](c.md) [home](../README.md)"],
      ["docs/b.md", "# Two words"],
    ]);
    expect(brokenLinks(written, (path) => path === "README.md")).toEqual(["docs/a.md:3: b.md#none", "docs/a.md:3: c.md"]);
  });

  it("call headings as GitHub does", () => {
    expect(slug("A class is a `cloud`, eq. 1")).toBe("a-class-is-a-cloud-eq-1");
    expect([...anchorsOf("# A\n## A\n```\n# no heading\n```\n")]).toEqual(["a", "a-1"]);
  });
});

describe("the site", () => {
  it("has every page of docs/, each in one section, each with a title", () => {
    const sections = siteSections();
    const placed = ["docs/README.md", ...sections.flatMap((section) => [section.page, ...section.pages])];
    expect(placed).toEqual([...new Set(placed)]);
    expect([...pages.keys()].filter((path) => path.startsWith("docs/") && !placed.includes(path))).toEqual([]);
    expect(placed.filter((path) => titleOf(pages.get(path) ?? "") === "")).toEqual([]);
  });

  it("is refused where it loads from elsewhere or leads nowhere", () => {
    const folder = mkdtempSync(join(tmpdir(), "semblant-site-"));
    const html = `<script src="https://cdn.example/x.js"></script><a href="#here">a</a><a href="b.html#there">b</a><a href="c.html">c</a>`;
    writeFileSync(join(folder, "a.html"), `${html}<p id="here"></p>`);
    writeFileSync(join(folder, "b.html"), "<p></p>");
    writeFileSync(join(folder, "a.css"), "@font-face { src: url(https://fonts.example/a.woff) }");
    expect(siteFaults(folder)).toEqual([
      "a.html: loads https://cdn.example/x.js",
      "a.html: has no such place: b.html#there",
      "a.html: leads nowhere: c.html",
      "a.css: loads https://fonts.example/a.woff",
    ]);
    rmSync(folder, { recursive: true });
  });
});
