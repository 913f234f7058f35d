/** What a campaign costs: images, steps and hours, reckoned from rates that were measured before. */
import { duration, formatTable } from "@semblant/core/internals";
import { networkDeclarations } from "@semblant/training/settings";
import { type Network, networks } from "../paper-rows.ts";
import type { Preset, Training } from "./trainings.ts";

/** How many trainings were side by side, and how many images a second each of them made. */
interface Rate {
  readonly atOnce: number;
  readonly each: number;
}

/** Of ResNet18, 64 channels, 48 pixels, as measured; the most side by side last. */
const rates: Readonly<Record<"gpu" | "cpu", Readonly<Record<Preset, readonly Rate[]>>>> = {
  gpu: {
    best: [
      { atOnce: 2, each: 12_400 },
      { atOnce: 12, each: 4500 },
    ],
    paper: [{ atOnce: 12, each: 800 }],
  },
  cpu: { best: [{ atOnce: 1, each: 62 }], paper: [{ atOnce: 1, each: 107 }] },
};
const measuredOn = {
  gpu: "an H200 with 16 cores",
  cpu: "one core of a Xeon with AMX",
} as const;

/** Millions of multiply-adds of an image by each preset, at the networks' own sizes. */
const work: Readonly<Record<Network, Readonly<Record<Preset, number>>>> = {
  resnet18: { best: 378, paper: 94 },
  fmpnet: { best: 84, paper: 84 },
  preactresnet18: { best: 554, paper: 554 },
  alexnet: { best: 664, paper: 664 },
  cvgg13: { best: 875, paper: 875 },
};
/** What a run's faces are measured in, once they are embedded, in seconds. */
const MEASURING = 30;
/** Faces of all splits to one of the training split. */
const SPLITS = 1.25;

/** What one training makes. */
export interface Cost {
  readonly steps: number;
  /** Images in all steps. */
  readonly images: number;
  /** Seconds, if time grows with the network's multiply-adds; on a GPU at most so many. */
  readonly seconds: number;
  /** Seconds, if every network is as fast as ResNet18. */
  readonly least: number;
}

export interface Circumstances {
  readonly device: string;
  readonly atOnce: number;
  /** Training faces and classes. */
  readonly faces: number;
  readonly classes: number;
}

const kindOf = (device: string) => (device.startsWith("cuda") ? "gpu" : "cpu");

/** Steps, images and seconds of a training, validation and measuring included. */
export function costOf({ preset, network, settings }: Training, { device, atOnce, faces, classes }: Circumstances): Cost {
  const kind = kindOf(device);
  const batch =
    settings.sampler === "balanced" ? settings.perClass * classes : settings.sampler === "triplets" ? 3 * settings.batch : settings.batch;
  const epoch = Math.ceil(faces / batch);
  const steps = settings.steps ?? settings.epochs * epoch;
  const images = steps * batch;
  const validations = Math.ceil(steps / epoch / settings.validation.every);
  const embedded = 2 * validations * settings.validation.gallery + SPLITS * faces; // validations, and once all of them to measure
  const least = (images + embedded / 3) / rateOf(rates[kind][preset], atOnce); // forward is a third of a step
  const more = workOf(settings.network, work[network][preset]) / work.resnet18[preset];
  const seconds = least * (kind === "gpu" ? Math.max(1, more) : more);
  return { steps, images, seconds: seconds + MEASURING, least: (kind === "gpu" ? least : seconds) + MEASURING };
}

/** Multiply-adds of an image in a network of other channels or of another size than its own. */
function workOf({ name, baseChannels, size }: Training["settings"]["network"], own: number): number {
  const side = networkDeclarations.get(name)?.size ?? size;
  return own * (baseChannels / 64) ** 2 * (size / side) ** 2;
}

/** Images a second of each training: as measured with as many side by side or more; with still more, they share what there was. */
function rateOf(measured: readonly Rate[], atOnce: number): number {
  const known = measured.find((rate) => rate.atOnce >= atOnce);
  const last = measured.at(-1) as Rate;
  return known?.each ?? (last.each * last.atOnce) / atOnce;
}

/** Seconds until the last of them has ended, each begun where one has ended. */
export function wallSeconds(each: readonly number[], atOnce: number): number {
  const ends: number[] = Array(Math.max(1, Math.min(atOnce, each.length))).fill(0);
  for (const seconds of each) {
    const free = ends.indexOf(Math.min(...ends));
    ends[free] = (ends[free] as number) + seconds;
  }
  return Math.max(...ends);
}

/** Those that end within so many seconds, in their order, then the others: they are begun with what time is left, and go on next time. */
export function endingFirst<T>(all: readonly T[], secondsOf: (one: T) => number, { atOnce, within }: { atOnce: number; within: number }) {
  const ending: T[] = [];
  for (const one of all) if (wallSeconds([...ending, one].map(secondsOf), atOnce) <= within) ending.push(one);
  return { ending, others: all.filter((one) => !ending.includes(one)) };
}

/** What is said before anything starts. */
export function costText(trainings: readonly Training[], circumstances: Circumstances): string {
  const { device, atOnce, faces } = circumstances;
  const kind = kindOf(device);
  const costs = trainings.map((training) => ({ training, cost: costOf(training, circumstances) }));
  const nameOf = ({ preset, network }: Training) => `${preset}, ${networks[network]}`;
  const lines = [...new Set(trainings.map(nameOf))].map((name) => {
    const group = costs.filter((one) => nameOf(one.training) === name);
    const { training } = group[0] as (typeof group)[number];
    const sum = (of: (cost: Cost) => number) => group.reduce((total, { cost }) => total + of(cost), 0);
    return [
      name,
      String(group.length),
      training.settings.steps === null ? String(training.epochs) : "",
      sum(({ steps }) => steps).toLocaleString("en-US"),
      sum(({ images }) => images).toLocaleString("en-US"),
      (sum(({ seconds }) => seconds) / 3600).toFixed(1),
    ];
  });
  const [least, most] = [
    wallSeconds(
      costs.map(({ cost }) => cost.least),
      atOnce,
    ),
    wallSeconds(
      costs.map(({ cost }) => cost.seconds),
      atOnce,
    ),
  ];
  const images = costs.reduce((total, { cost }) => total + cost.images, 0);
  return [
    formatTable([["", "trainings", "epochs", "steps", "images", kind === "gpu" ? "hours, at most" : "hours"], ...lines]),
    `${trainings.length} trainings of ${faces.toLocaleString("en-US")} faces, ${atOnce} side by side: ${images.toLocaleString("en-US")} images, ` +
      `${spanText(least, most)}.`,
    `Reckoned from ResNet18 on ${measuredOn[kind]}; the other networks by their multiply-adds${kind === "gpu" ? ", or as fast as ResNet18" : ""}. ` +
      "What is measured here is said on the way.",
  ].join("\n");
}

function spanText(least: number, most: number): string {
  return most > 1.2 * least ? `${duration(least)} to ${duration(most)}` : `about ${duration(most)}`;
}
