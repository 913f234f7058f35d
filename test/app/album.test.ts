import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePhoto } from "../generated-photos.ts";
import { barriers } from "./axe.ts";
import { hasBrowser } from "./browser.ts";
import { type OpenApp, openApp } from "./open-app.ts";

const cards = (page: Page) => page.locator(".album-card");
const addresses = (page: Page) => page.locator(".album-photo").evaluateAll((links) => links.map((one) => one.getAttribute("href")));

/** Moments of three shots each, and other photos. */
async function bursts(): Promise<string> {
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), "semblant-app-"))), "Party");
  const grounds = ["#8a9ba8", "#b7a48c", "#9db38f"];
  for (const [moment, ground] of grounds.entries()) {
    for (let shot = 0; shot < 3; shot++) {
      const taken = `2024:07:0${moment + 1} 12:00:0${shot}`;
      await writePhoto(join(folder, `moment-${moment}-${shot}.jpg`), [20 * moment, 20 * moment + 7], {
        ground,
        taken,
        side: 160 + 2 * shot,
      });
    }
  }
  for (let i = 0; i < 5; i++) await writePhoto(join(folder, `alone-${i}.jpg`), [100 + i], { taken: `2024:08:1${i} 09:00:00` });
  return folder;
}

describe.skipIf(!hasBrowser)("the album and best shots (skipped without chromium)", () => {
  let app: OpenApp;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ folder: await bursts() });
    page = await app.open("/album");
    await cards(page).first().waitFor();
  });
  afterAll(() => app?.close());

  it("sums the photos up, says what that covers, and why each picture is there", async () => {
    expect(await page.locator(".album-all b").textContent()).toMatch(/^\d+ %$/);
    const why = await page.locator(".album-words p:first-child").allTextContents();
    expect(why.length).toBeGreaterThan(3);
    expect(why.every((text) => text.length > 10)).toBe(true);
    expect(await barriers(page)).toEqual([]);
  });

  it("changes its size, keeps what is pinned and leaves out what is excluded, across a restart", async () => {
    const slider = page.getByRole("slider", { name: "Pictures" });
    await slider.focus();
    await page.keyboard.press("Home");
    for (let i = 1; i < 4; i++) await page.keyboard.press("ArrowRight");
    await page.waitForFunction(() => document.querySelectorAll(".album-card").length === 4);
    const [first, second] = await addresses(page);
    await cards(page).nth(1).getByRole("button", { name: "Pin it" }).click();
    await cards(page).first().getByRole("button", { name: "Leave it out" }).click();
    await page.waitForFunction(
      (gone) => ![...document.querySelectorAll(".album-photo")].some((one) => one.getAttribute("href") === gone),
      first,
    );
    expect(await addresses(page)).toContain(second);
    await app.restart();
    await page.reload();
    await cards(page).first().waitFor();
    const after = await addresses(page);
    expect(after).toContain(second);
    expect(after).not.toContain(first);
    await page.getByRole("button", { name: "Take back in" }).click();
  });

  it("is taken along as a list, as a page and as copies in a folder", async () => {
    const [list] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("button", { name: "Export" })
        .click()
        .then(() => page.getByRole("menuitem", { name: /CSV/ }).click()),
    ]);
    expect(readFileSync(await list.path(), "utf8")).toMatch(/^rank,path,taken,stands_for,why\n\d+,/);
    const [sheet] = await Promise.all([
      page.waitForEvent("download"),
      page
        .getByRole("button", { name: "Export" })
        .click()
        .then(() => page.getByRole("menuitem", { name: /page/ }).click()),
    ]);
    expect(readFileSync(await sheet.path(), "utf8")).toContain("<!doctype html>");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: /copies/ }).click();
    const copies = join(app.folder, "../copies");
    await page.getByRole("textbox", { name: "Folder" }).fill(app.folder);
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByRole("alert").waitFor();
    expect(await page.getByRole("textbox", { name: "Folder" }).inputValue()).toBe(app.folder);
    await page.getByRole("textbox", { name: "Folder" }).fill(copies);
    await page.getByRole("button", { name: "Copy", exact: true }).click();
    await page.getByText(/photos were copied to/).waitFor();
    expect(existsSync(copies) && readdirSync(copies).length).toBe(await cards(page).count());
  });

  it("shows the chosen shot of each moment beside the runner-up, and takes the other where a person prefers it", async () => {
    await page.goto(new URL("/best", page.url()).href);
    await page.getByText("3 moments have several shots.").waitFor();
    expect(await barriers(page)).toEqual([]);
    const moment = page.locator(".best-line").first();
    const links = () => moment.locator(".best-side a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    const [chosen, runnerUp] = await links();
    await moment.getByRole("button", { name: "Compare at full size" }).click();
    const dialog = page.getByRole("dialog", { name: "Compare at full size" });
    await dialog.getByText("Full size", { exact: true }).click();
    expect(await dialog.locator(".best-window.full img").count()).toBe(2);
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Take the runner-up instead" }).click();
    await page.keyboard.press("Escape");
    await page.waitForFunction((href) => document.querySelector(".best-line .best-side a")?.getAttribute("href") === href, runnerUp);
    await app.restart();
    await page.reload();
    await page.waitForFunction((href) => document.querySelector(".best-line .best-side a")?.getAttribute("href") === href, runnerUp);
    expect((await links())[1]).toBe(chosen);
    expect(app.faults.filter((fault) => !/status of 4\d\d|ERR_CONNECTION|ERR_INCOMPLETE/.test(fault))).toEqual([]);
  });
});
