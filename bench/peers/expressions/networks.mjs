// The networks of @vladmandic/human and face-api that name expressions, on WebAssembly: faces are a tensor (faces, side, side, 1) of grey, 0 to 255.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);
const modules = join(import.meta.dirname, "node_modules/@vladmandic");
export const tf = require("@tensorflow/tfjs");
const { setWasmPaths, setThreadsCount } = require("@tensorflow/tfjs-backend-wasm");

/** Has WebAssembly compute, on so many threads as are asked for, else on as many as it likes. */
export async function begin(threads) {
  setWasmPaths(`${dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json"))}/dist/`);
  if (threads !== undefined) setThreadsCount(threads);
  await tf.setBackend("wasm");
  await tf.ready();
}

export const versions = {
  human: versionOf("human"),
  "face-api": versionOf("face-api"),
};

/** human's network for expressions, given what human gives it: the grey face, from -1 to 1 (its src/gear/emotion.ts). */
export async function openHuman() {
  const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(modules, "human/models/emotion.json"), "utf8"));
  const { buffer, byteOffset, byteLength } = readFileSync(join(modules, "human/models/emotion.bin"));
  const weightData = buffer.slice(byteOffset, byteOffset + byteLength);
  const model = await tf.loadGraphModel(
    tf.io.fromMemory({ modelTopology, weightSpecs: weightsManifest.flatMap(({ weights }) => weights), weightData }),
  );
  const size = model.inputs[0].shape[2];
  const names = ["anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"];
  return (faces) => {
    const best = tf.tidy(() =>
      model
        .execute(tf.image.resizeBilinear(faces, [size, size]).div(255).sub(0.5).mul(2))
        .argMax(1)
        .dataSync(),
    );
    return Array.from(best, (i) => names[i]);
  };
}

/** face-api's network for expressions, which cuts and scales by itself. */
export async function openFaceApi() {
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
  return async (faces) => {
    const each = faceapi.tf.tidy(() => faceapi.tf.unstack(faceapi.tf.tile(faces, [1, 1, 1, 3]))); // it takes a batch as a list
    const all = [await faceapi.nets.faceExpressionNet.predictExpressions(each)].flat();
    faceapi.tf.dispose(each);
    return all.map((scores) => names[Object.entries(scores).sort(([, a], [, b]) => b - a)[0][0]]);
  };
}

function versionOf(name) {
  return JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8")).version;
}
