import { OptionError } from "@semblant/core";
import type { ComputeType, WeightType } from "@semblant/lab/internals";
import { flipFlag } from "../flags/flip-flag.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
import { loadLab } from "../lab/load-lab.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { oneOf, wholeNumber } from "../terminal/parse.ts";

const weightTypes = ["float32", "float16", "int8"] as const satisfies readonly WeightType[];
const computeTypes = ["float32", "int8"] as const satisfies readonly ComputeType[];

export const page = {
  name: "export",
  group: "training",
  place: 10,
  usage: "<run> --out <model.onnx> [options]",
  sentence: "Write a run's network as an ONNX file that says everything of itself: Gaussians, thresholds, measured accuracy, licence.",
  examples: [
    ["semblant export runs/sgm -o model.onnx", "for any ONNX runtime"],
    ["semblant export runs/sgm -o m.onnx --weights int8", "a quarter of the size"],
    ["semblant export runs/sgm -o m.onnx --compute int8", "fast, too"],
    ["semblant export runs/a -o a.onnx --data ferplus/", "where the faces are now"],
  ],
  arguments: ["<run>"],
  options: [
    { flags: "-o, --out <file>", writes: "file", text: "ends in .onnx", default: "required" },
    {
      flags: "--weights <type>",
      text: weightTypes.join(", "),
      default: "float32, or int8 with --compute int8",
      parse: oneOf("weights", weightTypes),
    },
    { flags: "--compute <type>", text: computeTypes.join(", "), default: "float32", parse: oneOf("compute", computeTypes) },
    { ...flipFlag, text: `${flipFlag.text}; twice the time` },
    {
      flags: "--subclasses <n>",
      text: "sub-classes per class, at most, for searches like happiness/2",
      default: "1",
      parse: wholeNumber("subclasses", 1),
    },
    { flags: "--name <name>", text: "what the model is called", default: "the run's folder" },
    { flags: "-d, --data <path>", text: "where the run's faces are now", default: "where they were" },
    { ...threadsFlag, default: "1" },
  ],
  notes: [
    "Opset 17. Faces (batch, channels, size, size) go in as float32 from 0 to 255, embeddings come out, and a batch may have any size.",
    "The file is measured as it is written, on the run's test faces. It is not written where it embeds " +
      "256 of them otherwise than the network. No coordinate may be off by more than 0.001 %, 0.2 % " +
      "(float16) or 5 % (int8) of the greatest.",
    "With --compute int8 it computes in eight bits, which takes about half the time on a CPU and in a page. " +
      "How large its numbers get is taken from 1,024 validation faces. " +
      "It is not written where the mean cosine to the network's embeddings is below 0.995.",
  ],
} as const satisfies CommandPage;

export const command = commandOf(page, async ([run], { out, ...options }, terminal) => {
  const { exportRun } = await loadLab();
  if (out === undefined) throw new OptionError('export: expected --out and a file, like "--out model.onnx".');
  const { path, bytes, card, parity } = await exportRun(run, { ...options, out }, terminal.live);
  terminal.endLive();
  const [measured] = card.measured;
  const accuracy = measured?.metrics.accuracy;
  const cosine = options.compute === "int8" ? `, with a mean cosine of ${parity.cosine.toFixed(4)}` : "";
  terminal.print(
    `${path}: ${(bytes / 1e6).toFixed(2)} MB, opset 17\n` +
      `off the network by ${parity.difference.toPrecision(2)} at most, of coordinates up ` +
      `to ${parity.greatest.toPrecision(3)}${cosine} (${parity.faces} faces)\n` +
      `names ${accuracy?.value.toFixed(1)} % (${accuracy?.low.toFixed(1)}–${accuracy?.high.toFixed(1)}) ` +
      `of ${measured?.n.toLocaleString("en-US")} test faces rightly\n` +
      `To read its card:  semblant model card ${path}`,
  );
  terminal.result({ path, bytes, parity, card });
  return 0;
});
