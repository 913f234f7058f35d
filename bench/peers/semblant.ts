/** Our side of bench/training-step.ts: the same network, loss and optimizer as peers/pytorch.py, driven by the same orders. */
import { createInterface } from "node:readline";
import { Adam, arange, autocast, engine, noGrad, randn, seed, setThreads, synchronize, tensor, tidy } from "@semblant/torch";
import { resnet18, structuredGaussianManifold } from "@semblant/training";
import { timed } from "../clock.ts";
import type { Order, PeerSetting } from "../interleave.ts";

const setting: PeerSetting = JSON.parse(process.argv[2] as string);
const { width, size, batch, threads, precision, device = "cpu" } = setting;
setThreads(threads);
seed(0);

const network = resnet18({ channels: 1, dimensions: 64, baseChannels: width, size, stem: "3x3-pool" }).to({
  device,
  memoryFormat: "channelsLast",
});
const loss = structuredGaussianManifold({ sigma: 1 });
const optimizer = new Adam(network.parameters(), { learningRate: 1e-4 });
const x = randn([batch, 1, size, size], { device }).contiguous("channelsLast");
const y = tensor(
  Int32Array.from({ length: batch }, (_, i) => i % 8),
  { device },
);

function train(): number {
  return tidy(() => {
    const z = autocast(precision, () => network.forward(x), device);
    const value = loss(z.to("float32"), y);
    optimizer.zeroGrad();
    value.backward();
    optimizer.step();
    return value.item();
  });
}

function embed(): Float32Array {
  return tidy(() =>
    noGrad(() =>
      autocast(precision, () => network.forward(x), device)
        .to("float32")
        .data(),
    ),
  ) as Float32Array;
}

console.log(JSON.stringify({ version: engine().libtorch, warm: arange(1).size }));
for await (const line of createInterface({ input: process.stdin })) {
  const order: Order = JSON.parse(line);
  if (order.do === "train") network.train();
  else network.eval();
  const work = order.do === "train" ? train : embed;
  const took = await timed(() => {
    for (let i = 0; i < order.times; i++) work();
    if (device !== "cpu") synchronize();
  });
  console.log(JSON.stringify(took));
}
