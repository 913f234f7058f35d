/**
 * The app over a large library, in Chromium: how long until pictures are there, how long the page is ever busy while it is scrolled and
 * while each screen opens, memory of the page and the server, and the size of the page. Photos are 60 of generated faces, which stand in
 * the library again and again; see large-library.ts. The map has a bench of its own: app-map.
 *
 *   npm run bench -- app [--photos 20000] [--rounds 5]     some minutes; needs chromium
 *   npm run bench -- app --table                           the tables of docs/app-speed.md, from results/
 */
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { type AppServer, startServer } from "../test/app/app-server.ts";
import { openBrowser } from "../test/app/browser.ts";
import { appTables } from "./app-tables.ts";
import { commit } from "./commit.ts";
import { makeLargeLibrary } from "./large-library.ts";
import { parseOptions } from "./options.ts";
import { busyTasks, shownAt, taskTimes, traced, watchTasks } from "./page-tasks.ts";
import { residentOf } from "./resident.ts";
import { machine } from "./result.ts";

const { values } = parseOptions({
  options: {
    photos: { type: "string", default: "20000" },
    rounds: { type: "string", default: "5" },
    table: { type: "boolean", default: false },
  },
});
const screens = ["/map", "/search?words=happy", "/groups", "/album", "/best", "/labels", "/adapt", "/runs", "/live", "/about"];
const mib = (bytes: number | undefined) => (bytes === undefined ? null : Math.round(bytes / 2 ** 20));
const median = (values: readonly number[]) => Math.round(values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN);

if (values.table) for (const [name, table] of Object.entries(appTables())) console.log(`${name}\n${table}\n`);
else await measure();

async function measure(): Promise<void> {
  const { buildPage } = (await import("../packages/web/build.mjs" as string)) as { buildPage: () => string };
  buildPage();
  const folder = mkdtempSync(join(tmpdir(), "semblant-bench-"));
  const browser = await openBrowser(["--enable-precise-memory-info"]);
  let server: AppServer | undefined;
  try {
    const library = await makeLargeLibrary(join(folder, "Photos"), Number(values.photos));
    console.log(`${library.photos} photos, ${library.faces} faces`);
    server = await startServer(join(folder, "Photos"));
    const cold = await opening(browser, server);
    const warm = [];
    for (let round = 0; round < Number(values.rounds); round++) warm.push(await opening(browser, server));
    const scrolled = await scrolling(browser, server);
    const opened = [];
    for (const path of screens) {
      opened.push(await screen(browser, server, path));
      console.log(JSON.stringify(opened.at(-1)));
    }
    const result = {
      name: `app-${library.photos}`,
      ...library,
      opening: {
        cold,
        rows: median(warm.map(({ rows }) => rows)),
        pictures: median(warm.map(({ pictures }) => pictures)),
        longest: Math.max(0, ...warm.flatMap(({ tasks }) => tasks)),
        busiest: Math.max(0, ...warm.flatMap(({ busy }) => busy)),
      },
      scrolled,
      screens: opened,
      serverMiB: mib(residentOf(server.pid)),
      page: pageSizes(),
      browser: `Chromium ${browser.version()}, no graphics card`,
      machine: machine(),
      load: loadavg()[0],
      commit: commit(),
    };
    const results = resolve(import.meta.dirname, "results");
    mkdirSync(results, { recursive: true });
    writeFileSync(resolve(results, `${result.name}.json`), `${JSON.stringify(result, null, 2)}\n`);
    console.log(JSON.stringify(result, null, 2));
  } finally {
    await browser.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A window of its own, with nothing kept, at an address. */
async function windowAt(browser: Browser, server: AppServer, path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "en-GB" });
  const page = await context.newPage();
  await page.addInitScript(watchTasks);
  await page.request.get(server.address); // the cookie
  await browser.startTracing(page, { categories: traced });
  await page.goto(new URL(path, server.address).href);
  return page;
}

/** Milliseconds until the rows of the grid stand, and until every picture in the window is there; tasks above 50 ms. */
async function opening(browser: Browser, server: AppServer) {
  const page = await windowAt(browser, server, "/photos");
  const at = async (pictures: boolean) => {
    const handle = await page.waitForFunction(shownAt, pictures, { polling: "raf", timeout: 120_000 });
    return Number(await handle.jsonValue());
  };
  const [rows, pictures] = await Promise.all([at(false), at(true)]);
  const tasks = await page.evaluate(taskTimes);
  const busy = busyTasks(await browser.stopTracing());
  await page.context().close();
  return { rows: Math.round(rows), pictures: Math.round(pictures), tasks, busy };
}

/** Five seconds of the wheel through the grid. */
async function scrolling(browser: Browser, server: AppServer) {
  const page = await windowAt(browser, server, "/photos");
  await page.locator(".photos-cell img").first().waitFor();
  await page.waitForTimeout(1500);
  await page.evaluate(taskTimes);
  await browser.stopTracing();
  await browser.startTracing(page, { categories: traced });
  await page.mouse.move(640, 500);
  for (const end = performance.now() + 5000; performance.now() < end; ) {
    await page.mouse.wheel(0, 400);
    await page.waitForTimeout(30);
  }
  const tasks = await page.evaluate(taskTimes);
  const busy = busyTasks(await browser.stopTracing());
  const heapMiB = await heapOf(page);
  await page.context().close();
  return { longest: Math.max(0, ...tasks), tasks: tasks.length, busy, heapMiB };
}

/** What opening a screen costs, until nothing is asked any more or half a minute is over. */
async function screen(browser: Browser, server: AppServer, path: string) {
  const page = await windowAt(browser, server, path);
  const began = performance.now();
  await page.locator("main h1").first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(8000);
  const tasks = await page.evaluate(taskTimes);
  const busy = busyTasks(await browser.stopTracing());
  const heapMiB = await heapOf(page);
  const milliseconds = Math.round(performance.now() - began);
  await page.context().close();
  return { path, longest: Math.max(0, ...tasks), tasks: tasks.length, busy, heapMiB, milliseconds };
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const bytes = await page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize);
  return Math.round(bytes / 2 ** 20);
}

/** Kilobytes of the page's files: the first ones, all code and styles, and what a screen loads when it needs networks. */
function pageSizes() {
  const dist = resolve(import.meta.dirname, "../packages/web/dist");
  const bytes = (paths: readonly string[]) => paths.map((path) => readFileSync(join(dist, path)));
  const sizes = (paths: readonly string[]) => ({
    kB: Math.round(bytes(paths).reduce((sum, file) => sum + file.length, 0) / 1000),
    packedKB: Math.round(bytes(paths).reduce((sum, file) => sum + gzipSync(file).length, 0) / 1000),
  });
  const index = readFileSync(join(dist, "index.html"), "utf8");
  const first = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path]) => path as string);
  return { first: sizes(["index.html", ...first]), code: sizes(globSync("assets/*.{js,css}", { cwd: dist })) };
}
