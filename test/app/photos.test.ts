import { copyFileSync, globSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePhoto } from "../generated-photos.ts";
import { barriers } from "./axe.ts";
import { hasBrowser } from "./browser.ts";
import { dropFiles } from "./drop-files.ts";
import { type OpenApp, openApp } from "./open-app.ts";
import { photoFolder } from "./photo-folder.ts";

const markup = "<img src=x onerror=alert(1)>.jpg";
const cells = (page: Page) => page.locator(".photos-cell a");
const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

describe.skipIf(!hasBrowser)("the photos screen (skipped without chromium)", () => {
  let app: OpenApp;
  let page: Page;
  beforeAll(async () => {
    const folder = await photoFolder(9);
    await writePhoto(join(folder, "garden", markup), [40], { taken: "2024:06:01 10:00:00" });
    app = await openApp({ folder, indexed: false });
    page = await app.open("/photos");
  });
  afterAll(() => app?.close());

  it("says what to do while there are no photos, reads them, can be stopped, and goes on", async () => {
    await page.getByRole("heading", { name: "No photos yet" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Read the photos of this folder" }).click();
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByText("Reading was stopped. What was read is kept.").waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByText("11 photos").first().waitFor();
    await page.locator(".photos-index").waitFor({ state: "detached" });
    expect(await cells(page).count()).toBe(11);
  });

  it("lists what could not be read, with why, and shows the photos without a face", async () => {
    await page.getByRole("button", { name: "1 not read" }).click();
    const dialog = page.getByRole("dialog", { name: "What could not be read" });
    expect(await dialog.getByText("broken.jpg").isVisible()).toBe(true);
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "1 without a face" }).click();
    await page.getByText("1 of 11 photos").waitFor();
    expect(await cells(page).first().getAttribute("aria-label")).toBe("nobody.png, no face");
    await page.getByRole("button", { name: "Show all" }).click();
  });

  it("filters by folder and order, as the address says", async () => {
    await page.getByRole("button", { name: /Folder/ }).click();
    await page.getByRole("option", { name: "beach" }).click();
    await page.getByText("5 of 11 photos").waitFor();
    expect(new URL(page.url()).search).toBe("?folder=beach");
    await page.reload();
    await page.getByText("5 of 11 photos").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByText("11 photos").first().waitFor();
  });

  it("is walked through by arrows: Enter opens, arrows lead on, Escape leads back to where one was", async () => {
    await cells(page).first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const third = await cells(page).nth(2).getAttribute("aria-label");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe(third);
    expect(await page.locator(".photos-cell a[tabindex='0']").count()).toBe(1);
    await page.keyboard.press("Enter");
    await page.getByText("3 of 11").waitFor();
    await page.keyboard.press("ArrowRight");
    await page.getByText("4 of 11").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Photos" }).waitFor();
    await page.waitForFunction((name) => document.activeElement?.getAttribute("aria-label") === name, third);
  });

  it("shows the faces of a photo boxed, each with what it looks like in words and numbers", async () => {
    await page
      .getByRole("link", { name: /3 faces/ })
      .first()
      .click();
    const boxes = page.locator(".photo-box");
    await boxes.nth(2).waitFor();
    expect(await boxes.count()).toBe(3);
    await boxes.nth(1).click();
    expect(await boxes.nth(1).getAttribute("aria-pressed")).toBe("true");
    expect(await page.getByRole("region", { name: "Face 2" }).isVisible()).toBe(true);
    const percents = await page.locator(".distribution .percent").allTextContents();
    expect(percents).toHaveLength(8);
    expect(percents.every((text) => /^(<1|\d+) %$/.test(text))).toBe(true);
    expect(await barriers(page)).toEqual([]);
    const before = await page.locator(".photo-picture").evaluate((one) => one.clientWidth);
    await page.getByRole("button", { name: "Larger" }).click();
    expect(await page.locator(".photo-picture").evaluate((one) => one.clientWidth)).toBeGreaterThan(before * 1.4);
  });

  it("corrects a face for every window, and after a restart", async () => {
    const other = await app.open(new URL(page.url()).pathname + new URL(page.url()).search);
    await page.getByRole("button", { name: "Correct", exact: true }).click();
    await page.getByRole("menuitem", { name: "contemptuous-looking" }).click();
    await page.getByText("by your correction").waitFor();
    await other.getByText("by your correction").waitFor();
    await app.restart();
    await page.reload();
    await page.getByText("by your correction").waitFor();
    expect(await page.locator(".verdict").textContent()).toContain("contemptuous-looking");
    await other.context().close();
  });

  it("takes a correction back, and keeps a word of one's own with its markup as text", async () => {
    await page.getByRole("button", { name: "Correct", exact: true }).click();
    await page.getByRole("menuitem", { name: "Another word" }).click();
    await page.getByLabel("How does this face look?").fill("<b>bored</b>");
    await page.keyboard.press("Enter");
    await page.locator(".verdict").getByText("<b>bored</b>-looking").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator(".verdict").getByText("contemptuous-looking").waitFor();
  });

  it("copies photos that are dropped, once, and says what it does not take", async () => {
    await page.goto(new URL("/photos", page.url()).href);
    await cells(page).first().waitFor();
    const given = join(app.folder, "../given");
    await writePhoto(join(given, "fresh/one.jpg"), [60], { ground: "#887766" });
    copyFileSync(join(app.folder, "beach/001.jpg"), join(given, "copy.jpg"));
    writeFileSync(join(given, "evil.jpg"), "<script>alert(1)</script>");
    await dropFiles(
      page,
      ".photos-drop",
      ["fresh", "copy.jpg", "evil.jpg"].map((name) => join(given, name)),
    );
    await page.getByText(/1 photo was added to the folder Added/).waitFor();
    expect(await page.locator(".photos-added").textContent()).toContain("1 was here already.");
    expect(await page.locator(".photos-added").textContent()).toContain("evil.jpg");
    await page.getByText("12 photos").first().waitFor();
    expect(globSync("Added */fresh/one.jpg", { cwd: app.folder })).toHaveLength(1);
    expect(await barriers(page)).toEqual([]);
  });

  it("shows names with markup as text", async () => {
    await page.getByRole("link", { name: `garden/${markup}` }).click();
    await page.getByRole("heading", { name: markup }).waitFor();
    expect(await page.locator(".photo-page img[src=x]").count()).toBe(0);
  });

  it("fits a phone, in the dark, in German", async () => {
    const phone = await app.open("/photos", { viewport: { width: 360, height: 740 }, colorScheme: "dark", locale: "de-DE" });
    await phone.getByRole("heading", { name: "Fotos" }).waitFor();
    await cells(phone).first().waitFor();
    expect(await phone.evaluate(() => document.documentElement.lang)).toBe("de");
    expect(await wide(phone)).toBe(360);
    expect(await barriers(phone)).toEqual([]);
    await cells(phone).first().click();
    await phone.locator(".photo-view").waitFor();
    expect(await wide(phone)).toBe(360);
    expect(await barriers(phone)).toEqual([]);
    await phone.context().close();
  });

  it("says that the server went away, and comes back by itself", async () => {
    await app.stopServer();
    await page.getByText("Trying again by itself").waitFor();
    await app.restart();
    await page.getByText("Trying again by itself").waitFor({ state: "detached" });
  });

  it("makes the console say nothing", () => {
    expect(app.faults).toEqual([]);
  });
});
