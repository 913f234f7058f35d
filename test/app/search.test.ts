import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePhoto } from "../generated-photos.ts";
import { barriers } from "./axe.ts";
import { hasBrowser } from "./browser.ts";
import { dropFiles } from "./drop-files.ts";
import { type OpenApp, openApp } from "./open-app.ts";

const hits = (page: Page) => page.locator(".search-hit");
const captions = (page: Page) => page.locator(".search-caption").allTextContents();

describe.skipIf(!hasBrowser)("the search screen (skipped without chromium)", () => {
  let app: OpenApp;
  let page: Page;
  beforeAll(async () => {
    app = await openApp({ flags: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] });
    page = await app.open("/search");
  });
  afterAll(() => app?.close());

  it("finds faces by words, and says of an unknown word what the command says, in place", async () => {
    expect(await barriers(page)).toEqual([]);
    const words = page.getByRole("searchbox");
    await words.fill("happy, mouth opne");
    await words.press("Enter");
    await page.getByText('did you mean "mouth open"').waitFor();
    expect(await words.inputValue()).toBe("happy, mouth opne");
    await words.fill("happy");
    await words.press("Enter");
    await hits(page).first().waitFor();
    expect((await captions(page))[0]).toMatch(/^happy-looking.*fits by \d+ %/);
    expect(new URL(page.url()).search).toBe("?words=happy");
    expect(await barriers(page)).toEqual([]);
  });

  it("keeps a search with the library, across windows and a restart", async () => {
    await page.getByRole("button", { name: "Save this search" }).click();
    await page.getByLabel("Its name").fill("Smiles <b>");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Smiles <b>", exact: true }).waitFor();
    await app.restart();
    const other = await app.open("/search");
    await other.getByRole("button", { name: "Smiles <b>", exact: true }).click();
    await hits(other).first().waitFor();
    expect(new URL(other.url()).search).toBe("?words=happy");
    await other.context().close();
  });

  it("searches by a picture that is dropped: the picked face's neighbours, alike in words", async () => {
    await page.goto(new URL("/search", page.url()).href);
    const dropped = join(app.folder, "../given.png");
    await writePhoto(dropped, [3, 9]);
    await dropFiles(page, ".search-drop", [dropped]);
    await page.locator(".search-box").nth(1).waitFor();
    await hits(page).first().waitFor();
    expect((await captions(page))[0]).toContain("very alike");
    const before = await hits(page).first().locator("a").getAttribute("href");
    await page.locator(".search-box[aria-pressed=false]").click();
    await page.waitForFunction((href) => document.querySelector(".search-hit a")?.getAttribute("href") !== href, before);
    expect((await captions(page))[0]).toContain("very alike");
    expect(await barriers(page)).toEqual([]);
  });

  it("is steered by what is liked and what is not, and takes it back", async () => {
    await page.goto(new URL("/search?words=happy", page.url()).href);
    await hits(page).first().waitFor();
    const first = await hits(page).first().locator("a").getAttribute("href");
    await hits(page).first().getByRole("button", { name: "Less like this" }).click();
    await page.getByText("Less like", { exact: true }).waitFor();
    await page.waitForFunction(
      (href) => ![...document.querySelectorAll(".search-hit a")].some((one) => one.getAttribute("href") === href),
      first,
    );
    await page.getByRole("button", { name: "Take all back" }).click();
    await page.waitForFunction((href) => document.querySelector(".search-hit a")?.getAttribute("href") === href, first);
  });

  it("narrows by people in the photo", async () => {
    const all = await hits(page).count();
    await page.getByRole("button", { name: /People/ }).click();
    await page.getByRole("option", { name: "One person" }).click();
    await page.waitForFunction((n) => document.querySelectorAll(".search-hit").length < n, all);
    expect(new URL(page.url()).searchParams.get("people")).toBe("one");
  });

  it("takes a picture with the camera and finds no face in a test pattern", async () => {
    await page.getByRole("button", { name: "Take a picture" }).click();
    await page.getByRole("button", { name: "Take it" }).click();
    await page.getByText("No face was found in this picture.").waitFor();
  });

  it("says what is wrong with a file that is no picture, and keeps the page", async () => {
    await dropFiles(page, ".search-drop", [join(app.folder, "broken.jpg")]);
    await page
      .getByRole("alert")
      .getByText(/broken|picture|image|expected/i)
      .first()
      .waitFor();
    expect(app.faults.filter((fault) => !/status of 4\d\d|ERR_CONNECTION|ERR_INCOMPLETE/.test(fault))).toEqual([]);
  });
});
