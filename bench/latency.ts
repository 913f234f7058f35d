/**
 * How long one face takes from 48 × 48 grey pixels to its embedding and its answer: in Node, and in Chromium (WebAssembly, one thread),
 * which loads the packages as they are built, by an import map and nothing else.
 *
 *   npm run bench -- latency [--models small,best] [--times 200]       Debian's chromium, or CHROMIUM=path
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize, resolve } from "node:path";
import { median } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import { record } from "./result.ts";

const { values } = parseOptions({
  options: { models: { type: "string", default: "small,best" }, times: { type: "string", default: "200" } },
});
const root = resolve(import.meta.dirname, "..");
const files: Readonly<Record<string, string>> = { small: "expression-small.onnx", best: "expression.onnx" };
const times = Number(values.times);
const patience = 120_000;

interface Asked {
  readonly ort: Parameters<typeof import("@semblant/faces")["onnxRuntime"]>[0];
  readonly faces: typeof import("@semblant/faces");
  readonly bytes: Uint8Array;
  readonly options: object;
  readonly times: number;
}

/** The same in both places (the page gets its text): a face at a time, milliseconds each. */
async function measure({ ort, faces, bytes, options, times }: Asked): Promise<number[]> {
  const model = await faces.openExpressionModel(bytes, faces.onnxRuntime(ort, options));
  const crop = Uint8Array.from({ length: 48 * 48 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 24) ^ (i % 61));
  const took: number[] = [];
  for (let i = 0; i < times + 20; i++) {
    const began = performance.now();
    model.classify(await model.embed(crop));
    if (i >= 20) took.push(performance.now() - began);
  }
  await model.close();
  return took;
}

for (const name of values.models.split(",")) {
  const bytes = readFileSync(join(root, "models", files[name] as string));
  const [node, page] = [await inNode(bytes), await inChromium(files[name] as string)];
  record({
    name: `latency-${name}`,
    ours: { value: Number(median(node).toPrecision(3)), unit: "ms a face in Node, one at a time" },
    peer: { name: "the same in Chromium", version: page.version, value: Number(median(page.took).toPrecision(3)) },
    ratio: median(page.took) / median(node),
    megabytes: Number((bytes.length / 1e6).toFixed(2)),
    times,
  });
}

async function inNode(bytes: Uint8Array): Promise<number[]> {
  const [ort, faces] = await Promise.all([import("onnxruntime-node"), import("@semblant/faces")]);
  return measure({ ort: ort as unknown as Asked["ort"], faces, bytes: new Uint8Array(bytes), options: { intraOpNumThreads: 1 }, times });
}

async function inChromium(model: string): Promise<{ version: string; took: number[] }> {
  const html = `<!doctype html><script type="importmap">${JSON.stringify({
    imports: {
      "@semblant/core": "/packages/core/dist/index.js",
      "@semblant/faces": "/packages/faces/dist/index.js",
      "onnxruntime-web": "/node_modules/onnxruntime-web/dist/ort.wasm.bundle.min.mjs",
    },
  })}</script><script type="module">
    const send = (what) => fetch("/done", { method: "POST", body: JSON.stringify(what) });
    try {
      const [ort, faces] = await Promise.all([import("onnxruntime-web"), import("@semblant/faces")]);
      ort.env.wasm.numThreads = 1;
      const bytes = new Uint8Array(await (await fetch("/models/${model}")).arrayBuffer());
      await send({ version: navigator.userAgent.match(/Chrome\\/([\\d]+)/)?.[1] ?? "", took: await (${measure.toString()})({ ort, faces, bytes, options: {}, times: ${times} }) });
    } catch (error) { await send({ error: String(error?.stack ?? error) }); }
  </script>`;
  const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
  let answer: (said: { version: string; took: number[]; error?: string }) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const answered = new Promise<{ version: string; took: number[]; error?: string }>((done, failed) => {
    [answer, fail] = [done, failed];
  });
  const server = createServer(async (request, response) => {
    if (request.method === "POST") {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      response.end();
      return answer(JSON.parse(Buffer.concat(parts).toString()));
    }
    const path = normalize(new URL(request.url as string, "http://x").pathname);
    if (path === "/") return response.setHeader("content-type", "text/html").end(html);
    try {
      const data = readFileSync(join(root, path));
      response.setHeader("content-type", types[extname(path)] ?? "application/octet-stream").end(data);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = spawn(process.env.CHROMIUM ?? "chromium", [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--remote-debugging-port=0",
    address,
  ]);
  const late = setTimeout(() => fail(new Error(`no answer from Chromium in ${patience / 1000} s`)), patience);
  browser.once("error", fail);
  try {
    const { error, ...done } = await answered;
    if (error !== undefined) throw new Error(`in Chromium: ${error}`);
    return done;
  } finally {
    clearTimeout(late);
    browser.kill();
    server.close();
    server.closeAllConnections();
  }
}
