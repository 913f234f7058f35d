/** One rank of bench/peers/ranks.ts: trains as `train` does, or sums numbers over all ranks, as it is ordered. */
import { createInterface } from "node:readline";
import { generateFaces } from "@semblant/datasets";
import { engine, joinProcessGroup, rankFromEnvironment, setThreads, tidy, zeros } from "@semblant/torch";
import { communicationOf } from "@semblant/torch/internals";
import { buildTraining, type Step, train } from "@semblant/training";
import { resolveSettings } from "@semblant/training/settings";
import { timed } from "../clock.ts";
import type { RanksOrder, RanksSetting } from "./ranks-orders.ts";

const { threads, perClass, width }: RanksSetting = JSON.parse(process.argv[2] as string);
setThreads(threads);
const place = rankFromEnvironment();
const group = place === undefined ? undefined : joinProcessGroup(place);

/** FER+ in shape: grey, 48 × 48, eight classes. It is never validated, so that only steps are timed. */
function training(): Generator<Step> {
  const settings = resolveSettings({ network: { baseChannels: width }, perClass, steps: 1e6, validation: { every: 1e6 } });
  const data = generateFaces({ count: 2000, seed: 0 });
  return train({ ...buildTraining(settings, data), ...(group && { group }) });
}

let steps: Generator<Step> | undefined;
const works = {
  train: () => {
    steps ??= training();
    steps.next();
  },
  sum: ({ bytes = 4 }: RanksOrder) => tidy(() => group?.allReduce([zeros([Math.max(1, bytes / 4)])])),
};

const waited = () => (group === undefined ? { seconds: 0, bytes: 0, times: 0 } : communicationOf(group));

console.log(JSON.stringify({ version: engine().libtorch, cpu: engine().cpu }));
for await (const line of createInterface({ input: process.stdin })) {
  const order: RanksOrder = JSON.parse(line);
  const before = waited();
  const took = await timed(() => {
    for (let i = 0; i < order.times; i++) works[order.do](order);
  });
  const { seconds, bytes, times } = waited();
  console.log(
    JSON.stringify({
      ...took,
      waited: seconds - before.seconds,
      bytes: (bytes - before.bytes) / order.times,
      collectives: (times - before.times) / order.times,
    }),
  );
}
process.exit(0); // the generator's end would save and validate
