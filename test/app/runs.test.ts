import { mkdirSync, mkdtempSync, readFileSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadable } from "@semblant/torch";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriers } from "./axe.ts";
import { hasBrowser } from "./browser.ts";
import { type OpenApp, openApp } from "./open-app.ts";
import { shoot } from "./screenshot.ts";

const canTrain = loadable() === true;
if (!canTrain) console.warn("libtorch is not here: the test that trains a run from the app is skipped.");

/** The smallest network on few generated faces: a step takes hundredths of a second. */
const tiny = { "data.count": "400", "data.cache": "false", "network.size": "24", "network.dimensions": "8", "checkpoint.seconds": "0" };

describe.skipIf(!hasBrowser || !canTrain)("runs", () => {
  let app: OpenApp;
  let page: Page;
  const runs = join(realpathSync(mkdtempSync(join(tmpdir(), "semblant-app-"))), "Holidays", "runs");
  const item = () => page.getByRole("listitem").filter({ hasText: "first" });

  beforeAll(async () => {
    mkdirSync(runs, { recursive: true });
    app = await openApp({ folder: join(runs, ".."), indexed: false });
    page = await app.open("/runs");
    page.setDefaultTimeout(60_000);
  });
  afterAll(() => app?.close());

  it("are none at first; a wrong setting is refused in place, and nothing typed is lost", async () => {
    await page.getByRole("heading", { name: "No training run yet" }).waitFor();
    await page.getByRole("link", { name: "Start a training" }).click();
    await page.getByLabel("Name", { exact: true }).fill("first");
    await page.getByLabel("Epochs").fill("many");
    await page.getByText('settings: expected epochs to be a whole number of 1 or more, but got "many".').waitFor();
    expect(await page.getByLabel("Epochs").getAttribute("aria-invalid")).toBe("true");
    await page.getByText("More settings").click();
    for (const [name, value] of Object.entries(tiny)) {
      const field = page.getByLabel(name, { exact: true });
      if ((await field.getAttribute("type")) === "text") await field.fill(value);
      else await choose(page, name, value);
    }
    await page.getByLabel("Channels of the first layer").fill("8");
    await page.getByLabel("Faces of each class in a batch").fill("4");
    expect(await page.getByLabel("Name", { exact: true }).inputValue()).toBe("first");
    expect(await barriers(page)).toEqual([]);
    await page.getByLabel("Epochs").fill("200");
  });

  it("start as the command does, and are watched as they train", async () => {
    await page.getByRole("button", { name: "Start", exact: true }).click();
    await item().getByText("Training", { exact: true }).waitFor();
    const rows = () => page.getByRole("table", { name: "Loss" }).getByRole("row").count();
    await page.getByText("As a table").first().click();
    await expect.poll(rows, { timeout: 60_000 }).toBeGreaterThan(2);
    const before = await rows();
    await expect.poll(rows, { timeout: 60_000 }).toBeGreaterThan(before);
    expect(
      await page
        .getByRole("img", { name: /^Loss\. first: / })
        .locator("svg path")
        .count(),
    ).toBeGreaterThan(1);
    const { settings } = JSON.parse(readFileSync(join(runs, "first", "settings.json"), "utf8"));
    expect(settings).toMatchObject({
      epochs: 200,
      perClass: 4,
      network: { baseChannels: 8, size: 24 },
      data: { count: 400, cache: false },
    });
  });

  it("stop after a step with their checkpoint, and go on from there", async () => {
    await page.getByRole("button", { name: "Stop first" }).click();
    await item().getByText("Stopped", { exact: true }).waitFor();
    const stopped = stepsOf(runs);
    expect(stopped).toBeLessThan(200 * 9);
    await page.getByRole("button", { name: "Resume first" }).click();
    await expect.poll(() => stepsOf(runs), { timeout: 60_000 }).toBeGreaterThan(stopped);
    await page.getByRole("button", { name: "Stop first" }).click();
    await item().getByText("Stopped", { exact: true }).waitFor();
  });

  it("are measured once, with intervals, and their faces placed on a map", async () => {
    await page.getByRole("tab", { name: "Accuracy" }).click();
    await page.getByRole("button", { name: "Measure" }).click();
    await expect.poll(() => page.getByRole("row", { name: /^Recall@1 / }).textContent(), { timeout: 60_000 }).toMatch(/\d \(\d.*–\d.*\)/);
    expect(await page.getByRole("region", { name: "Confusion matrix: first" }).getByRole("row").count()).toBe(9);
    expect(await barriers(page)).toEqual([]);
    expect(JSON.parse(readFileSync(join(runs, "first", "evaluation.json"), "utf8")).evaluation.calibration).toHaveLength(15);
    await page.getByRole("tab", { name: "Map" }).click();
    const map = page.getByRole("img", { name: /^\d+ faces as first places them after step/ });
    await map.waitFor();
    expect(await map.locator("path").count()).toBeGreaterThan(30);
    expect(await barriers(page)).toEqual([]);
  });

  it("are there as they were after the app ended and began again, and nothing went wrong", async () => {
    await app.restart();
    await page.getByRole("tab", { name: "Curves" }).click();
    await page.reload();
    await item().getByText("Stopped", { exact: true }).waitFor();
    await page.getByRole("img", { name: /^Loss\. first: / }).waitFor();
    if (process.env.UPDATE_SCREENSHOTS === "1") {
      await page.getByRole("button", { name: "Resume first" }).click();
      await expect.poll(() => stepsOf(runs), { timeout: 240_000 }).toBeGreaterThan(250); // curves that show something
    }
    await shoot(page, "runs");
    expect(app.faults.filter((fault) => !/status of 400|net::ERR/.test(fault))).toEqual([]); // what was refused, and while the app was away
  });
});

const stepsOf = (runs: string): number => readFileSync(join(runs, "first", "steps.jsonl"), "utf8").split("\n").length - 1;

/** One of a few, as a person chooses it. */
async function choose(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole("button", { name: new RegExp(label.replaceAll(".", "\\.")) }).click();
  await page.getByRole("option", { name: value, exact: true }).click();
}
