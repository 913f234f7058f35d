import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, realpathSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasBrowser } from "./browser.ts";
import { type OpenApp, openApp } from "./open-app.ts";
import { shoot } from "./screenshot.ts";

const wanted = process.env.UPDATE_SCREENSHOTS === "1" && hasBrowser;

/** The screens of the docs: each at its address, once it shows what it is for. */
const screens: readonly { readonly name: string; readonly at: string; readonly shown: (page: Page) => Promise<unknown> }[] = [
  { name: "photos", at: "/photos", shown: (page) => everyImage(page, ".photos-cell img") },
  { name: "photo", at: "/photos/3", shown: (page) => everyImage(page, ".photo-picture img") },
  { name: "search", at: "/search?words=happy", shown: (page) => everyImage(page, ".search-hit img") },
  { name: "groups", at: "/groups", shown: (page) => everyImage(page, ".groups-card img") },
  { name: "album", at: "/album", shown: (page) => everyImage(page, ".album-card img") },
  { name: "best", at: "/best", shown: (page) => page.locator(".best-line, .empty").first().waitFor() },
];

/** Waits until the images in the window are there. */
const everyImage = (page: Page, selector: string) =>
  page.waitForFunction((what) => {
    const images = [...document.querySelectorAll<HTMLImageElement>(what)].filter((one) => one.getBoundingClientRect().top < innerHeight);
    return images.length > 0 && images.every((one) => one.complete && one.naturalWidth > 0);
  }, selector);

/** Photos of people with generated faces at five places, drawn once. */
function drawnPhotos(): string {
  const root = resolve(import.meta.dirname, "../..");
  const drawn = join(root, ".cache/app-photos");
  if (!existsSync(drawn)) {
    execFileSync(process.execPath, ["--conditions=semblant-source", join(root, "scripts/album-photos.mjs"), `${drawn}.tmp`], { cwd: root });
    renameSync(`${drawn}.tmp`, drawn);
  }
  const folder = join(realpathSync(mkdtempSync(join(tmpdir(), "semblant-app-"))), "Holidays");
  cpSync(drawn, folder, { recursive: true });
  return folder;
}

describe.skipIf(!wanted)("the pictures of the docs (skipped unless UPDATE_SCREENSHOTS=1, and without chromium)", () => {
  let app: OpenApp;
  beforeAll(async () => {
    app = await openApp({ folder: drawnPhotos() });
  });
  afterAll(() => app?.close());

  it.each(screens)("are taken of $name in the light, in the dark and on a phone", async ({ name, at, shown }) => {
    const page = await app.open(at);
    await shown(page);
    await shoot(page, name, () => shown(page));
    await page.context().close();
    expect(app.faults).toEqual([]);
  });
});
