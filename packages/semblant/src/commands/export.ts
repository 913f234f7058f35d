import { OptionError } from "@semblant/core";
import type { WeightType } from "@semblant/lab";
import { loadLab } from "../lab/load-lab.ts";
import type { CommandPage } from "../terminal/page.ts";
import { oneOf, wholeNumber } from "../terminal/parse.ts";
import type { CommandModule } from "./command.ts";

const weightTypes = ["float32", "float16", "int8"] as const satisfies readonly WeightType[];

export const page: CommandPage = {
  name: "export",
  usage: "<run> --out <model.onnx> [options]",
  sentence: "Write a run's network as an ONNX file that says everything of itself: Gaussians, thresholds, measured accuracy, licence.",
  examples: [
    ["semblant export runs/sgm -o model.onnx", "for any ONNX runtime"],
    ["semblant export runs/sgm -o m.onnx --weights int8", "a quarter of the size"],
    ["semblant export runs/a -o a.onnx --data ferplus/", "where the faces are now"],
  ],
  arguments: ["<run>"],
  options: [
    { flags: "-o, --out <file>", writes: "file", text: "ends in .onnx", default: "required" },
    { flags: "--weights <type>", text: weightTypes.join(", "), default: "float32", parse: oneOf("weights", weightTypes) },
    { flags: "--mirror", text: "embed each face and its mirror image, and take the mean; twice the time" },
    {
      flags: "--subclasses <n>",
      text: "kinds of faces to tell apart in a class, at most, for searches like happiness/2",
      default: "1",
      parse: wholeNumber("subclasses", 1),
    },
    { flags: "--name <name>", text: "what the model is called", default: "the run's folder" },
    { flags: "-d, --data <path>", text: "where the run's faces are now", default: "where they were" },
    { flags: "-t, --threads <n>", text: "threads an operation may use", default: "1", parse: wholeNumber("threads", 1, 1024) },
  ],
  notes: [
    "Opset 17; faces (batch, channels, size, size) as float32 from 0 to 255 go in, embeddings come out, any batch.",
    "What is measured is the file as written, on the run's test faces. A file that embeds 256 of them otherwise than the network is not written: no coordinate may be off by more than 0.001 %, 0.2 % (float16), 5 % (int8) of the greatest.",
  ],
};

export const command: CommandModule = {
  page,
  async run([run], { out, weights, mirror, subclasses, name, data, threads }, terminal) {
    const { exportRun } = await loadLab();
    if (out === undefined) throw new OptionError('export: expected --out and a file, like "--out model.onnx".');
    const made = await exportRun(
      run as string,
      {
        out: out as string,
        ...(weights !== undefined && { weights: weights as WeightType }),
        ...(mirror !== undefined && { mirror: mirror as boolean }),
        ...(subclasses !== undefined && { subclasses: subclasses as number }),
        ...(name !== undefined && { name: name as string }),
        ...(data !== undefined && { data: data as string }),
        ...(threads !== undefined && { threads: threads as number }),
      },
      (text) => terminal.live(text),
    );
    terminal.endLive();
    const { path, bytes, card, parity } = made;
    const [measured] = card.measured;
    const accuracy = measured?.metrics.accuracy;
    terminal.print(
      `${path}: ${(bytes / 1e6).toFixed(2)} MB, opset 17\n` +
        `off the network by ${parity.difference.toPrecision(2)} at most, of coordinates up to ${parity.greatest.toPrecision(3)} (${parity.faces} faces)\n` +
        `names ${accuracy?.value.toFixed(1)} % (${accuracy?.low.toFixed(1)}–${accuracy?.high.toFixed(1)}) of ${measured?.n.toLocaleString("en-US")} test faces rightly\n` +
        `To read its card:  semblant model card ${path}`,
    );
    terminal.result({ path, bytes, parity, card });
    return 0;
  },
};
