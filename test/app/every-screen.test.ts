import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriers } from "./axe.ts";
import { hasBrowser } from "./browser.ts";
import { type OpenApp, openApp } from "./open-app.ts";

const screens = [
  "/photos",
  "/photos/3",
  "/map",
  "/search",
  "/search?face=3",
  "/groups",
  "/groups?face=3",
  "/album",
  "/best",
  "/labels",
  "/adapt",
  "/runs",
  "/live",
  "/about",
  "/nowhere",
];

/** Each screen's own test looks for barriers in the light. */
const windows: readonly { readonly name: string; readonly options: BrowserContextOptions }[] = [
  { name: "in the light", options: { colorScheme: "light" } },
  {
    name: "on a phone, in the dark, in German",
    options: { colorScheme: "dark", locale: "de-DE", viewport: { width: 360, height: 740 } },
  },
];

/** What is wrong with the screen that a window shows, barriers apart; nothing where all is well. */
async function wrong(page: Page): Promise<string[]> {
  await page.locator("h1").first().waitFor();
  await page.locator(".waiting").waitFor({ state: "detached" });
  const { headings, title, over } = await page.evaluate(() => ({
    headings: document.querySelectorAll("h1").length,
    title: document.title,
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  return [
    ...(headings === 1 ? [] : [`${headings} first headings`]),
    ...(/^.+ · Semblant$/.test(title) ? [] : [`the title is "${title}"`]),
    ...(over <= 0 ? [] : [`${over} pixels wider than the window`]),
  ];
}

describe.skipIf(!hasBrowser)("every screen of the app (skipped without chromium)", () => {
  let app: OpenApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app?.close());

  it.each(windows)("has one heading, a title, its width and no barrier $name, and its console is silent", async ({ options }) => {
    const page = await app.open("/photos", options);
    const address = new URL(page.url());
    const found: string[] = [];
    for (const screen of screens) {
      await page.goto(new URL(screen, address).href);
      const faults = [...(await wrong(page)), ...(options.colorScheme === "dark" ? await barriers(page) : [])];
      found.push(...faults.map((what) => `${screen}: ${what}`));
      found.push(...app.faults.splice(0).map((fault) => `${screen}: in the console: ${fault}`));
    }
    await page.context().close();
    expect(found).toEqual([]);
  });
});
