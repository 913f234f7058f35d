/**
 * What the ranks of a training hand each other costs: sums of some sizes over two to four processes of this machine, and steps of one to
 * four. The tables of docs/how-to/train-on-several-machines.md compute from it what networks of other speeds cost, on up to 64 nodes.
 *
 *   npm run bench -- communication [--width 64] [--per-class 30]     about 3 minutes on two cores
 */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { BatchNorm2d } from "@semblant/torch";
import { buildNetwork } from "@semblant/training";
import { resolveSettings } from "@semblant/training/settings";
import { commit } from "./commit.ts";
import { communicationTables } from "./communication-table.ts";
import { median, Peer } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import type { RanksOrder, RanksTook } from "./peers/ranks-orders.ts";
import { machine } from "./result.ts";

const { values } = parseOptions({
  options: {
    width: { type: "string", default: "64" },
    "per-class": { type: "string", default: "30" },
    rounds: { type: "string", default: "5" },
  },
});
const setting = { threads: 1, width: Number(values.width), perClass: Number(values["per-class"]) };
const rounds = Array.from({ length: Number(values.rounds) });

const network = buildNetwork(resolveSettings({ network: { baseChannels: setting.width } }), 8);
const parameters = network.parameters().reduce((sum, { size }) => sum + size, 0);
const channels = [...network.modules()].flatMap((module) => (module instanceof BatchNorm2d ? [module.weight.size] : []));
network.dispose();

const sums: { ranks: number; bytes: number; seconds: number }[] = [];
const steps: { ranks: number; seconds: number; waited: number; bytes: number; collectives: number }[] = [];
for (const ranks of [1, 2, 3, 4]) {
  const side = new Peer<RanksOrder, RanksTook>(
    [process.execPath, "--conditions=semblant-source", resolve(import.meta.dirname, "peers/ranks.ts")],
    { ...setting, ranks } as { threads: number },
  );
  for (const bytes of ranks === 1 ? [] : [4096, 2 ** 20, 4 * parameters]) {
    const times = bytes < 10_000 ? 200 : 3;
    const took: number[] = [];
    await side.ask({ do: "sum", bytes, times });
    for (const _ of rounds) took.push((await side.ask({ do: "sum", bytes, times })).seconds / times);
    sums.push({ ranks, bytes, seconds: median(took) });
  }
  await side.ask({ do: "train", times: 2 });
  const took: RanksTook[] = [];
  for (const _ of rounds) took.push(await side.ask({ do: "train", times: 1 }));
  const of = (what: "seconds" | "waited" | "bytes" | "collectives") => median(took.map((one) => one[what]));
  steps.push({ ranks, seconds: of("seconds"), waited: of("waited"), bytes: of("bytes"), collectives: of("collectives") });
  console.log(JSON.stringify(steps.at(-1)));
  side.end();
}

const batch = 8 * setting.perClass;
const result = { name: "communication", parameters, channels, batch, dimensions: 64, sums, steps, machine: machine(), commit: commit() };
writeFileSync(resolve(import.meta.dirname, "results/communication.json"), `${JSON.stringify(result, null, 2)}\n`);
console.log(Object.values(communicationTables()).join("\n\n"));
