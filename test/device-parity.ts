/**
 * Does a GPU learn what the CPU learns? The same seed on both, five steps, every loss and every network. Each step is to have
 * the same loss, and to move the weights alike. After each step the GPU goes on from the CPU's weights: steps are compared one by one.
 *
 *   node --conditions=semblant-source test/device-parity.ts [--device cuda] [--json FILE] [--only WORD]
 *
 * Prints a line a training, and ends with status 1 where two are too far apart. `--device cpu` compares the CPU with itself.
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Dataset, generateFaces } from "@semblant/datasets";
import { allowTensorFloat32, engine, type Module, noGrad, type Tensor } from "@semblant/torch";
import { buildTraining, train } from "@semblant/training";
import { lossNames, networkNames, type PartialSettings, resolveSettings } from "@semblant/training/settings";

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
  /** How far the losses of each step are apart, as a share of the loss (of 1, where the loss is lower). */
  readonly losses: readonly number[];
  /** How far the weights' moves of each step are apart, as a share of the CPU's move: both as vectors of all weights. */
  readonly moves: readonly number[];
  readonly bounds: Bounds;
  readonly agrees: boolean;
}

type Precision = "float32" | "bfloat16";
interface Bounds {
  readonly loss: number;
  readonly move: number;
}

/**
 * How far a step may be apart that began with the same weights. In float32 rounding in another order moves a loss by 1e-7 to 1e-5 of itself, and a
 * step by up to 6e-3. In bfloat16, which keeps 8 bits of each number, the CPU's own steps are 0.2 to 0.5 from its steps in float32, its losses 1e-2.
 * An operator with a fault, forward or backward, moves them by a tenth or more.
 */
export const bounds: Readonly<Record<Precision, Bounds>> = {
  float32: { loss: 1e-4, move: 5e-2 },
  bfloat16: { loss: 2e-2, move: 9e-1 },
};

/**
 * CLAHE of the paper's augmentation rounds to grey levels. A last bit may take a pixel to the other side: then the image differs, by a
 * level in a tile. Bits changed at random on the CPU moved losses by up to 5e-4 and steps by up to 0.1 that way.
 */
const rounded = 5;

/**
 * Losses of pairs and triplets are means over those that are not yet far enough apart: where rounding takes one in or out, the mean jumps by
 * one part in their number. That happens in some steps, a faulty operator in all: so of these losses the middle step counts,
 * and the worst may be so many times further apart.
 */
const jump = 20;
const selects = ({ loss }: PartialSettings): boolean => loss?.name === "triplet" || loss?.name === "contrastive";

const steps = 5;
export const learningRate = 0.002;

/** Every loss with ResNet18; the other networks with a loss of directions, since their first embeddings are too short for another to see; colours once. */
export function parityCases(): ParityCase[] {
  const named = (name: string, settings: PartialSettings): ParityCase => ({ name, settings });
  return [
    ...lossNames.map((name) => named(name, { loss: { name } })),
    ...(["random", "batch-hard", "distance-weighted"] as const).map((mining) =>
      named(`triplet, ${mining}`, { loss: { name: "triplet", mining }, ...(mining === "random" && { batch: 8 }) }),
    ),
    named("sgm, paper", { augmentation: "paper" }),
    named("contrastive, memory", { loss: { name: "contrastive", memory: 64 } }),
    ...networkNames
      .filter((name) => name !== "resnet18")
      .map((name) => named(name, { network: { name, size: name === "alexnet" ? 63 : 48 }, loss: { name: "contrastive" } })),
    named("resnet18, 7x7, colours", { network: { stem: "7x7", channels: 3 } }),
  ];
}

/** Trains on both, and compares; `other` is what is set otherwise on the device, to see it found. Products in float32 are made whole, as the CPU makes them. */
export function compareDevices(
  { name, settings }: ParityCase,
  data: Dataset,
  { device, precision, other = {} }: { device: string; precision: Precision; other?: PartialSettings },
): Parity {
  allowTensorFloat32(false);
  try {
    const cpu = begin(settings, data, { device: "cpu", precision, seed: 0 });
    const there = begin({ ...settings, ...other }, data, { device, precision, seed: 0, ...other });
    const pairs = Array.from({ length: steps }, (_, k) => {
      if (k > 0) there.takeOver(cpu);
      return { cpu: cpu.step(), device: there.step() };
    });
    const losses = pairs.map(({ cpu: a, device: b }) => Math.abs(a.loss - b.loss) / Math.max(1, Math.abs(a.loss)));
    const moves = pairs.map(({ cpu: a, device: b }) => apart(a.move, b.move));
    const factor = precision === "float32" && settings.augmentation === "paper" ? rounded : 1;
    const bound = { loss: factor * bounds[precision].loss, move: factor * bounds[precision].move };
    const agrees = within(losses, bound.loss, selects(settings)) && within(moves, bound.move, selects(settings));
    const [onCpu, onDevice] = [pairs.map((pair) => pair.cpu.loss), pairs.map((pair) => pair.device.loss)];
    return { name, precision, cpu: onCpu, device: onDevice, losses, moves, bounds: bound, agrees };
  } finally {
    allowTensorFloat32(true);
  }
}

const within = (apart: readonly number[], bound: number, selects: boolean): boolean =>
  selects ? middle(apart) <= bound && Math.max(...apart) <= jump * bound : Math.max(...apart) <= bound;
const middle = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] as number;

/** The length of a − b as a share of the length of a. */
function apart(a: readonly Float32Array[], b: readonly Float32Array[]): number {
  let [difference, length] = [0, 0];
  for (const [k, of] of a.entries()) {
    const other = b[k] as Float32Array;
    for (let i = 0; i < of.length; i++) {
      const x = of[i] as number;
      difference += (x - (other[i] as number)) ** 2;
      length += x ** 2;
    }
  }
  return length === 0 ? Math.sqrt(difference) : Math.sqrt(difference / length);
}

export const parityData = (): Dataset => generateFaces({ count: 120, seed: 0 });

interface OneSide {
  /** The loss, and by how much each tensor of weights moved. */
  step(): { loss: number; move: readonly Float32Array[] };
  /** Goes on from the weights and running statistics of another. */
  takeOver(other: OneSide): void;
  readonly weights: () => readonly Tensor[];
}

function begin(settings: PartialSettings, data: Dataset, where: PartialSettings): OneSide {
  const resolved = resolveSettings({
    ...base,
    ...settings,
    ...where,
    network: { baseChannels: 16, ...settings.network },
  });
  const training = buildTraining(resolved, data);
  for (const part of training.network.modules()) still(part);
  const { network, loss } = training;
  const parameters = () => [...network.parameters(), ...(loss.module?.parameters() ?? [])];
  const values = () => parameters().map((weight) => Float32Array.from(weight.data() as Float32Array));
  const running = train(training);
  return {
    weights: () => [...network.stateDict().values(), ...(loss.module?.stateDict().values() ?? [])],
    step() {
      const before = values();
      const { value } = running.next();
      if (!value) throw new Error("the training ended");
      const move = values().map((now, k) => now.map((x, i) => x - ((before[k] as Float32Array)[i] as number)));
      return { loss: value.loss, move };
    },
    takeOver(other) {
      noGrad(() => {
        const theirs = other.weights();
        for (const [k, weight] of this.weights().entries()) weight.copyInPlace(theirs[k] as Tensor);
      });
    },
  };
}

/** An augmentation that rounds nothing to whole levels; a plain rule, which does not turn a rounded 0 into a whole step. */
const base: PartialSettings = {
  steps,
  perClass: 3,
  augmentation: "mild",
  optimizer: { name: "sgd", learningRate, momentum: 0 },
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
  console.log(
    `libtorch ${libtorch}: ${cpu} and ${gpus[0] ?? "itself"}, ${steps} steps, largest differences: of losses, and of the weights' moves`,
  );
  for (const precision of ["float32", "bfloat16"] as const) {
    for (const one of parityCases().filter(({ name }) => name.includes(values.only))) {
      const result = compareDevices(one, data, { device, precision });
      results.push(result);
      const { name, losses, moves, agrees } = result;
      const shown = [losses, moves].map((list) => Math.max(...list).toExponential(1)).join("  ");
      console.log(`${precision.padEnd(9)} ${name.padEnd(28)} ${shown}${agrees ? "" : "  TOO FAR"}`);
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ device, gpus, libtorch, results }, null, 2)}\n`);
  const far = results.filter(({ agrees }) => !agrees);
  console.log(far.length === 0 ? `all ${results.length} agree` : `${far.length} of ${results.length} are too far apart`);
  process.exitCode = far.length === 0 ? 0 : 1;
}

if (import.meta.main) main();
