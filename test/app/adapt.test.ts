import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriers } from "./axe.ts";
import { hasBrowser } from "./browser.ts";
import { labelledFolder } from "./labelled-folder.ts";
import { type OpenApp, openApp } from "./open-app.ts";
import { shoot } from "./screenshot.ts";

interface Photos {
  readonly columns: { readonly id: number[]; readonly path: string[] };
}

interface Faces {
  readonly columns: { readonly id: number[]; readonly photo: number[]; readonly corrected: number[] };
}

describe.skipIf(!hasBrowser)("the screen where a model is adapted (skipped without chromium)", () => {
  let app: OpenApp;
  let page: Page;
  /** Ids of the faces whose photo's name begins with a word: the generated face looks so. */
  const ofLook = new Map<string, number[]>();
  beforeAll(async () => {
    app = await openApp({ folder: await labelledFolder() });
    const photos = (await (await app.request("/photos")).json()) as Photos;
    const faces = await facesNow();
    for (const [i, id] of faces.id.entries()) {
      const path = photos.columns.path[photos.columns.id.indexOf(faces.photo[i] as number)] as string;
      const look = /(\w+)-\d\.png$/.exec(path)?.[1];
      if (look !== undefined) ofLook.set(look, [...(ofLook.get(look) ?? []), id]);
    }
    page = await app.open("/adapt");
  });
  afterAll(() => app?.close());

  const facesNow = async () => ((await (await app.request("/faces")).json()) as Faces).columns;
  const labelled = async () => (await facesNow()).corrected.reduce((sum, one) => sum + one, 0);
  const facesOf = (look: string) => ofLook.get(look) as number[];

  async function choose(faces: readonly number[]): Promise<void> {
    for (const face of faces) await page.locator(`.face-grid [data-key="${face}"]`).click();
    await page.getByText(`${faces.length} chosen`).waitFor();
  }

  it("labels a few faces that are chosen, says what is missing, and takes it back", async () => {
    await choose(facesOf("happy").slice(0, 2));
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "They look" }).click();
    await page.getByRole("menuitem", { name: "happy-looking" }).click();
    await page.getByText("2 faces are happy-looking now.").waitFor();
    await page.getByText("1 more is needed").waitFor();
    expect(await labelled()).toBe(2);
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(labelled).toBe(0);
    await page.getByText("None yet.").waitFor();
  });

  it("refuses a word that is almost a class, in place, and labels none of the faces", async () => {
    await choose(facesOf("happy").slice(0, 2));
    await page.getByRole("button", { name: "They look" }).click();
    await page.getByRole("menuitem", { name: "Another word" }).click();
    await page.getByRole("textbox").fill("hapiness");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText('correct: unknown label "hapiness"; did you mean "happiness"?').waitFor();
    expect(await page.getByRole("textbox").inputValue()).toBe("hapiness");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Clear" }).click();
    expect(await labelled()).toBe(0);
  });

  it("adapts to them, says what that is worth on others, and keeps it until it is forgotten", async () => {
    const classes = { neutral: "neutral", happy: "happiness", surprised: "surprise", sad: "sadness" };
    const headers = { "content-type": "application/json" };
    for (const [look, label] of Object.entries(classes)) {
      for (const face of facesOf(look)) {
        await app.request("/corrections", { method: "POST", headers, body: JSON.stringify({ kind: "label", face, label }) });
      }
    }
    await page.getByText("6 faces", { exact: true }).nth(3).waitFor();
    await page.getByRole("button", { name: "Adapt the model" }).click();
    await page.getByRole("heading", { name: "What it is worth" }).waitFor();
    await page.getByText("It names your faces better.").waitFor();
    expect(await page.locator(".interval strong").allTextContents()).toEqual([
      expect.stringMatching(/^\d+ %$/),
      expect.stringMatching(/^\d+ %$/),
    ]);
    const [before, after] = (await page.locator(".interval strong").allTextContents()).map((text) => Number.parseInt(text, 10));
    expect(after).toBeGreaterThan(before as number);
    expect(await barriers(page)).toEqual([]);
    await page.evaluate(() => scrollTo(0, 0));
    await shoot(page, "adapt");
    await page.getByRole("button", { name: "Keep it" }).click();
    await page.getByRole("heading", { name: "An adapted model answers" }).waitFor();
    await page.getByRole("button", { name: "Forget it" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Forget it" }).click();
    await page.getByText("The model answers as it was trained.").waitFor();
    await page.getByRole("heading", { name: "An adapted model answers" }).waitFor({ state: "detached" });
  });

  it("teaches a word of one's own, says why it would not, and forgets it", async () => {
    await choose(["neutral", "happy", "surprised", "sad"].map((look, i) => facesOf(look)[i] as number)); // no look in common
    await page.getByRole("button", { name: "Teach a new word" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill("sadness");
    await dialog.getByRole("button", { name: "Teach it" }).click();
    await dialog.getByText('teach: expected a new class, but "sadness" is sadness already.').waitFor();
    await dialog.getByRole("textbox").fill("grumpy");
    await dialog.getByRole("button", { name: "Teach it" }).click();
    await dialog.getByText(/^It was not kept:/).waitFor();
    expect(await (await app.request("/taught")).json()).toEqual({ names: [] });
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Keep it anyway" }).click();
    await page.getByRole("heading", { name: "What you taught" }).waitFor();
    await page.getByText(/^grumpy is known now\./).waitFor();
    await page.getByRole("button", { name: "Forget grumpy" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Forget grumpy" }).click();
    await page.getByText("grumpy is forgotten.").waitFor();
    expect(await (await app.request("/taught")).json()).toEqual({ names: [] });
  });

  it("complained of nothing but what it was refused", () => {
    expect(app.faults.filter((fault) => !/status of (400|404|409)/.test(fault))).toEqual([]);
  });
});
