import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type FaceReader, type Ort, onnxRuntime, openFaceReader, type ReadFace } from "@semblant/faces";
import { openNodeReader, readPhoto } from "@semblant/photos";
import * as ortWeb from "onnxruntime-web";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writePhoto } from "../generated-photos.ts";
import { hasBrowser, openBrowser } from "./browser.ts";
import { type PageServer, servePage } from "./page-server.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "semblant-same-"));

interface InPage {
  readonly width: number;
  readonly height: number;
  readonly hash: string;
  readonly faces: readonly { readonly box: ReadFace["box"]; readonly embedding: readonly number[]; readonly verdict: string }[];
}

/** The largest difference of two embeddings. */
const apart = (a: ArrayLike<number>, b: ArrayLike<number>) => Math.max(...Array.from(a, (x, i) => Math.abs(x - (b[i] as number))));

describe.skipIf(!hasBrowser)("the page reads faces as Node does", () => {
  let server: PageServer;
  let browser: Browser;
  let page: Page;
  let native: FaceReader;
  let webInNode: FaceReader;
  const asked: string[] = [];

  beforeAll(async () => {
    const comlink = join(root, "node_modules/comlink/dist/esm/comlink.mjs");
    server = await servePage({ "/comlink.mjs": comlink, "/reader.mjs": join(import.meta.dirname, "reader-in-page.mjs") });
    browser = await openBrowser();
    page = await browser.newPage();
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(server.address);
    await page.addScriptTag({ url: "/reader.mjs", type: "module" });
    await page.waitForFunction("globalThis.readPicture !== undefined");
    native = await openNodeReader();
    ortWeb.env.wasm.numThreads = 1;
    webInNode = await openFaceReader({
      runtime: onnxRuntime(ortWeb as Ort),
      ...Object.fromEntries(
        Object.entries({ detector: "face-detector", keypoints: "face-keypoints", mesh: "face-mesh", model: "expression" }).map(
          ([part, name]) => [part, new Uint8Array(readFileSync(join(root, `packages/faces/models/${name}.onnx`)))],
        ),
      ),
    } as Parameters<typeof openFaceReader>[0]);
    const script = readdirSync(join(root, "packages/web/dist/assets")).find((file) => file.startsWith("faces-worker"));
    const opened = await page.evaluate(`openReader("/assets/${script}", { on: "WebAssembly" })`);
    expect(opened).toMatchObject({ on: "WebAssembly", classes: native.model.classes });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await native?.close();
    await webInNode?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const inPage = (bytes: Buffer) => page.evaluate<InPage>(`readPicture("${bytes.toString("base64")}")`);

  /** The same file, read by the page and in Node. */
  async function readBoth(name: string, rows: readonly number[], node: FaceReader) {
    const path = join(folder, name);
    await writePhoto(path, rows, { side: 120 + 10 * rows.length });
    const bytes = readFileSync(path);
    const photo = await readPhoto(bytes);
    const [here, there] = [await node.read(photo), await inPage(bytes)];
    expect([there.width, there.height]).toEqual([photo.width, photo.height]);
    expect(here).toHaveLength(rows.length);
    expect(there.faces).toHaveLength(rows.length);
    return here.map((face, i) => ({ face, other: there.faces[i] as InPage["faces"][number] }));
  }

  it("the same bytes of a lossless picture as the same embedding, to 1e-4, with the same build of ONNX Runtime", async () => {
    for (const { face, other } of [
      ...(await readBoth("one.png", [0], webInNode)),
      ...(await readBoth("three.png", [3, 4, 5], webInNode)),
      ...(await readBoth("photo.png", [6, 7], webInNode)),
    ]) {
      expect(apart(face.embedding, other.embedding)).toBeLessThan(1e-4);
      expect(apart(Object.values(face.box), Object.values(other.box))).toBeLessThan(1e-3);
    }
  });

  // A JPEG is as alike where the browser has the decoder that Node has, as Debian's Chromium does; another may turn grey levels.
  it("almost always so with Node's native build; a grey level that its last digits turn moves a network of eight bits by some hundredths", async () => {
    const both = [
      ...(await readBoth("two.png", [0, 1], native)),
      ...(await readBoth("others.png", [9, 10, 11], native)),
      ...(await readBoth("photos.jpg", [12, 13], native)),
    ];
    const off = both.map(({ face, other }) => apart(face.embedding, other.embedding)).sort((a, b) => a - b);
    expect(off[Math.floor(off.length / 2)]).toBeLessThan(1e-4);
    expect(off.at(-1)).toBeLessThan(5e-2);
  });

  it("and asks nobody but its own server, for nothing but its own files", () => {
    expect(asked.filter((url) => !url.startsWith(`${server.address}/`))).toEqual([]);
    const files = asked.map((url) => new URL(url).pathname).filter((path) => /^\/(models|runtime)\//.test(path));
    expect(new Set(files)).toEqual(
      new Set([
        ...["expression", "face-detector", "face-keypoints", "face-mesh"].map((name) => `/models/${name}.onnx`),
        ...["mjs", "wasm"].map((end) => `/runtime/ort-wasm-simd-threaded.${end}`),
      ]),
    );
  });
});
