import type { ComputeType, WeightType } from "@semblant/lab/internals";
import { flipFlag } from "../flags/flip-flag.ts";
import { threadsFlag } from "../flags/threads-flag.ts";
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
    ["semblant export runs/sgm -o m.onnx --compute int8", "small and fast"],
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
