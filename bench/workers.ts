/**
 * Training steps of two and of four processes beside one: ResNet18 of the preset best, 240 generated faces a step, as large as FER+'s.
 * The processes share each batch. Each side is a set of processes that stays, asked in turn, by the clock; medians.
 *
 *   npm run bench -- workers [--rounds 5] [--steps 3] [--width 64] [--per-class 30]     5 to 10 minutes on two cores
 *
 * Goal on two cores: two processes of one thread make at least 1.8 times the steps of one.
 */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { interleave, Peer } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import type { RanksOrder, RanksSetting, RanksTook } from "./peers/ranks-orders.ts";
import { comparisonOf, record } from "./result.ts";

const { values } = parseOptions({
  options: {
    rounds: { type: "string", default: "5" },
    steps: { type: "string", default: "3" },
    width: { type: "string", default: "64" },
    "per-class": { type: "string", default: "30" },
    sizes: { type: "string", default: "2,4" },
  },
});
const cores = availableParallelism();
const usual = { width: Number(values.width), perClass: Number(values["per-class"]) };
const order: RanksOrder = { do: "train", times: Number(values.steps) };

for (const ranks of values.sizes.split(",").map(Number)) {
  const ours = sideOf({ ranks, threads: 1 });
  const theirs = [
    { how: "of one thread", side: sideOf({ ranks: 1, threads: 1 }) },
    ...(cores > 1 ? [{ how: `of ${cores} threads`, side: sideOf({ ranks: 1, threads: cores }) }] : []),
  ];
  const compared = await interleave(
    ours,
    theirs.map(({ side }) => side),
    order,
    Number(values.rounds),
  );
  const { seconds, waited, bytes, collectives } = await ours.ask(order);
  const names = theirs.map(({ how }) => ({ name: "one process", version: "-", how }));
  record({
    ...comparisonOf({ name: `workers-${ranks}`, unit: "images/s", work: 8 * usual.perClass }, compared, names),
    setting: { ...usual, ranks, threads: 1, batch: 8 * usual.perClass },
    libtorch: await ours.version,
    communication: { share: waited / seconds, MiB: bytes / 2 ** 20, collectives },
  });
  console.log(`  ${((100 * waited) / seconds).toFixed(1)} % of a step's time is waiting for the other processes' numbers`);
  for (const side of [ours, ...theirs.map((one) => one.side)]) side.end();
}

function sideOf(some: Pick<RanksSetting, "ranks" | "threads">): Peer<RanksOrder, RanksTook> {
  const command = [process.execPath, "--conditions=semblant-source", resolve(import.meta.dirname, "peers/ranks.ts")];
  return new Peer(command, { ...usual, ...some });
}
