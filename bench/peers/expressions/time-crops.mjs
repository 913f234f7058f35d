// A peer of bench/expressions.ts: a batch of crops to their expressions, by human's or face-api's network.
import { createInterface } from "node:readline";
import { begin, openFaceApi, openHuman, tf, versions } from "./networks.mjs";

const { model, batch, threads } = JSON.parse(process.argv[2]);
await begin(threads);
const name = model === "human" ? await openHuman() : await openFaceApi();
const side = 48;
const crops = Float32Array.from({ length: batch * side * side }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 24) ^ (i % 61));

console.log(JSON.stringify({ version: versions[model] }));
for await (const line of createInterface({ input: process.stdin })) {
  const { times } = JSON.parse(line);
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < times; i++) {
    const faces = tf.tensor4d(crops, [batch, side, side, 1]);
    await name(faces);
    faces.dispose();
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify({ seconds, processor: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 }));
}
