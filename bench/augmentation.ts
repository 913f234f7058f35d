/**
 * What augmentation costs a training: steps of `train` without it, with `mild` and with `paper`, in turn; ResNet18 with the 3×3 stem and pool
 * at 48 pixels, SGM loss, everything else as in the preset `best`.
 *
 *   npm run bench -- augmentation [--device cuda] [--batch 240] [--width 64] [--rounds 5] [--steps 20] [--json FILE]
 *
 * A round takes so many steps of each; speeds and shares are medians of the rounds. The share is what of a step without augmentation
 * it adds. Goal on a GPU: at most 30 %.
 */
import { writeFileSync } from "node:fs";
import { Random } from "@semblant/core";
import { generateFaces } from "@semblant/datasets";
import { engine, setThreads, synchronize, tensor, tidy } from "@semblant/torch";
import { augment, augmentations, buildTraining, type Step, train } from "@semblant/training";
import { resolveSettings } from "@semblant/training/settings";
import { median } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import { machine } from "./result.ts";

const { values } = parseOptions({
  options: {
    device: { type: "string", default: "auto" },
    batch: { type: "string", default: "240" },
    width: { type: "string", default: "64" },
    rounds: { type: "string", default: "5" },
    steps: { type: "string", default: "20" },
    threads: { type: "string" },
    precision: { type: "string", default: "bfloat16,float32" },
    json: { type: "string" },
  },
});
const [batch, rounds, steps] = [Number(values.batch), Number(values.rounds), Number(values.steps)];
if (values.threads !== undefined) setThreads(Number(values.threads));

const names = ["none", "mild", "paper"] as const;
type Name = (typeof names)[number];
const data = generateFaces({ count: 2000, seed: 0 });
const perClass = Math.round(batch / data.classes.length);
const images = perClass * data.classes.length;
const input = { size: 48, channels: 1, mean: [0.5], std: [0.2] };

/** A training that goes on for as long as it is asked. */
function begin(augmentation: Name, precision: "bfloat16" | "float32"): () => number {
  const settings = resolveSettings({
    network: { baseChannels: Number(values.width) },
    augmentation,
    precision,
    device: values.device,
    perClass,
    steps: 1_000_000,
    validation: { every: 1_000_000 },
  });
  const training: Iterator<Step> = train(buildTraining(settings, data));
  return () => {
    synchronize();
    const start = performance.now();
    for (let k = 0; k < steps; k++) if (training.next().done) throw new Error(`the training with ${augmentation} ended`);
    synchronize();
    return (performance.now() - start) / steps;
  };
}

/** One batch changed, nothing else: milliseconds until the call returns, and until the device is done. */
function alone(name: Name): { host: number; done: number } {
  const device = values.device === "auto" ? (engine().devices[1] ?? "cpu") : values.device;
  const rows = Int32Array.from({ length: images }, (_, i) => i % data.train.images.count);
  const { width, height, channels } = data.train.images;
  const pixels = new Uint8Array(rows.length * width * height * channels);
  data.train.images.gather(rows, pixels);
  const random = new Random(0);
  const times = Array.from({ length: 4 * rounds }, () => {
    synchronize();
    const start = performance.now();
    tidy(() => {
      const batch = tensor(pixels, { shape: [rows.length, height, width, channels], device }).permute([0, 3, 1, 2]);
      augment(batch, input, augmentations[name], random);
    });
    const host = performance.now() - start;
    synchronize();
    return { host, done: performance.now() - start };
  });
  return { host: median(times.map(({ host }) => host)), done: median(times.map(({ done }) => done)) };
}

const { gpus, libtorch } = engine();
const results = [];
console.log(
  `${machine()}; ${gpus.join(", ") || "no GPU"}; libtorch ${libtorch}; device ${values.device}, batch ${images}, width ${values.width}`,
);
for (const precision of values.precision.split(",") as ("bfloat16" | "float32")[]) {
  const trainings = names.map((name) => begin(name, precision));
  for (const time of trainings) time();
  const times = Array.from({ length: rounds }, () => trainings.map((time) => time()));
  for (const [k, name] of names.entries()) {
    const [ms, share] = [median(times.map((of) => of[k] as number)), median(times.map((of) => (of[k] as number) / (of[0] as number) - 1))];
    results.push({ precision, augmentation: name, ms, imagesPerSecond: (1000 * images) / ms, share });
    const speed = Math.round((1000 * images) / ms);
    console.log(
      `${precision.padEnd(9)} ${name.padEnd(6)} ${ms.toFixed(1).padStart(8)} ms a step ${String(speed).padStart(7)} images/s ${`${(100 * share).toFixed(1)} %`.padStart(8)} more`,
    );
  }
}
const single = names.map((name) => ({ augmentation: name, ...alone(name) }));
for (const { augmentation, host, done } of single)
  console.log(
    `${augmentation.padEnd(6)} of one batch alone: ${host.toFixed(2)} ms until the call returns, ${done.toFixed(2)} ms until it is done`,
  );
if (values.json !== undefined) {
  writeFileSync(
    values.json,
    `${JSON.stringify({ machine: machine(), gpus, libtorch, setting: { ...values, images }, results, single }, null, 2)}\n`,
  );
}
