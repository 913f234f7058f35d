/**
 * A training step (forward, SGM loss, backward, Adam) and embedding, ResNet18 at 48×48 with the 3×3 stem and pool, beside
 * PyTorch: same network, batch, precision and threads, in one run, in turn, medians. PyTorch stands there as it is installed; with a
 * malloc that keeps the memory it is given back, as ours does; and, for embedding, with batch norm folded into the convolutions.
 *
 *   npm run bench -- training-step [--threads 2] [--batch 120] [--rounds 5] [--precisions float32,bfloat16]     5 to 15 minutes on two cores
 *
 * Needs Debian's python3-torch (`apt-get install python3-torch`), which is the same libtorch as ours.
 */
import { resolve } from "node:path";
import { interleave, Peer, type PeerSetting } from "./interleave.ts";
import { needsPython } from "./needs.ts";
import { parseOptions } from "./options.ts";
import { comparisonOf, record } from "./result.ts";

const { values } = parseOptions({
  options: {
    threads: { type: "string", default: "2" },
    width: { type: "string", default: "64" },
    batch: { type: "string", default: "120" },
    rounds: { type: "string", default: "5" },
    precisions: { type: "string", default: "float32,bfloat16" },
    works: { type: "string", default: "train,embed" },
    python: { type: "string", default: "/usr/bin/python3" },
    device: { type: "string", default: "cpu" },
  },
});
needsPython("training-step", values.python, ["torch"]);
const peers = resolve(import.meta.dirname, "peers");
/** glibc keeps what is freed, and asks for no block of its own for large ones. */
const keeping = { MALLOC_MMAP_THRESHOLD_: String(2 ** 32), MALLOC_TRIM_THRESHOLD_: String(2 ** 36), MALLOC_TOP_PAD_: String(2 ** 26) };

for (const precision of values.precisions.split(",") as readonly PeerSetting["precision"][]) {
  const setting: PeerSetting = {
    precision,
    threads: Number(values.threads),
    width: Number(values.width),
    size: 48,
    batch: Number(values.batch),
    device: values.device,
  };
  for (const work of values.works.split(",") as readonly ("train" | "embed")[]) {
    const python = (more: object, env = {}) => new Peer([values.python, resolve(peers, "pytorch.py")], { ...setting, ...more }, env);
    const ours = new Peer([process.execPath, "--conditions=semblant-source", resolve(peers, "semblant.ts")], setting);
    const theirs = [
      { how: "as installed", peer: python({}) },
      { how: "with a malloc that keeps memory", peer: python({}, keeping) },
      ...(work === "embed" ? [{ how: "with batch norm folded, and that malloc", peer: python({ folded: true }, keeping) }] : []),
    ];
    const compared = await interleave(
      ours,
      theirs.map(({ peer }) => peer),
      { do: work, times: work === "train" ? 2 : 4 },
      Number(values.rounds),
    );
    const names = await Promise.all(theirs.map(async ({ how, peer }) => ({ name: "PyTorch", version: await peer.version, how })));
    const { blas } = (await theirs[0]?.peer.about) ?? {};
    record({
      ...comparisonOf({ name: nameOf(work, setting), unit: "images/s", work: setting.batch }, compared, names),
      setting,
      libtorch: await ours.version,
      blas,
      instructions: process.env.ONEDNN_MAX_CPU_ISA ?? process.env.DNNL_MAX_CPU_ISA ?? "all that the processor has",
    });
    for (const side of [ours, ...theirs.map(({ peer }) => peer)]) side.end();
  }
}

/** One file for each way of measuring: threads and batch stand in the name where they are not the usual ones. */
function nameOf(work: "train" | "embed", { precision, threads, batch, device }: PeerSetting): string {
  const isa = process.env.ONEDNN_MAX_CPU_ISA ?? process.env.DNNL_MAX_CPU_ISA;
  return [
    work === "train" ? "training-step" : "embedding",
    precision,
    ...(threads === 2 ? [] : [`${threads}-thread${threads === 1 ? "" : "s"}`]),
    ...(batch === 120 ? [] : [`batch-${batch}`]),
    ...(isa === undefined ? [] : [isa.toLowerCase()]),
    ...(device === "cpu" ? [] : [device]),
  ].join("-");
}
