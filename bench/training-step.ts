/**
 * A training step (forward, SGM loss, backward, Adam) and embedding, ResNet18 at 48×48 with the 3×3 stem and pool, beside
 * PyTorch: same network, batch, precision and threads, in one run, interleaved, medians.
 *
 *   npm run bench -- training-step [--threads 2] [--width 64] [--rounds 9]     5 to 10 minutes on two cores
 *
 * Needs Debian's python3-torch (`apt-get install python3-torch`), which is the same libtorch as ours. Goal: ratio at least 0.95.
 */
import { resolve } from "node:path";
import { interleave, Peer, type PeerSetting } from "./interleave.ts";
import { parseOptions } from "./options.ts";
import { record } from "./result.ts";

const { values } = parseOptions({
  options: {
    threads: { type: "string", default: "2" },
    width: { type: "string", default: "64" },
    batch: { type: "string", default: "120" },
    rounds: { type: "string", default: "9" },
    python: { type: "string", default: "/usr/bin/python3" },
    device: { type: "string", default: "cpu" },
  },
});
const peers = resolve(import.meta.dirname, "peers");

for (const precision of ["float32", "bfloat16"] as const) {
  const setting: PeerSetting = {
    precision,
    threads: Number(values.threads),
    width: Number(values.width),
    size: 48,
    batch: Number(values.batch),
    device: values.device,
  };
  for (const work of ["train", "embed"] as const) {
    const ours = new Peer([process.execPath, "--conditions=semblant-source", resolve(peers, "semblant.ts")], setting);
    const theirs = new Peer([values.python, resolve(peers, "pytorch.py")], setting);
    const { ratio, peakMiB, ratios, ...seconds } = await interleave(
      ours,
      theirs,
      { do: work, times: work === "train" ? 2 : 4 },
      Number(values.rounds),
    );
    record({
      name: `${work === "train" ? "training-step" : "embedding"}-${precision}${setting.device === "cpu" ? "" : `-${setting.device}`}`,
      ours: { value: setting.batch / seconds.ours, unit: "images/s" },
      peer: { name: "PyTorch", version: await theirs.version, value: setting.batch / seconds.theirs },
      ratio,
      ratios,
      peakMiB,
      setting,
      libtorch: await ours.version,
    });
    ours.end();
    theirs.end();
  }
}
