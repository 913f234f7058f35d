import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "@semblant/core";
import type { ReadFace } from "@semblant/faces";
import { openNodeReader } from "@semblant/photos";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packMap } from "../../packages/web/src/work/saved-map.ts";
import { barriers } from "./axe.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { faceFrames } from "./face-video.ts";
import { type PageServer, servePage } from "./page-server.ts";
import { shoot } from "./screenshot.ts";
import { type GreyFrame, writeY4m } from "./y4m.ts";

const folder = mkdtempSync(join(tmpdir(), "semblant-live-"));
const asFile = join(folder, "faces.y4m");
const patience = { timeout: 120_000 };

describe.skipIf(!hasBrowser)("the live screen", () => {
  let server: PageServer;
  let browser: Browser;
  let frames: readonly GreyFrame[];
  const faults: string[] = [];
  const elsewhere: string[] = [];

  beforeAll(async () => {
    server = await servePage({ "/video.mjs": join(import.meta.dirname, "video-of-faces.mjs") });
    frames = await faceFrames(40);
    writeY4m(asFile, frames, 10);
    const camera = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${asFile}`];
    browser = await openBrowser(camera);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(from = browser, options: BrowserContextOptions = {}, before?: string): Promise<Page> {
    const context = await from.newContext({ locale: "en-GB", viewport: { width: 1200, height: 800 }, ...options });
    const page = await context.newPage();
    if (before !== undefined) await page.addInitScript(before);
    page.on("pageerror", (error) => faults.push(error.message));
    page.on("console", (message) => {
      const isApi = message.location().url.includes("/api"); // nobody answers there: this screen needs nobody
      if (message.type() === "error" && !isApi) faults.push(message.text());
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(`${server.address}/`) && !/^(blob|data):/.test(url)) elsewhere.push(url);
      if (request.method() !== "GET") elsewhere.push(`${request.method()} ${url}`);
    });
    await page.goto(`${server.address}/live`);
    await page.locator(".live-start").waitFor(patience);
    return page;
  }

  const boxes = (page: Page) => page.locator(".live-box");

  /** Has the page make a video of two pictures, opens it, and counts the faces that it shows first. */
  async function openVideo(page: Page, pictures: readonly GreyFrame[], length: number): Promise<number> {
    await page.addScriptTag({ url: "/video.mjs", type: "module" });
    await page.waitForFunction("globalThis.videoOf !== undefined");
    const webm = await page.evaluate<string>(`videoOf(${JSON.stringify(await Promise.all(pictures.map(asPng)))}, ${length})`);
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open a video" }).click()]);
    await chooser.setFiles({ name: "two looks.webm", mimeType: "video/webm", buffer: Buffer.from(webm, "base64") });
    await boxes(page).nth(1).waitFor(patience);
    return boxes(page).count();
  }

  /** Chooses a face of the picture, counted from the left. */
  async function fromLeft(page: Page, nth: number): Promise<void> {
    const lefts = await boxes(page).evaluateAll((all) => all.map((box) => Number.parseFloat((box as HTMLElement).style.left)));
    const row = lefts.indexOf([...lefts].sort((a, b) => a - b)[nth] as number);
    await boxes(page).nth(row).click();
  }

  async function savedCsv(page: Page): Promise<{ name: string; head: string[]; rows: string[][] }> {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as CSV" }).click()]);
    const [head = "", ...rows] = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    return { name: download.suggestedFilename(), head: head.split(","), rows: rows.map((row) => row.split(",")) };
  }

  it("says before anything is on what it does not do, and has no barriers", async () => {
    const page = await open();
    const notice = page.getByRole("complementary", { name: "What this does, and what it does not" });
    for (const said of ["does not know what anyone feels", "No picture is sent", "Do not judge people by it"]) {
      expect(await notice.textContent()).toContain(said);
    }
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  it("names the faces of a camera, follows them, and truly switches the camera off", async () => {
    const page = await open();
    await page.getByRole("button", { name: "Use the camera" }).click();
    await boxes(page).nth(1).waitFor(patience);
    await boxes(page).filter({ hasText: "happy-looking" }).first().waitFor(patience);
    await page.getByText(/pictures a second/).waitFor(patience);
    expect(await page.getByText("The camera is on.").isVisible()).toBe(true);
    expect(await barriers(page)).toEqual([]);
    await shoot(page, "live");

    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused. The camera is still on.").waitFor();
    await page.evaluate("globalThis.tracks = document.querySelector('video').srcObject.getTracks()");
    expect(await page.evaluate("tracks.map(({ readyState }) => readyState)")).toEqual(["live"]);
    await page.getByRole("button", { name: "Switch the camera off" }).click();
    await page.getByRole("button", { name: "Use the camera" }).waitFor();
    expect(await page.evaluate("tracks.map(({ readyState }) => readyState)")).toEqual(["ended"]);
    expect(await page.evaluate("document.querySelector('video').srcObject")).toBe(null);

    await page.getByRole("radio", { name: "Table" }).click();
    expect(await page.locator(".live-table tbody tr").count()).toBeGreaterThan(0);
    const { name, head, rows } = await savedCsv(page);
    expect(name).toBe("camera.csv");
    expect(head.slice(0, 7)).toEqual(["time", "face", "x", "y", "width", "height", "p neutral"]);
    for (const row of rows) {
      const sum = row.slice(6, -2).reduce((total, p) => total + Number(p), 0);
      expect(sum).toBeCloseTo(1, 2);
    }
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("Over time").waitFor({ state: "detached" });
    await page.context().close();
  });

  it("reads a video file through, and its timeline moves the video by keys and by mouse", async () => {
    const page = await open();
    await page.getByRole("radio", { name: "Fast model" }).click();
    expect(await openVideo(page, [frames[0] as GreyFrame, frames[39] as GreyFrame], 2400)).toBe(2);
    await page.getByRole("button", { name: "Read the whole video" }).click();
    await page.getByText("Reading the video").waitFor();
    await page.getByText("Reading the video").waitFor({ state: "detached", ...patience });

    expect(server.asked).toContain("/models/expression-small.onnx");
    const { name, rows } = await savedCsv(page);
    expect(name).toBe("two looks.csv");
    const left = rows.filter((row) => Number(row[2]) < 250);
    expect(new Set(left.map((row) => row[1])).size).toBe(1); // followed throughout
    const happy = (row: readonly string[]) => Number(row[7]);
    const early = left.filter((row) => Number(row[0]) < 0.9);
    const late = left.filter((row) => Number(row[0]) > 1.6);
    expect(Math.min(early.length, late.length)).toBeGreaterThan(1);
    expect(Math.min(...late.map(happy))).toBeGreaterThan(Math.max(...early.map(happy)));

    const length = await page.evaluate<number>("document.querySelector('video').duration");
    const at = () => page.evaluate<number>("document.querySelector('video').currentTime");
    const scrub = page.getByRole("slider", { name: "Place in time" });
    await scrub.focus();
    await page.keyboard.press("End");
    expect(await at()).toBeCloseTo(length, 1);
    await page.keyboard.press("Home");
    expect(await at()).toBe(0);
    await page.waitForFunction("document.querySelector('[role=slider]').ariaValueNow === '0'");
    await page.keyboard.press("ArrowRight");
    expect(await at()).toBeCloseTo(0.2, 2);
    const { x, y, width, height } = (await scrub.boundingBox()) as { x: number; y: number; width: number; height: number };
    await page.mouse.click(x + 50 + (width - 62) / 2, y + height / 2);
    expect(await at()).toBeCloseTo(length / 2, 1);
    await boxes(page).nth(1).waitFor(patience);
    expect(await scrub.getAttribute("aria-valuetext")).toMatch(/^0:0\d\.\d: \S+-looking \d+ %$/);
    expect(await barriers(page)).toEqual([]);
    await shoot(page, "video");
    await page.context().close();
  });

  it("shows where a face falls on the map of a library", async () => {
    const page = await open();
    const frame = frames[39] as GreyFrame;
    await answerAsLibrary(page, frame);
    const video = await openVideo(page, [frame, frame], 800);
    expect(video).toBe(2);
    await page.getByRole("button", { name: "On the map" }).click();
    await page.getByText("Where this face falls among 40 faces of the library.").waitFor(patience);
    const middle = await page.locator(".live-map-picture canvas").evaluate(({ clientWidth }) => clientWidth / 2);
    const left = () => page.locator(".live-map-place").evaluate((place) => Number.parseFloat((place as HTMLElement).style.left));
    for (const [nth, side] of [
      [0, -1],
      [1, 1],
      [0, -1],
    ] as const) {
      await fromLeft(page, nth);
      await expect.poll(async () => Math.sign((await left()) - middle), patience).toBe(side);
    }
    expect(await barriers(page)).toEqual([]);
    await shoot(page, "live-map");
    await page.context().close();
  });

  it("says in place why there is no picture", async () => {
    const page = await open();
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.getByRole("button", { name: "Open a video" }).click()]);
    await chooser.setFiles({ name: "<b>no.webm", mimeType: "video/webm", buffer: Buffer.from("no video") });
    expect(await page.getByRole("alert").textContent()).toContain("This browser cannot play <b>no.webm.");
    await page.context().close();

    const words = {
      NotAllowedError: "The camera was refused. Allow it for this page in the browser, then try again.",
      NotFoundError: "There is no camera. Plug one in, or open a video.",
      NotReadableError: "The camera is in use by another program. Close that, then try again.",
    };
    for (const [name, said] of Object.entries(words)) {
      const refused = await open(
        browser,
        {},
        `navigator.mediaDevices.getUserMedia = async () => { throw new DOMException("", ${JSON.stringify(name)}); };`,
      );
      await refused.getByRole("button", { name: "Use the camera" }).click();
      expect(await refused.getByRole("alert").textContent()).toBe(said);
      expect(await refused.getByRole("button", { name: "Use the camera" }).isVisible()).toBe(true);
      await refused.context().close();
    }
  });

  it("says so where the person refuses the camera in the browser", async () => {
    const strict = await openBrowser(["--use-fake-device-for-media-stream", "--deny-permission-prompts"]);
    try {
      const page = await open(strict, { locale: "de-DE" });
      await page.getByRole("button", { name: "Kamera verwenden" }).click();
      expect(await page.getByRole("alert").textContent()).toContain("Die Kamera wurde verweigert.");
    } finally {
      await strict.close();
    }
  });

  it("did all that without a fault, under a policy without inline styles, and sent nothing anywhere", () => {
    expect(faults).toEqual([]);
    expect(elsewhere).toEqual([]);
  });
});

/** Answers the page as a library of 40 faces does: half like the left face of a picture, left on the map; half like the right one. */
async function answerAsLibrary(page: Page, { width, height, data }: GreyFrame): Promise<void> {
  const reader = await openNodeReader();
  const rgb = Uint8Array.from({ length: 3 * data.length }, (_, i) => data[Math.floor(i / 3)] as number);
  const read = (await reader.read({ width, height, data: rgb })).sort((a, b) => a.box.x - b.box.x);
  const { card, dimensions } = reader.model;
  await reader.close();
  const random = new Random(1);
  const id = Array.from({ length: 40 }, (_, i) => i + 1);
  const side = (i: number) => (i < 20 ? 0 : 1);
  const embeddings = Float32Array.from(
    id.flatMap((_, i) => Array.from((read[side(i)] as ReadFace).embedding, (x) => x + 0.01 * random.uniform())),
  );
  expect(embeddings).toHaveLength(40 * dimensions);
  const map = {
    model: `${card.name} ${card.version}`,
    seed: 0,
    iteration: 1000,
    iterations: 1000,
    ids: Float64Array.from(id),
    positions: Float32Array.from(id.flatMap((_, i) => [(side(i) === 0 ? -50 : 50) + 5 * random.uniform(), 20 * random.uniform()])),
    placed: new Uint8Array(40),
  };
  const faces = { revision: 1, expressions: card.classes, columns: { id, expression: id.map((_, i) => side(i)) } };
  await page.route("**/api/documents/map", (route) => route.fulfill({ json: packMap(map) }));
  await page.route("**/api/faces", (route) => route.fulfill({ json: faces }));
  await page.route("**/api/faces/embeddings", (route) => route.fulfill({ body: Buffer.from(embeddings.buffer) }));
}

async function asPng({ width, height, data }: GreyFrame): Promise<string> {
  const png = await sharp(Buffer.from(data), { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}
