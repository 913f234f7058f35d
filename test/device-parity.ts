/**
 * Does a GPU learn what the CPU learns? The same seed on both, five steps, every loss and every network: the losses of each step
 * are to agree.
 *
 *   node --conditions=semblant-source test/device-parity.ts [--device cuda] [--json FILE] [--only WORD]
 *
 * Prints a line a training, and ends with status 1 where two losses are too far apart. `--device cpu` compares the CPU with itself.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { allowTensorFloat32, engine, type Module } from "@semblant/torch";
import {
  buildTraining,
  type Dataset,
  generateFaces,
  lossNames,
  networkNames,
  type PartialSettings,
  resolveSettings,
  train,
} from "@semblant/training";

/** A training to compare: what it is called, and what is other than in the preset `best`. */
export interface ParityCase {
  readonly name: string;
  readonly settings: PartialSettings;
}

export interface Parity {
  readonly name: string;
  readonly precision: Precision;
  /** The loss of each step. */
  readonly cpu: readonly number[];
  readonly device: readonly number[];
  /** The largest difference of a step, as a share of the loss (of 1, where the loss is lower). */
  readonly difference: number;
  readonly bound: number;
  readonly agrees: boolean;
}

type Precision = "float32" | "bfloat16";

/**
 * How far losses may be apart. Each step multiplies what rounding in another order made: at ten times this learning rate two instruction sets
 * of one CPU were 2e-3 apart after five steps in float32, and bfloat16, which keeps 8 bits of each number, up to 0.4 from float32.
 */
export const bounds: Readonly<Record<Precision, number>> = { float32: 1e-3, bfloat16: 1e-1 };

const steps = 5;

/** Every loss with ResNet18; the other networks with a loss of directions, since their first embeddings are too short for another to see; colours once. */
export function parityCases(): ParityCase[] {
  const named = (name: string, settings: PartialSettings): ParityCase => ({ name, settings });
  return [
    ...lossNames.map((name) => named(name, { loss: { name } })),
    ...(["random", "batch-hard", "distance-weighted"] as const).map((mining) =>
      named(`triplet, ${mining}`, { loss: { name: "triplet", mining }, ...(mining === "random" && { batch: 8 }) }),
    ),
    named("contrastive, memory", { loss: { name: "contrastive", memory: 64 } }),
    ...networkNames
      .filter((name) => name !== "resnet18")
      .map((name) => named(name, { network: { name, size: name === "alexnet" ? 63 : 48 }, loss: { name: "contrastive" } })),
    named("resnet18, 7x7, colours", { network: { stem: "7x7", channels: 3 } }),
  ];
}

/** Trains on both, and compares. Products in float32 are made whole, as the CPU makes them. */
export function compareDevices(
  { name, settings }: ParityCase,
  data: Dataset,
  { device, precision, deviceSeed = 0 }: { device: string; precision: Precision; deviceSeed?: number },
): Parity {
  allowTensorFloat32(false);
  try {
    const cpu = losses(settings, data, { device: "cpu", precision, seed: 0 });
    const there = losses(settings, data, { device, precision, seed: deviceSeed });
    const difference = Math.max(...cpu.map((loss, i) => Math.abs(loss - (there[i] as number)) / Math.max(1, Math.abs(loss))));
    const bound = bounds[precision];
    return { name, precision, cpu, device: there, difference, bound, agrees: difference <= bound };
  } finally {
    allowTensorFloat32(true);
  }
}

export const parityData = (): Dataset => generateFaces({ count: 120, seed: 0 });

function losses(settings: PartialSettings, data: Dataset, where: { device: string; precision: Precision; seed: number }): number[] {
  const resolved = resolveSettings({
    ...base,
    ...settings,
    ...where,
    network: { width: 16, ...settings.network },
  });
  const training = buildTraining(resolved, data);
  for (const part of training.network.modules()) still(part);
  return [...train(training)].map(({ loss }) => loss);
}

/** The paper's augmentation, of which every part is drawn on the CPU; a plain rule, which does not turn a rounded 0 into a whole step. */
const base: PartialSettings = {
  steps,
  perClass: 3,
  augmentation: "paper",
  optimizer: { name: "sgd", learningRate: 0.002 },
  schedule: { name: "constant" },
  validation: { every: 100 },
};

/**
 * Dropout and random pooling draw from the device's own generator, whose numbers no other device has. Such parts have no weights of their own;
 * they are kept as in use, where nothing is drawn.
 */
function still(part: Module): void {
  if ([...part.modules()].length === 1 && part.stateDict().size === 0) Object.defineProperty(part, "training", { value: false });
}

function main(): void {
  const { values } = parseArgs({
    options: { device: { type: "string", default: "cuda" }, json: { type: "string" }, only: { type: "string", default: "" } },
  });
  const { devices, gpus, libtorch, cpu } = engine();
  const device = values.device === "cuda" ? "cuda:0" : values.device;
  if (!devices.includes(device)) {
    console.log(`skipped: libtorch has ${devices.join(", ")} here, and no ${device}`);
    return;
  }
  const data = parityData();
  const results: Parity[] = [];
  console.log(`libtorch ${libtorch}: ${cpu} and ${gpus[0] ?? "itself"}, ${steps} steps, largest difference of a loss`);
  for (const precision of ["float32", "bfloat16"] as const) {
    for (const one of parityCases().filter(({ name }) => name.includes(values.only))) {
      const result = compareDevices(one, data, { device, precision });
      results.push(result);
      const { name, difference, bound, agrees } = result;
      console.log(`${precision.padEnd(9)} ${name.padEnd(28)} ${difference.toExponential(1)} of ${bound}${agrees ? "" : "  TOO FAR"}`);
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ device, gpus, libtorch, results }, null, 2)}\n`);
  const apart = results.filter(({ agrees }) => !agrees);
  console.log(apart.length === 0 ? `all ${results.length} agree` : `${apart.length} of ${results.length} are too far apart`);
  process.exitCode = apart.length === 0 ? 0 : 1;
}

if (import.meta.main) main();
