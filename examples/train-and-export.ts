// Trains on generated faces for a minute and writes the network as an ONNX file with its card:  node examples/train-and-export.ts
import { exportRun, trainRun } from "@semblant/lab";

const settings = { data: { source: "generated", count: 400, difficulty: 0.3 }, network: { baseChannels: 8 }, perClass: 4 } as const;
const overrides = process.argv.slice(2); // steps=20 for a first try
const { run } = await trainRun({ settings: { ...settings, epochs: 4 }, overrides, out: "runs/example" }, ({ step, loss }) => {
  if (step % 20 === 0) console.log(`step ${step}: loss ${loss.toFixed(3)}`);
});
const { path, bytes, card, parity } = await exportRun(run, { out: "example.onnx", weights: "int8" });
console.log(`${path}: ${(bytes / 1e6).toFixed(2)} MB, off the network by ${parity.difference.toPrecision(2)}`);
console.log(`names ${card.measured[0]?.metrics.accuracy?.value.toFixed(0)} % of unseen faces rightly`);
