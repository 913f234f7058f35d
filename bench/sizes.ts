/**
 * What to take for which number of faces: computed from what bench/results measured, and from prices. These are the tables of
 * docs/explanation/what-to-take-when.md; put in your own prices.
 *
 *   npm run bench -- sizes [--core-hour 0.04] [--memory-hour 0.005] [--disk-month 0.1] [--gpu-hour 3.5]
 *       [--faces-per-photo 2] [--server-memory 256]
 */
import { parseOptions, refuse } from "./options.ts";
import { assumed } from "./sizes/assumed.ts";
import { readMeasured } from "./sizes/measured.ts";
import { sizeTables } from "./sizes/tables.ts";

const { values } = parseOptions({
  options: {
    "core-hour": { type: "string", default: String(assumed.coreHour) },
    "memory-hour": { type: "string", default: String(assumed.memoryHour) },
    "disk-month": { type: "string", default: String(assumed.diskMonth) },
    "faces-per-photo": { type: "string", default: String(assumed.facesPerPhoto) },
    "gpu-hour": { type: "string", default: String(assumed.gpuHour) },
    "server-memory": { type: "string", default: String(assumed.serverMemory) },
  },
});

function numberOf(name: keyof typeof values): number {
  const value = Number(values[name]);
  return value > 0 ? value : refuse(`--${name}: expected a number above 0, but got ${values[name]}.`);
}

const tables = sizeTables(readMeasured(), {
  coreHour: numberOf("core-hour"),
  memoryHour: numberOf("memory-hour"),
  diskMonth: numberOf("disk-month"),
  facesPerPhoto: numberOf("faces-per-photo"),
  gpuHour: numberOf("gpu-hour"),
  serverMemory: numberOf("server-memory"),
});
for (const [mark, table] of Object.entries(tables)) console.log(`${mark}\n${table}\n`);
