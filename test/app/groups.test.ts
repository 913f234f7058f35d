import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriers } from "./axe.ts";
import { hasBrowser } from "./browser.ts";
import { type OpenApp, openApp } from "./open-app.ts";

const cards = (page: Page) => page.locator(".groups-card");

describe.skipIf(!hasBrowser)("the groups screen (skipped without chromium)", () => {
  let app: OpenApp;
  let page: Page;
  beforeAll(async () => {
    app = await openApp();
    page = await app.open("/groups");
    await cards(page).first().waitFor();
  });
  afterAll(() => app?.close());

  it("splits and merges live with the slider, by keys too", async () => {
    const slider = page.getByRole("slider", { name: "How alike faces of a group are" });
    await slider.focus();
    await page.keyboard.press("Home");
    await page.waitForFunction(() => document.querySelectorAll(".groups-card").length === 1);
    for (let i = 0; i < 6; i++) await page.keyboard.press("PageUp");
    await page.waitForFunction(() => document.querySelectorAll(".groups-card").length > 1);
    expect(new URL(page.url()).searchParams.get("similarity")).not.toBe("0.4");
    expect(await barriers(page)).toEqual([]);
  });

  it("renames a group, and the name stays after a restart", async () => {
    await page.goto(new URL("/groups?similarity=0.4", page.url()).href);
    await page.locator(".groups-link").first().click();
    await page.getByRole("button", { name: "Rename" }).click();
    await page.getByLabel("Name of the group").fill("Everyone & <co>");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Everyone & <co>" }).waitFor();
    await app.restart();
    await page.reload();
    await page.getByRole("heading", { name: "Everyone & <co>" }).waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  it("keeps faces apart that a person says are not the same, also after a restart, and takes it back", async () => {
    const grid = page.getByRole("grid");
    await grid.getByRole("row").nth(0).click();
    await grid.getByRole("row").nth(1).click();
    await page.getByText("2 chosen").waitFor();
    await page.getByRole("button", { name: "Not the same" }).click();
    await page.getByText("The two faces stay apart.").waitFor();
    await app.restart();
    await page.goto(new URL("/groups?similarity=0.4", page.url()).href);
    await page.waitForFunction(() => document.querySelectorAll(".groups-card").length === 2);
    await page.getByRole("button", { name: "1 wish of yours" }).click();
    await page.getByRole("button", { name: "Take back" }).click();
    await page.keyboard.press("Escape");
    await page.waitForFunction(() => document.querySelectorAll(".groups-card").length === 1);
    expect(app.faults.filter((fault) => !/status of 4\d\d|ERR_CONNECTION|ERR_INCOMPLETE/.test(fault))).toEqual([]);
  });
});
