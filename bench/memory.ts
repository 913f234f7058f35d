/**
 * Does training leak? Resident memory over 1,000 steps of a small network, and the number of live tensors.
 * Goal: growth under 2 % between the 100th step and the last.
 *
 *   npm run bench -- memory [--steps 1000] [--width 16]     about 3 minutes on two cores
 */
import { generateFaces } from "@semblant/datasets";
import { liveTensors } from "@semblant/torch";
import { buildTraining, train } from "@semblant/training";
import { resolveSettings } from "@semblant/training/settings";
import { parseOptions } from "./options.ts";
import { record } from "./result.ts";

const { values } = parseOptions({ options: { steps: { type: "string", default: "1000" }, width: { type: "string", default: "16" } } });
const steps = Number(values.steps);
const data = generateFaces({ count: 800, seed: 0 });
const settings = resolveSettings({ preset: "best", network: { baseChannels: Number(values.width) }, perClass: 8, steps });

const resident: { step: number; mib: number; tensors: number }[] = [];
for (const { step } of train(buildTraining(settings, data))) {
  if (step % 50 !== 0 && step !== 10) continue;
  globalThis.gc?.();
  resident.push({ step, mib: process.memoryUsage.rss() / 2 ** 20, tensors: liveTensors() });
  console.log(`step ${step}: ${resident.at(-1)?.mib.toFixed(1)} MiB, ${resident.at(-1)?.tensors} live tensors`);
}
const early = resident.find(({ step }) => step >= Math.min(100, steps / 2)) ?? resident[0];
const last = resident.at(-1);
if (early === undefined || last === undefined) throw new Error("no step was made");
record({
  name: "memory-1000-steps",
  ours: { value: last.mib, unit: "MiB after the last step" },
  peer: { name: "itself", version: `after step ${early.step}`, value: early.mib },
  ratio: early.mib / last.mib,
  growthPercent: 100 * (last.mib / early.mib - 1),
  liveTensors: [early.tensors, last.tensors],
  resident,
});
