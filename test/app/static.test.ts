import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeStaticPage } from "../../packages/semblant/src/server/static-page.ts";
import { writePhoto } from "../generated-photos.ts";
import { barriers } from "./axe.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { type StaticServer, startStatic } from "./static-server.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-static-"));
const photos = [
  { path: join(folder, "two.jpg"), faces: [0, 1], taken: "2024:07:01 10:30:00" },
  { path: join(folder, "one.jpg"), faces: [2] },
];

describe.skipIf(!hasBrowser)("the page on any web server", { timeout: 120_000 }, () => {
  let server: StaticServer;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    const { buildPage } = (await import("../../packages/web/build.mjs" as string)) as { buildPage: () => string };
    buildPage();
    const built = join(import.meta.dirname, "../../packages/web/dist");
    writeStaticPage(built, join(folder, "site"));
    for (const { path, faces, taken } of photos) await writePhoto(path, faces, { ...(taken !== undefined && { taken }) });
    [server, browser] = await Promise.all([startStatic(join(folder, "site")), openBrowser()]);
    context = await browser.newContext({ locale: "en-GB", viewport: { width: 1200, height: 800 } });
    page = await context.newPage();
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("begins with what it does, and becomes isolated by its service worker alone", async () => {
    await page.goto(server.address);
    await page.getByRole("heading", { name: "See the expressions in your photos" }).waitFor();
    await page.waitForFunction(() => crossOriginIsolated);
    await page.getByRole("button", { name: "Choose photos" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(faults).toEqual([]);
  });

  it("reads a visitor's photos, and keeps them", async () => {
    await page.setInputFiles(
      "input[type=file]:not([webkitdirectory])",
      photos.map(({ path }) => path),
    );
    await page.getByRole("link", { name: /^two\.jpg, 2 faces/ }).waitFor({ timeout: 90_000 });
    await page.getByRole("link", { name: /^one\.jpg, 1 face/ }).waitFor({ timeout: 90_000 });
  });

  it("takes a correction, which is there after a reload", async () => {
    await page.getByRole("link", { name: /^one\.jpg/ }).click();
    await page.getByRole("button", { name: "Correct", exact: true }).click();
    await page
      .getByRole("menuitemradio", { name: "angry-looking" })
      .or(page.getByRole("menuitem", { name: "angry-looking" }))
      .click();
    await page.getByText("Corrected: angry-looking.").waitFor();
    await page.getByText("by your correction").waitFor();
    await page.reload();
    await page.getByText("by your correction").waitFor();
  });

  it("answers the same API as a server, from a second window too", async () => {
    const second = await context.newPage();
    await second.goto(server.address);
    const chunk = readdirSync(join(folder, "site", "assets")).find((name) => name.startsWith("worker-transport-")) as string;
    // As text: what vitest makes of import() is not there in the page.
    const search = await second.evaluate(`(async () => {
      const [open] = Object.values(await import("${server.address}assets/${chunk}"));
      const headers = { "content-type": "application/json" };
      return (await open().request("/search", { method: "POST", headers, body: '{"words":"angry"}' })).json();
    })()`);
    const { searched, hits } = search as { readonly searched: number; readonly hits: readonly object[] };
    expect([searched, hits[0]]).toMatchObject([3, { path: "one.jpg", verdict: "corrected", looks: "angry-looking" }]);
    await second.close();
  });

  it("opens without a network, with all that it knew", async () => {
    await server.close();
    await page.close();
    const again = await context.newPage();
    await again.goto(server.address);
    await again.getByRole("link", { name: /^two\.jpg, 2 faces/ }).waitFor();
    await again.getByRole("link", { name: /^one\.jpg/ }).click();
    await again.getByText("by your correction").waitFor();
    expect(faults).toEqual([]);
  });
});
