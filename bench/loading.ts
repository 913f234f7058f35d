/**
 * Does the network wait for its data? A training run as `train` does it (drawing rows, gathering pixels, augmenting) beside the same steps
 * on one synthetic batch that lies ready. Goal: at least 95 % of the synthetic speed.
 *
 *   npm run bench -- loading [--threads 2] [--width 64] [--rounds 7]     about 5 minutes on two cores
 */
import { Random } from "@semblant/core";
import { generateFaces } from "@semblant/datasets";
import { Adam, autocast, engine, randn, seed, setThreads, tensor, tidy } from "@semblant/torch";
import { augment, augmentations, balanced, resnet18, structuredGaussianManifold } from "@semblant/training";
import { median } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import { record } from "./result.ts";

const { values } = parseOptions({
  options: {
    threads: { type: "string", default: "2" },
    width: { type: "string", default: "64" },
    rounds: { type: "string", default: "7" },
  },
});
setThreads(Number(values.threads));
seed(0);

const data = generateFaces({ count: 2000, seed: 0 }).train;
const network = resnet18({ baseChannels: Number(values.width), stem: "3x3-pool" }).to({ memoryFormat: "channelsLast" });
const loss = structuredGaussianManifold({ sigma: 1 });
const optimizer = new Adam(network.parameters(), { learningRate: 1e-4 });
const precision = engine().bfloat16On.includes("cpu") ? "bfloat16" : "float32";
const random = new Random(0);
const sampler = balanced(data.labels, { perClass: 30, random: random.fork("sampler") });
const ready = randn([240, 1, 48, 48]).contiguous("channelsLast");
const readyLabels = tensor(Int32Array.from({ length: 240 }, (_, i) => i % 8));

function step(images: () => { x: typeof ready; y: typeof readyLabels }): number {
  const start = performance.now();
  tidy(() => {
    const { x, y } = images();
    const value = loss(autocast(precision, () => network.forward(x)).to("float32"), y);
    optimizer.zeroGrad();
    value.backward();
    optimizer.step();
    return value.item();
  });
  return performance.now() - start;
}
const synthetic = () => ({ x: ready, y: readyLabels });

const { width, height } = data.images;
for (const name of ["mild", "paper"] as const) {
  const loaded = () => {
    const rows = sampler.next();
    const pixels = new Uint8Array(rows.length * height * width);
    data.images.gather(rows, pixels);
    const batch = tensor(pixels, { shape: [rows.length, 1, height, width] });
    const x = augment(batch, network.input, augmentations[name], random).contiguous("channelsLast");
    return { x, y: tensor(Int32Array.from(rows, (i) => data.labels[i] as number)) };
  };
  step(synthetic);
  step(loaded);
  const pairs = Array.from({ length: Number(values.rounds) }, () => [step(loaded), step(synthetic)] as const);
  record({
    name: `loading-${name}`,
    ours: { value: 240_000 / median(pairs.map(([ours]) => ours)), unit: "images/s" },
    peer: { name: "synthetic batch", version: "-", value: 240_000 / median(pairs.map(([, peer]) => peer)) },
    ratio: median(pairs.map(([ours, peer]) => peer / ours)),
    setting: { ...values, precision, batch: 240 },
  });
}
