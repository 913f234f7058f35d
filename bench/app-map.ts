/**
 * The app's map in Chromium: frames a second while it is moved and while one goes nearer, how long the page is ever busy, memory, and how
 * long until the points are there. The library is drawn at random, 100,000 faces unless told otherwise; the page is the one that ships,
 * under the Content-Security-Policy of its server.
 *
 *   npm run bench -- app-map [--faces 100000] [--seconds 5]     half a minute; needs chromium
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { resolve } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "../test/app/browser.ts";
import { startDrawnHome } from "../test/app/drawn-home.ts";
import { commit } from "./commit.ts";
import { parseOptions } from "./options.ts";
import { taskTimes, watchTasks } from "./page-tasks.ts";
import { machine } from "./result.ts";

const { values } = parseOptions({
  options: { faces: { type: "string", default: "100000" }, seconds: { type: "string", default: "5" } },
});
const faces = Number(values.faces);
const seconds = Number(values.seconds);

/** Of one spell: frames a second, the frame that 19 of 20 are as short as, and every task of the page above 50 ms. */
interface Spell {
  readonly frames: number;
  readonly frame95: number;
  readonly longTasks: readonly number[];
}

const { buildPage } = (await import("../packages/web/build.mjs" as string)) as { buildPage: () => string };
buildPage();
const home = await startDrawnHome(faces);
const browser = await openBrowser(["--enable-precise-memory-info"]);
try {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: "en-GB" })).newPage();
  await page.addInitScript(watchTasks);
  const session = await page.context().newCDPSession(page);
  await page.goto(`${home.address}/map`);
  await page.locator(".map-stage[data-drawn]").waitFor({ timeout: 60_000 });
  const shown = await page.evaluate(() => performance.now());
  const loading = await page.evaluate(taskTimes);
  await page.waitForTimeout(1000);
  const still = await spell(page, () => page.waitForTimeout(1000 * seconds));
  const panned = await spell(page, () => drag(page, seconds));
  const zoomed = await spell(page, () => wheel(page, seconds));
  const hovered = await spell(page, () => hover(page, seconds));
  await session.send("HeapProfiler.collectGarbage");
  const heap = await page.evaluate(() => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize);
  const result = {
    name: `app-map-${faces}`,
    faces,
    millisecondsUntilPoints: Math.round(shown),
    longTasksWhileLoading: loading,
    framesPerSecond: { still: still.frames, panned: panned.frames, zoomed: zoomed.frames, hovered: hovered.frames },
    frame95: { still: still.frame95, panned: panned.frame95, zoomed: zoomed.frame95, hovered: hovered.frame95 },
    longTasks: { panned: panned.longTasks, zoomed: zoomed.longTasks, hovered: hovered.longTasks },
    millisecondsPerPicture: Number(await page.locator(".map-stage").getAttribute("data-milliseconds")),
    heapMiB: Math.round(heap / 2 ** 20),
    browser: `Chromium ${browser.version()}, no graphics card`,
    machine: machine(),
    load: loadavg()[0],
    commit: commit(),
  };
  const folder = resolve(import.meta.dirname, "results");
  mkdirSync(folder, { recursive: true });
  writeFileSync(resolve(folder, `${result.name}.json`), `${JSON.stringify(result, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
} finally {
  await browser.close();
  home.close();
}

async function spell(page: Page, act: () => Promise<unknown>): Promise<Spell> {
  await page.evaluate(taskTimes);
  await page.evaluate(() => {
    const times: number[] = [];
    const { requestAnimationFrame: frame } = globalThis as unknown as { requestAnimationFrame(call: (time: number) => void): void };
    const next = (time: number) => {
      times.push(time);
      if (!(globalThis as unknown as { over?: boolean }).over) frame(next);
    };
    Object.assign(globalThis, { times, over: false });
    frame(next);
  });
  await act();
  const times = await page.evaluate(() => {
    Object.assign(globalThis, { over: true });
    return (globalThis as unknown as { times: number[] }).times;
  });
  const gaps = times.slice(1).map((time, i) => time - (times[i] as number));
  const sorted = gaps.toSorted((a, b) => a - b);
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    frames: Math.round((10_000 * gaps.length) / total) / 10,
    frame95: Math.round(10 * (sorted[Math.floor(0.95 * sorted.length)] ?? 0)) / 10,
    longTasks: await page.evaluate(taskTimes),
  };
}

async function middle(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.locator(".map-stage").boundingBox();
  if (box === null) throw new Error("The map is not on the page.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page, time: number): Promise<void> {
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (const end = performance.now() + 1000 * time; performance.now() < end; ) {
    const turn = performance.now() / 400;
    await page.mouse.move(x + 150 * Math.sin(turn), y + 120 * Math.cos(turn));
  }
  await page.mouse.up();
}

async function wheel(page: Page, time: number): Promise<void> {
  const { x, y } = await middle(page);
  await page.mouse.move(x, y);
  for (const end = performance.now() + 1000 * time; performance.now() < end; ) {
    await page.mouse.wheel(0, -60 * Math.sign(Math.sin(performance.now() / 500)));
    await page.waitForTimeout(15);
  }
}

async function hover(page: Page, time: number): Promise<void> {
  const { x, y } = await middle(page);
  for (const end = performance.now() + 1000 * time; performance.now() < end; ) {
    const turn = performance.now() / 700;
    await page.mouse.move(x + 220 * Math.sin(turn), y + 180 * Math.cos(2 * turn));
    await page.waitForTimeout(15);
  }
}
