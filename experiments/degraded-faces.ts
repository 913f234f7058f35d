/**
 * How well a model names faces that were taken or kept badly: FER+'s test faces, made coarse, blurred, dark, patched, or kept as a bad JPEG.
 *
 *   npm run experiment -- degraded-faces --data DIR [--models best,small,other.onnx]     a minute per model on one core
 *   npm run experiment -- degraded-faces --table
 *
 * Each change is made to all test faces, with one seed. Models are exported ones, by name or file. Values are percent right by the model's
 * own Gaussians.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { accuracy, Embeddings, Random } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import { type ExpressionModel, openExpressionModel } from "@semblant/faces";
import { nodeRuntime, readModel } from "@semblant/photos/internals";
import { setThreads, tensor, tidy } from "@semblant/torch";
import { clahe, contrast, erasing, gamma, illumination, jpeg, noiseAndBlur, type PixelStep, resolution } from "@semblant/training";
import { openData, resolveSettings } from "@semblant/training/settings";
import { commit } from "../bench/commit.ts";
import { parseOptions, refuse } from "../bench/options.ts";
import { machine } from "../bench/result.ts";
import { markdownTable } from "./markdown.ts";

const file = resolve(import.meta.dirname, "results/degraded-faces.json");
/** Faces at a time. */
const part = 256;

const changes: Readonly<Record<string, PixelStep | undefined>> = {
  "as they are": undefined,
  "32 pixels": resolution({ share: 1, pixels: [32, 32] }),
  "24 pixels": resolution({ share: 1, pixels: [24, 24] }),
  "16 pixels": resolution({ share: 1, pixels: [16, 16] }),
  "JPEG, quality 20": jpeg({ share: 1, quality: [20, 20] }),
  "blur and noise": noiseAndBlur({ share: 1, noise: 0.05 }),
  "light from one side": illumination({ share: 1, slope: 0.8 }),
  dark: gamma({ share: 1, factor: [1.8, 2.2] }),
  pale: contrast({ share: 1, factor: [0.35, 0.5] }),
  equalised: clahe({ share: 1, tiles: 1, clip: 256 }),
  "a patch over it": erasing({ share: 1, area: [0.08, 0.15] }),
};

interface Measured {
  readonly model: string;
  readonly n: number;
  /** Percent right, by change. */
  readonly right: Readonly<Record<string, number>>;
}

/** The faces' bytes, changed. */
function changed(crops: Uint8Array, side: number, step: PixelStep | undefined): Uint8Array {
  if (step === undefined) return crops;
  const random = new Random(0);
  const result = new Uint8Array(crops.length);
  const each = side * side;
  for (let from = 0; from < crops.length; from += part * each) {
    const bytes = crops.subarray(from, from + part * each);
    const count = bytes.length / each;
    const pixels = tidy(() => {
      const images = tensor(
        Float32Array.from(bytes, (value) => value / 255),
        { shape: [count, 1, side, side] },
      );
      const drawn = Array.from({ length: count }, () => step.draw(random, { channels: 1, height: side, width: side }));
      return step.apply(images, drawn).contiguous().data() as Float32Array;
    });
    result.set(
      pixels.map((value) => Math.round(255 * value)),
      from,
    );
  }
  return result;
}

async function measure(name: string, model: ExpressionModel, faces: LabeledImages): Promise<Measured> {
  const { images, labels, classes } = faces;
  const truth = Int32Array.from(labels, (c) => model.classes.indexOf(classes[c] as string));
  const crops = new Uint8Array(images.count * images.width * images.height);
  images.gather(Int32Array.from(truth.keys()), crops);
  const right: Record<string, number> = {};
  for (const [change, step] of Object.entries(changes)) {
    const { values } = await model.embed(changed(crops, images.width, step));
    const { predicted } = model.gaussians.classify(new Embeddings(values, model.dimensions));
    right[change] = 100 * accuracy(truth, predicted);
    console.log(`${name}, ${change}: ${right[change].toFixed(1)} %`);
  }
  return { model: name, n: images.count, right };
}

/** One row per change, one column per model. */
export function degradedTable(models: readonly Measured[] = JSON.parse(readFileSync(file, "utf8")).models): string {
  const rows = Object.keys(changes).map((change) => [change, ...models.map(({ right }) => right[change]?.toFixed(1) ?? "")]);
  return markdownTable(["% right", ...models.map(({ model }) => model)], rows);
}

async function run(): Promise<void> {
  const { values } = parseOptions({
    options: { data: { type: "string" }, models: { type: "string", default: "best,small" }, table: { type: "boolean" } },
  });
  if (values.table) {
    console.log(degradedTable());
    return;
  }
  if (values.data === undefined) return refuse("expected the folder of FER+ with --data.");
  const began = performance.now();
  setThreads(1);
  const data = await openData(resolveSettings({ data: { source: values.data, labels: "majority" } }).data);
  const models: Measured[] = [];
  for (const path of values.models.split(",")) {
    const model = await openExpressionModel(await readModel(path), await nodeRuntime({ threads: 1 }));
    const name = path.includes("/") ? model.card.name : path;
    models.push(await measure(name, model, data.test));
    await model.close();
  }
  const seconds = Math.round((performance.now() - began) / 1000);
  const result = { experiment: "degraded-faces", data: data.name, models, machine: machine(), commit: commit(), seconds };
  mkdirSync(resolve(file, ".."), { recursive: true });
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  console.log(degradedTable(models));
}

if (import.meta.main) await run();
