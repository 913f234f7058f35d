// What @vladmandic/human and face-api say of grey faces: reads raw bytes, writes one JSON line of names per face.
//   node expressions.mjs SIDE < faces.u8 > names.jsonl
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const side = Number(process.argv[2]);
const bytes = readFileSync(0);
const count = bytes.length / (side * side);

const tf = require("@tensorflow/tfjs");
const { setWasmPaths } = require("@tensorflow/tfjs-backend-wasm");
setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"))}/dist/`);
await tf.setBackend("wasm");
await tf.ready();
const modules = join(import.meta.dirname, "node_modules/@vladmandic");

/** human's network for expressions, given what human gives it: the grey face, from -1 to 1 (its src/gear/emotion.ts). */
async function openHuman() {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(modules, "human/models/emotion.json"), "utf8"));
  const { buffer, byteOffset, byteLength } = readFileSync(join(modules, "human/models/emotion.bin"));
  const weightData = buffer.slice(byteOffset, byteOffset + byteLength);
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest.flatMap(({ weights }) => weights), weightData }),
  );
  const size = model.inputs[0].shape[2];
  const names = ["anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"];
  return (face) => {
    const scores = tf.tidy(() =>
      model.execute(tf.image.resizeBilinear(face, [size, size]).div(255).sub(0.5).mul(2).expandDims(0)).dataSync(),
    );
    return names[scores.indexOf(Math.max(...scores))];
  };
}

/** face-api's network for expressions, which cuts and scales by itself. */
async function openFaceApi() {
  const faceapi = require(join(modules, "face-api/dist/face-api.node-wasm.js"));
  await faceapi.tf.setBackend("wasm");
  await faceapi.tf.ready();
  await faceapi.nets.faceExpressionNet.loadFromDisk(join(modules, "face-api/model"));
  const names = {
    neutral: "neutral",
    happy: "happiness",
    sad: "sadness",
    angry: "anger",
    fearful: "fear",
    disgusted: "disgust",
    surprised: "surprise",
  };
  return async (face) => {
    const colour = faceapi.tf.tidy(() => faceapi.tf.tile(face, [1, 1, 3]));
    const scores = await faceapi.nets.faceExpressionNet.predictExpressions(colour);
    colour.dispose();
    const [best] = Object.entries(scores).sort(([, a], [, b]) => b - a)[0];
    return names[best];
  };
}

const human = await openHuman();
const faceApi = await openFaceApi();
for (let i = 0; i < count; i++) {
  const face = tf.tensor3d(Float32Array.from(bytes.subarray(i * side * side, (i + 1) * side * side)), [side, side, 1]);
  console.log(JSON.stringify({ human: human(face), "face-api": await faceApi(face) }));
  face.dispose();
}
