import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { staticIndex, writeStaticPage } from "./static-page.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-static-page-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const html = `<!doctype html><head><meta charset="utf-8"><meta name="semblant-home" content="server">
<link rel="icon" href="/icon.svg"><script type="module" src="/assets/index-1.js"></script></head>`;

it("gives the page addresses from its own folder, a home in the browser, and what it takes to install it", () => {
  const page = staticIndex(html);
  expect(page).toContain('<meta name="semblant-home" content="browser">');
  expect(page).toContain('href="./icon.svg"');
  expect(page).toContain('src="./assets/index-1.js"');
  expect(page).toContain('<link rel="manifest" href="./manifest.webmanifest">');
  expect(page).not.toMatch(/(href|src)="\//);
  expect(() => staticIndex("<p>another page</p>")).toThrow(
    "app: expected the built page, but its index.html is another.\n  Build it again: npm run app:static",
  );
});

it("copies every file but hidden ones into an empty or a new folder, and refuses a full one", () => {
  const built = join(folder, "built");
  mkdirSync(join(built, "assets"), { recursive: true });
  writeFileSync(join(built, "index.html"), html);
  writeFileSync(join(built, ".stamp"), "x");
  writeFileSync(join(built, "assets", "index-1.js"), "1;");
  const target = join(folder, "deep", "site");
  expect(writeStaticPage(built, target)).toMatchObject({ folder: target, files: 2 });
  expect(readdirSync(target)).toEqual(["assets", "index.html"]);
  expect(readFileSync(join(target, "assets", "index-1.js"), "utf8")).toBe("1;");
  expect(() => writeStaticPage(built, target)).toThrow(/^app: expected .*site/);
  expect(readdirSync(join(folder, "deep"))).toEqual(["site"]);

  writeFileSync(join(built, "index.html"), "broken");
  expect(() => writeStaticPage(built, join(folder, "other"))).toThrow("app: expected the built page");
  expect(existsSync(join(folder, "other"))).toBe(false);
  expect(readdirSync(folder).sort()).toEqual(["built", "deep"]);
});
