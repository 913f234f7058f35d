/**
 * Sixteen face crops to their expressions: our networks beside those of @vladmandic/human and face-api, one thread each. A crop is
 * 48 × 48 grey pixels; what each network asks for beyond that (sizes, colours) is part of its work.
 *
 *   npm install --prefix bench/peers/expressions --ignore-scripts
 *   npm run bench -- expressions [--batch 16] [--rounds 5]     two minutes on two cores
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { interleave, Peer } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import { comparisonOf, record } from "./result.ts";

const { values } = parseOptions({
  options: {
    batch: { type: "string", default: "16" },
    rounds: { type: "string", default: "5" },
    models: { type: "string", default: "small,best" },
  },
});
const peers = join(import.meta.dirname, "peers");
const folder = join(peers, "expressions");
if (!existsSync(join(folder, "node_modules"))) {
  console.error("expressions: first, npm install --prefix bench/peers/expressions --ignore-scripts");
  process.exit(1);
}

export interface CropsSetting {
  readonly threads: number;
  readonly batch: number;
  readonly model: string;
}
interface CropsOrder {
  readonly times: number;
}

const setting = (model: string): CropsSetting => ({ threads: 1, batch: Number(values.batch), model });
for (const model of values.models.split(",")) {
  const ours = new Peer<CropsOrder>([process.execPath, "--conditions=semblant-source", join(peers, "crops.ts")], setting(model));
  const others = [
    { name: "@vladmandic/human", model: "human" },
    { name: "@vladmandic/face-api", model: "face-api" },
  ].map((one) => ({ ...one, peer: new Peer<CropsOrder>([process.execPath, join(folder, "time-crops.mjs")], setting(one.model)) }));
  const compared = await interleave(
    ours,
    others.map(({ peer }) => peer),
    { times: 4 },
    Number(values.rounds),
  );
  const names = await Promise.all(
    others.map(async ({ name, peer }) => ({ name, version: await peer.version, how: "its network of expressions, WebAssembly with SIMD" })),
  );
  record({
    ...comparisonOf({ name: `expressions-${model}`, unit: "crops/s", work: Number(values.batch) }, compared, names),
    setting: { ...setting(model), rounds: Number(values.rounds) },
  });
  for (const side of [ours, ...others.map(({ peer }) => peer)]) side.end();
}
