// @vladmandic/human on its WebAssembly backend (its native one stops at Node 22), asked by bench/photos.ts: one JSON line a pass.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import sharp from "sharp";

// the project's own: both sides decode by the same library

const require = createRequire(import.meta.url);
const remote = globalThis.fetch;
globalThis.fetch = async (url, ...rest) =>
  String(url).startsWith("file:") ? new Response(readFileSync(fileURLToPath(String(url)))) : remote(url, ...rest);

const { maxSide } = JSON.parse(process.argv[2]);
const folder = join(import.meta.dirname, "node_modules/@vladmandic/human"); // its exports leave this build out
const { Human } = require(join(folder, "dist/human.node-wasm.js"));
const off = { enabled: false };
// What semblant does with a photo: faces, landmarks with eyes, expression, a descriptor. All else is off, and no answer is kept.
const human = new Human({
  backend: "wasm",
  wasmPath: `${dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"))}/dist/`,
  modelBasePath: `${pathToFileURL(join(folder, "models"))}/`,
  debug: false,
  cacheSensitivity: 0,
  filter: { enabled: false },
  face: {
    enabled: true,
    detector: { maxDetected: 100, minConfidence: 0.2, rotation: true, skipFrames: 0, skipTime: 0 },
    mesh: { enabled: true },
    emotion: { enabled: true, skipFrames: 0, skipTime: 0 },
    description: { enabled: true, skipFrames: 0, skipTime: 0 },
    iris: off,
    attention: off,
    antispoof: off,
    liveness: off,
  },
  body: off,
  hand: off,
  object: off,
  gesture: off,
  segmentation: off,
});
await human.tf.ready();
await human.load();
console.log(JSON.stringify({ version: human.version }));

for await (const line of createInterface({ input: process.stdin })) {
  const { photos } = JSON.parse(line);
  const began = performance.now();
  let faces = 0;
  for (const photo of photos) {
    const fit = { width: maxSide, height: maxSide, fit: "inside", withoutEnlargement: true };
    const { data, info } = await sharp(photo)
      .rotate()
      .resize(fit)
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const tensor = human.tf.tensor(new Uint8Array(data), [1, info.height, info.width, 3], "float32");
    const { face } = await human.detect(tensor);
    human.tf.dispose(tensor);
    faces += face.filter(({ emotion, embedding }) => emotion?.length > 0 && embedding?.length > 0).length;
  }
  console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, faces, peakMiB: process.resourceUsage().maxRSS / 1024 }));
}
process.exit(0);
