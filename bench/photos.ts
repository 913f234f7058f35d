/**
 * Photos read beside @vladmandic/human, the most used library of the kind in TypeScript, doing the same work: decode, find faces with
 * landmarks, name expressions, a descriptor for each face. Group photos (many faces) and portraits apart; one process a core for each side.
 *
 *   npm install --prefix bench/peers/human --ignore-scripts
 *   npm run bench -- photos --folder PHOTOS [--rounds 3] [--processes 2] [--side 1280]
 */
import { existsSync, globSync } from "node:fs";
import { join, resolve } from "node:path";
import { median, Peer } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import { record } from "./result.ts";

const { values } = parseOptions({
  options: {
    folder: { type: "string" },
    rounds: { type: "string", default: "3" },
    processes: { type: "string", default: "2" },
    side: { type: "string", default: "1280" },
    name: { type: "string", default: "photos" },
  },
});
const human = join(import.meta.dirname, "peers/human");
const photos = values.folder === undefined ? [] : globSync("**/*.{jpg,jpeg,png,webp}", { cwd: values.folder }).sort();
if (photos.length === 0 || !existsSync(join(human, "node_modules"))) {
  console.error(
    photos.length === 0 ? "photos: expected photos in --folder." : "photos: first, npm install --prefix bench/peers/human --ignore-scripts",
  );
  process.exit(1);
}
const paths = photos.map((photo) => resolve(values.folder as string, photo));
const maxSide = Number(values.side);
const processes = Number(values.processes);

interface Pass {
  readonly seconds: number;
  readonly faces: number;
  readonly peakMiB: number;
}

/** One side: a process a core, each with every nth photo. */
class Side {
  readonly #peers: readonly Peer<{ photos: readonly string[] }, Pass>[];
  constructor(command: readonly string[]) {
    const setting = { threads: 1, maxSide };
    this.#peers = Array.from({ length: processes }, () => new Peer([process.execPath, ...command], setting));
  }
  get version(): Promise<string> {
    return Promise.all(this.#peers.map((peer) => peer.version)).then(([version = ""]) => version);
  }
  async pass(all: readonly string[]): Promise<Pass> {
    const began = performance.now();
    const parts = await Promise.all(this.#peers.map((peer, n) => peer.ask({ photos: all.filter((_, i) => i % this.#peers.length === n) })));
    const seconds = (performance.now() - began) / 1000;
    return { seconds, faces: sum(parts.map(({ faces }) => faces)), peakMiB: sum(parts.map(({ peakMiB }) => peakMiB)) };
  }
  end(): void {
    for (const peer of this.#peers) peer.end();
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const round = (x: number) => Number(x.toPrecision(4));
const ours = new Side(["--conditions=semblant-source", "--no-warnings", join(import.meta.dirname, "peers/read-photos.ts")]);
const theirs = new Side([join(human, "read-photos.mjs")]);
await Promise.all([ours.version, theirs.version]);
for (const side of [ours, theirs]) await side.pass(paths.slice(0, processes)); // warm

const pairs: [Pass, Pass][] = [];
for (let n = 0; n < Number(values.rounds); n++) {
  const [first, second] = n % 2 === 0 ? [ours, theirs] : [theirs, ours];
  const passes = new Map([
    [first, await first.pass(paths)],
    [second, await second.pass(paths)],
  ]);
  pairs.push([passes.get(ours) as Pass, passes.get(theirs) as Pass]);
}
const [mine, other] = [0, 1].map((side) => ({
  seconds: median(pairs.map((pair) => (pair[side] as Pass).seconds)),
  faces: (pairs[0] as readonly Pass[])[side]?.faces ?? 0,
  peakMiB: Math.max(...pairs.map((pair) => (pair[side] as Pass).peakMiB)),
})) as [Pass, Pass];
const ratios = pairs.map(([a, b]) => b.seconds / a.seconds);
record({
  name: values.name,
  ours: { value: round(paths.length / mine.seconds), unit: "photos/s" },
  peer: { name: "@vladmandic/human on WebAssembly", version: await theirs.version, value: round(paths.length / other.seconds) },
  ratio: round(median(ratios)),
  ratios: ratios.map(round),
  photos: paths.length,
  maxSide,
  processes,
  faces: { ours: mine.faces, peer: other.faces },
  facesPerSecond: { ours: round(mine.faces / mine.seconds), peer: round(other.faces / other.seconds) },
  peakMiB: { ours: Math.round(mine.peakMiB), peer: Math.round(other.peakMiB) },
});
ours.end();
theirs.end();
