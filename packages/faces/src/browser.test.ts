import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Embeddings } from "@semblant/core";
import * as ortNode from "onnxruntime-node";
import * as ortWeb from "onnxruntime-web";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { adaptationText } from "./embed/adaptation.ts";
import { applyAdaptation } from "./embed/apply-adaptation.ts";
import { cardOf, openExpressionModel } from "./embed/expression-model.ts";
import { adaptation } from "./embed/fixtures/adaptation.ts";
import { onnxRuntime } from "./embed/onnx-runtime.ts";
import { type FaceReader, openFaceReader } from "./reading/reader.ts";

const models = resolve(import.meta.dirname, "../models");
const read = (name: string) => new Uint8Array(readFileSync(resolve(models, name)));

/** A picture with something like a face in it: two dark eyes, a nose, a mouth on a light oval. */
function drawnFace() {
  const [width, height] = [320, 320];
  const data = new Uint8Array(width * height * 3);
  const within = (x: number, y: number, cx: number, cy: number, rx: number, ry: number) => ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let tone = 70 + 0.1 * y;
      if (within(x, y, 160, 160, 80, 105)) tone = 205 - 0.15 * Math.abs(x - 160);
      if (within(x, y, 160, 75, 90, 45)) tone = 45;
      for (const side of [-1, 1]) {
        if (within(x, y, 160 + 33 * side, 122, 20, 5)) tone = 60;
        if (within(x, y, 160 + 32 * side, 140, 15, 8)) tone = 235;
        if (within(x, y, 160 + 32 * side, 140, 7, 7)) tone = 25;
      }
      if (within(x, y, 160, 178, 11, 6)) tone = 140;
      if (within(x, y, 160, 178, 3, 25)) tone = 220;
      if (within(x, y, 160, 212, 32, 9)) tone = 95;
      data.set([tone, 0.85 * tone, 0.75 * tone], 3 * (y * width + x));
    }
  }
  return { width, height, data };
}

describe.skipIf(!existsSync(resolve(models, "face-mesh.onnx")))("the browser's ONNX Runtime (WebAssembly)", () => {
  let inNode: FaceReader;
  let inPage: FaceReader;
  const picture = drawnFace();

  beforeAll(async () => {
    ortWeb.env.wasm.numThreads = 1;
    const networks = {
      detector: read("face-detector.onnx"),
      keypoints: read("face-keypoints.onnx"),
      mesh: read("face-mesh.onnx"),
      model: read("expression-small.onnx"),
    };
    inNode = await openFaceReader({ runtime: onnxRuntime(ortNode, { intraOpNumThreads: 1 }), ...networks });
    inPage = await openFaceReader({ runtime: onnxRuntime(ortWeb), ...networks });
  });
  afterAll(async () => {
    await inNode.close();
    await inPage.close();
  });

  it("finds the same face in the same pixels and says the same of it", async () => {
    const [node, page] = [await inNode.read(picture, { minimumScore: 0.5 }), await inPage.read(picture, { minimumScore: 0.5 })];
    expect(page).toHaveLength(node.length);
    expect(node.length).toBe(1);
    const [a, b] = [node[0], page[0]];
    if (a === undefined || b === undefined) throw new Error("no face");
    for (const side of ["x", "y", "width", "height"] as const) expect(b.box[side]).toBeCloseTo(a.box[side], 1);
    const off = a.embedding.reduce((most, x, i) => Math.max(most, Math.abs(x - (b.embedding[i] as number))), 0);
    expect(off).toBeLessThan(0.05); // a hundredth of a pixel in the box is seen in the crop
    expect(b.quality.eyesOpen).toBeCloseTo(a.quality.eyesOpen as number, 2);
  });

  it("embeds the same crop the same to 1e-4", async () => {
    const crops = Uint8Array.from({ length: 3 * 48 * 48 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 24) ^ (i % 61));
    const [node, page] = [await inNode.model.embed(crops), await inPage.model.embed(crops)];
    expect(page).toBeInstanceOf(Embeddings);
    const off = node.values.reduce((most, x, i) => Math.max(most, Math.abs(x - (page.values[i] as number))), 0);
    expect(off).toBeLessThan(1e-4);
  });

  it("says of a face by an adapted model what Node says", async () => {
    const network = read("expression-small.onnx");
    const { name, checksum, dimensions, thresholds } = cardOf(network);
    const gaussians = {
      means: [0, 3, -3].map((x) => Array.from({ length: dimensions }, (_, d) => (d === 0 ? x : 0))),
      sigmas: [2, 2, 2],
      priors: [0.4, 0.3, 0.3],
      parents: [0, 1, 2],
    };
    const file = applyAdaptation(network, adaptationText({ ...adaptation, network: { name, checksum }, gaussians, thresholds }));
    const [node, page] = [
      await openExpressionModel(file, onnxRuntime(ortNode, { intraOpNumThreads: 1 })),
      await openExpressionModel(file, onnxRuntime(ortWeb)),
    ];
    const crop = Uint8Array.from({ length: 48 * 48 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 24) ^ (i % 61));
    const [a, b] = [node.classify(await node.embed(crop))[0], page.classify(await page.embed(crop))[0]];
    expect(page.classes).toEqual(["neutral", "happiness", "smirk"]);
    expect(b?.verdict).toBe(a?.verdict);
    for (const [c, share] of (a?.distribution ?? []).entries()) expect(b?.distribution[c]).toBeCloseTo(share, 3);
    await node.close();
    await page.close();
  });
});
