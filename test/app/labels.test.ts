import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readVotes } from "../../packages/datasets/src/fer/fer-plus-tables.ts";
import { barriers } from "./axe.ts";
import { hasBrowser } from "./browser.ts";
import { labelledFolder } from "./labelled-folder.ts";
import { type OpenApp, openApp } from "./open-app.ts";
import { shoot } from "./screenshot.ts";

interface Correction {
  readonly kind: string;
  readonly label?: string;
}

interface Doubted {
  readonly path: string;
  readonly given: string;
  readonly suggested: string;
}

describe.skipIf(!hasBrowser)("the labels screen (skipped without chromium)", () => {
  let app: OpenApp;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ folder: await labelledFolder() });
    page = await app.open("/labels");
  });
  afterAll(() => app?.close());

  const corrections = async () => ((await (await app.request("/corrections")).json()) as { corrections: Correction[] }).corrections;
  const doubted = async () => {
    const headers = { "content-type": "application/json" };
    const audit = (await (await app.request("/audit", { method: "POST", headers, body: "{}" })).json()) as { doubtful: Doubted[] };
    return audit.doubtful[0] as Doubted;
  };
  const paths = () => page.locator(".doubtful-face .name").textContent();
  const said = (text: string) => page.getByText(text).waitFor();

  async function saved(button: string, item?: string): Promise<string> {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: button, exact: true }).click();
    if (item !== undefined) await page.getByRole("menuitem", { name: item }).click();
    return readFileSync(await (await download).path(), "utf8");
  }

  it("shows the most doubtful label first, with why, and decides by one key each", async () => {
    await page.locator(".doubtful").waitFor();
    const worst = await paths();
    expect(worst).toMatch(/^(sad\/happy-0|happy\/sad-0)\.png$/);
    await page.getByRole("heading", { name: "Why it is doubted" }).waitFor();
    await page.locator(".evidence-faces .thumb img").nth(5).waitFor();
    expect(await barriers(page)).toEqual([]);
    await shoot(page, "labels");
    await page.keyboard.press("k");
    await page.waitForFunction((before) => document.querySelector(".doubtful-face .name")?.textContent !== before, worst);
    await page.keyboard.press("t");
    await expect.poll(corrections).toHaveLength(2);
    const given = worst?.startsWith("sad") ? "sadness" : "happiness";
    expect((await corrections())[0]).toMatchObject({ kind: "label", label: given });
  });

  it("takes back as many steps as were made", async () => {
    await page.keyboard.press("u");
    await expect.poll(corrections).toHaveLength(1);
    await page.keyboard.press("Control+z");
    await expect.poll(corrections).toHaveLength(0);
    expect(await paths()).toMatch(/^(sad\/happy-0|happy\/sad-0)\.png$/);
    await page.keyboard.press("5");
    await expect.poll(corrections).toEqual([expect.objectContaining({ label: "anger" })]);
    await page.keyboard.press("u");
    await expect.poll(corrections).toHaveLength(0);
  });

  it("shows the photo on demand, and works without the keys", async () => {
    await page.keyboard.press("p");
    await page.getByRole("dialog").getByRole("img").waitFor();
    await page.keyboard.press("k"); // the dialog is open: nothing is decided
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByText("Keys on the keyboard").click();
    await page.keyboard.press("x");
    expect(await corrections()).toHaveLength(0);
    await page.getByText("Keys on the keyboard").click();
    const take = page.getByRole("group", { name: "Decide" }).getByRole("button", { name: /^Take/ });
    await take.click();
    await expect.poll(corrections).toHaveLength(1);
  });

  it("keeps decisions when the program starts anew, and exports them in the folders' words", async () => {
    const [first] = await corrections();
    await app.restart();
    await page.reload();
    await page.locator(".doubtful").waitFor();
    expect(await corrections()).toEqual([first]);
    expect(await page.locator(".doubtful-list .icon").count()).toBe(1);
    const [head, line, ...others] = (await saved("Export", "What you decided, as a list")).trimEnd().split("\n");
    expect(head).toBe("path,label,given,doubt,looks");
    const { path, given, suggested } = await doubted();
    expect(line).toMatch(new RegExp(`^${path},${suggested},${given},0\\.\\d{3},${suggested}$`));
    expect(others).toEqual([]);
    await said("A training takes the list: data.corrections=corrections.csv");
    await page.getByRole("button", { name: "Close" }).click();
  });

  it("takes votes of several people, each for themselves, and says how far they agree", async () => {
    await page.getByRole("link", { name: "Votes" }).click();
    await page.getByLabel("Who votes?").fill("=Anna");
    await page.getByRole("button", { name: "Begin" }).click();
    await said("=Anna votes");
    await said("0 of 26");
    for (const [i, key] of ["2", "9", "0"].entries()) {
      await page.keyboard.press(key);
      await said(`${i + 1} of 26`);
    }
    expect(await barriers(page)).toEqual([]);
    await shoot(page, "votes");
    await page.keyboard.press("u");
    await said("2 of 26");
    await page.keyboard.press("1");
    await said("3 of 26");
    await page.getByRole("button", { name: "Somebody else" }).click();
    await page.getByLabel("Who votes?").fill("Ben");
    await page.getByRole("button", { name: "Begin" }).click();
    await said("0 of 26");
    await page.keyboard.press("2");
    await said("1 of 26");
    await page.keyboard.press("1");
    await said("2 of 26");
    await said("Two voters agree in 50 % of cases, on 2 faces that several voted on.");
  });

  it("finds the faces of votes again by what they are, and exports as FER+ has it", async () => {
    const kept = async () =>
      ((await (await app.request("/documents/votes")).json()) as { faces: { face: number; votes: unknown[] }[] }).faces;
    await expect.poll(async () => (await kept()).map(({ votes }) => votes.length)).toEqual([2, 2, 1]);
    const renumbered = { faces: (await kept()).map((one) => ({ ...one, face: one.face + 1000 })) };
    const headers = { "content-type": "application/json" };
    await app.request("/documents/votes", { method: "PUT", headers, body: JSON.stringify(renumbered) });
    await page.reload();
    await page.getByRole("button", { name: "=Anna" }).click();
    await said("3 of 26");

    const folder = mkdtempSync(join(tmpdir(), "semblant-votes-"));
    writeFileSync(join(folder, "fer2013new.csv"), await saved("Export as FER+ has it"));
    const { rows, faults } = readVotes(folder);
    rmSync(folder, { recursive: true });
    expect(faults).toEqual([]);
    expect(rows.map(({ counts }) => counts)).toEqual([
      [0, 2, 0, 0, 0, 0, 0, 0, 0, 0],
      [1, 0, 0, 0, 0, 0, 0, 0, 1, 0],
      [1, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    ]);
    expect(rows.every(({ name }) => /^\w+\/\w+-\d\.png$/.test(name))).toBe(true);
  });

  it("speaks German too, is as wide as a phone, and complained of nothing", async () => {
    const small = await app.open("/labels", { locale: "de-DE", viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    await small.getByRole("heading", { name: "Warum es zweifelhaft ist" }).waitFor();
    expect(await small.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    expect(await barriers(small)).toEqual([]);
    await small.context().close();
    expect(app.faults.filter((fault) => !/ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED_ENCODING|404/.test(fault))).toEqual([]);
  });
});
