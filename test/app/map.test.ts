import { readFileSync } from "node:fs";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriers } from "./axe.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { type DrawnHome, startDrawnHome } from "./drawn-home.ts";
import { shoot } from "./screenshot.ts";

const parts = {
  map: ".map-stage",
  drawn: ".map-stage[data-drawn]",
  said: ".map-plane > [aria-live]",
  making: ".map-making",
} as const;

const textOf = async (part: Locator) => (await part.textContent()) ?? "";

describe.skipIf(!hasBrowser)("the map", () => {
  let home: DrawnHome;
  let browser: Browser;
  const faults: string[] = [];

  beforeAll(async () => {
    const { buildPage } = (await import("../../packages/web/build.mjs" as string)) as { buildPage: () => string };
    buildPage();
    [home, browser] = await Promise.all([startDrawnHome(400, 420), openBrowser()]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    home?.close();
  });

  async function openMap(path = "/map"): Promise<Page> {
    const page = await (await browser.newContext({ locale: "en-GB", viewport: { width: 1200, height: 800 } })).newPage();
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
    await page.goto(home.address + path);
    await page.locator(parts.drawn).waitFor({ timeout: 60_000 });
    return page;
  }
  const keptMap = () =>
    JSON.parse(String(home.documents.get("map"))) as { seed: number; iteration: number; ids: string; positions: string };
  const floats = (text: string) => new Float32Array(new Uint8Array(Buffer.from(text, "base64")).buffer);
  const drawn = (page: Page) => page.locator(parts.map).getAttribute("data-drawn");

  it("shows a kept map at once, every face a point, with legend and words, and no barrier", async () => {
    const before = home.documents.get("map");
    const page = await openMap();
    await expect.poll(() => drawn(page)).toBe("400");
    const legend = page.getByRole("region", { name: "Legend" });
    const counts = await legend.locator(".numbers").allTextContents();
    expect(counts.map(Number).reduce((sum, count) => sum + count, 0)).toBe(400);
    expect(await textOf(page.getByRole("region", { name: "The map in words" }))).toContain("400 faces lie on the map: neutral-looking:");
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    await page.setViewportSize({ width: 1200, height: 800 });
    await shoot(page, "map", () => page.waitForTimeout(1500));
    expect(home.documents.get("map")).toBe(before); // nothing was made, so nothing is kept
    await page.context().close();
  });

  it("switches classes off and on, and colours by something else", async () => {
    const page = await openMap();
    await expect.poll(() => drawn(page)).toBe("400");
    const happy = page.getByRole("checkbox", { name: /happy-looking/ });
    const count = Number((await textOf(page.locator(".map-legend li", { hasText: "happy-looking" }).locator(".numbers"))).trim());
    expect(count).toBeGreaterThan(10);
    await happy.press("Space");
    await expect.poll(() => drawn(page)).toBe(String(400 - count));
    await page.getByRole("button", { name: "Show all" }).click();
    await expect.poll(() => drawn(page)).toBe("400");
    await page.getByRole("button", { name: /Colour by/ }).click();
    await page.getByRole("option", { name: "Confidence" }).click();
    await page.getByRole("checkbox", { name: /90 % to 100 % sure/ }).waitFor();
    await page.context().close();
  });

  it("is walked by keys: a face is said, its neighbours are listed", async () => {
    const page = await openMap();
    await page.locator(parts.map).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => textOf(page.locator(parts.said))).toMatch(/, \d+ %\. Face \d+ of 400\.|^None of these/);
    const first = await textOf(page.locator(parts.said));
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => textOf(page.locator(parts.said))).not.toBe(first);
    const neighbors = page.getByRole("grid", { name: "Nearest in the embedding" });
    await expect.poll(() => neighbors.getByRole("row").count()).toBe(12);
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await neighbors.waitFor({ state: "detached" });
    await page.context().close();
  });

  it("selects by a lasso and by a rectangle of keys, corrects them all, and takes it back", async () => {
    const page = await openMap();
    await page.getByRole("button", { name: "Lasso" }).click();
    const box = await page.locator(parts.map).boundingBox();
    if (box === null) throw new Error("no map");
    const at = (x: number, y: number) => [box.x + x * box.width, box.y + y * box.height] as const;
    await page.mouse.move(...at(0.4, 0.4));
    await page.mouse.down();
    for (const [x, y] of [
      [0.5, 0.38],
      [0.6, 0.4],
      [0.6, 0.6],
      [0.4, 0.6],
      [0.4, 0.45],
    ] as const)
      await page.mouse.move(...at(x, y), { steps: 4 });
    await page.mouse.up();
    const group = page.getByRole("region", { name: "Selected group" });
    await group.waitFor();
    const count = Number.parseInt(await textOf(group.getByRole("heading").first()), 10);
    expect(count).toBeGreaterThan(3);
    expect(count).toBeLessThan(200);
    expect(await group.getByRole("link", { name: "More like these" }).getAttribute("href")).toMatch(/^\/search\?like=\d+(,\d+)*$/);

    await group.getByRole("button", { name: /They all look/ }).click();
    await page.getByRole("option", { name: "happy-looking" }).click();
    await group.getByRole("button", { name: `Correct ${count} faces` }).click();
    await expect.poll(() => home.corrections.size, { timeout: 20_000 }).toBe(count);
    expect([...home.corrections.values()][0]).toMatchObject({ kind: "label", label: "happiness" });
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(() => home.corrections.size, { timeout: 20_000 }).toBe(0);

    await page.locator(parts.map).focus();
    await page.keyboard.press("r");
    for (const key of ["Shift+ArrowRight", "Shift+ArrowDown", "ArrowLeft"]) await page.keyboard.press(key);
    await page.keyboard.press("Enter");
    await expect.poll(async () => Number.parseInt(await textOf(group.getByRole("heading").first()), 10)).toBeGreaterThan(count);
    await page.context().close();
  });

  it("goes out as a picture, a drawing and a table that no spreadsheet runs", async () => {
    const page = await openMap();
    const save = async (kind: string) => {
      await page.getByRole("button", { name: "Export" }).click();
      const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("menuitem", { name: kind }).click()]);
      return readFileSync((await file.path()) as string);
    };
    expect((await save("PNG")).subarray(1, 4).toString()).toBe("PNG");
    const svg = String(await save("SVG"));
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain("happy-looking");
    const lines = String(await save("CSV"))
      .trim()
      .split("\n");
    expect(lines[0]).toBe("face,photo,path,x,y,expression,probability,verdict,subclass,corrected");
    expect(lines).toHaveLength(401);
    expect(lines[1]).toMatch(/^1,1,"'=HYPERLINK\(""x""\)\.jpg",/);
    await page.context().close();
  });

  it("places new faces where they belong, without moving others, and keeps them", async () => {
    const before = floats(keptMap().positions);
    home.show(420);
    const page = await openMap();
    await expect.poll(() => drawn(page)).toBe("420");
    await expect.poll(() => floats(keptMap().positions).length, { timeout: 20_000 }).toBe(840);
    expect(floats(keptMap().positions).slice(0, 800)).toEqual(before);
    expect(await textOf(page.getByRole("region", { name: "The map in words" }))).toContain("Placed later, without moving others: 20.");
    await page.context().close();
  });

  it("is made where none was kept: watched, paused, gone on with, kept, and the same again by its seed", async () => {
    home.show(2500); // so many that there is time to pause
    const make = async () => {
      home.documents.delete("map");
      const page = await openMap();
      await expect.poll(() => keptIteration(), { timeout: 60_000 }).toBe(1000);
      return page;
    };
    const keptIteration = () => (home.documents.has("map") ? keptMap().iteration : 0);
    const page = await make();
    const first = floats(keptMap().positions);
    await page.getByRole("button", { name: "Make it anew" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Make it anew" }).click();
    await page.getByRole("button", { name: "Pause" }).click({ timeout: 20_000 });
    await page.getByRole("button", { name: "Go on" }).click();
    await expect.poll(() => keptMap().seed, { timeout: 60_000 }).toBe(1);
    await expect.poll(() => keptIteration(), { timeout: 60_000 }).toBe(1000);
    expect(floats(keptMap().positions)).not.toEqual(first);
    await page.context().close();
    const again = await make();
    expect(floats(keptMap().positions)).toEqual(first);
    await again.context().close();
  }, 120_000);

  it("brought no complaint of the browser", () => {
    expect(faults.filter((fault) => !fault.includes("404"))).toEqual([]); // a map that was not kept
  });
});
