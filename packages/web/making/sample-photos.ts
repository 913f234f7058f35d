import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import { drawSamples, type SamplePhoto } from "./samples.ts";

/** Drawn once: what draws them decides which folder they are in. */
const drawn = join(import.meta.dirname, "../../../.cache/sample-photos");
const drawing = [
  join(import.meta.dirname, "samples.ts"),
  ...readdirSync(join(import.meta.dirname, "../../datasets/src/generated"))
    .filter((name) => !name.includes(".test."))
    .map((name) => join(import.meta.dirname, "../../datasets/src/generated", name)),
];

/** Puts photos of drawn people beside the built page, and their names: for those who would rather look first. */
export function samplePhotos(): Plugin {
  return {
    name: "semblant-sample-photos",
    apply: "build",
    async generateBundle() {
      const photos = await drawnPhotos();
      for (const { name, bytes } of photos) this.emitFile({ type: "asset", fileName: `samples/${name}`, source: bytes });
      this.emitFile({ type: "asset", fileName: "samples/names.json", source: JSON.stringify(photos.map(({ name }) => name)) });
    },
  };
}

async function drawnPhotos(): Promise<readonly SamplePhoto[]> {
  const digest = createHash("sha256");
  for (const file of drawing) digest.update(readFileSync(file));
  const folder = `${drawn}-${digest.digest("hex").slice(0, 12)}`;
  if (!existsSync(folder)) {
    const beside = `${folder}.${process.pid}.tmp`;
    mkdirSync(beside, { recursive: true });
    for (const { name, bytes } of await drawSamples()) writeFileSync(join(beside, name), bytes);
    if (existsSync(folder)) rmSync(beside, { recursive: true });
    else renameSync(beside, folder);
  }
  return readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}
