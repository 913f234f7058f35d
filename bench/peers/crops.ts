/** Our side of bench/expressions.ts: a batch of crops to their expressions, by a model that ships, on one thread of ONNX Runtime. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { onnxRuntime, openExpressionModel } from "@semblant/faces";
import * as ort from "onnxruntime-node";
import { timed } from "../clock.ts";
import type { CropsSetting } from "../expressions.ts";

const { model: name, batch }: CropsSetting = JSON.parse(process.argv[2] as string);
const file = { small: "expression-small.onnx", best: "expression.onnx" }[name] ?? name;
const bytes = new Uint8Array(readFileSync(resolve(join(import.meta.dirname, "../../models"), file)));
const model = await openExpressionModel(bytes, onnxRuntime(ort as never, { intraOpNumThreads: 1, interOpNumThreads: 1 }));
const crops = Uint8Array.from({ length: batch * 48 * 48 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 24) ^ (i % 61));

console.log(JSON.stringify({ version: "ours" }));
for await (const line of createInterface({ input: process.stdin })) {
  const { times } = JSON.parse(line) as { times: number };
  const took = await timed(async () => {
    for (let i = 0; i < times; i++) model.classify(await model.embed(crops));
  });
  console.log(JSON.stringify(took));
}
