import { execFileSync } from "node:child_process";
import { basename } from "node:path";
import { DataError, EngineError, type Evaluation, OptionError } from "@semblant/core";
import type { ModelCard } from "@semblant/faces";
import type { Settings, WeightType } from "@semblant/training";
import { loadEngine, loadTorch } from "../engine.ts";
import { writeWhole } from "../files.ts";
import { describeModel, type Parity } from "../models/describe-model.ts";
import { nodeRuntime } from "../models/node-runtime.ts";
import type { CommandPage } from "../terminal/page.ts";
import { oneOf, wholeNumber } from "../terminal/parse.ts";
import { version } from "../version.ts";
import type { CommandModule } from "./command.ts";

const weightTypes = ["float32", "float16", "int8"] as const satisfies readonly WeightType[];

/** How far a coordinate may lie from the trained network's, as a share of the greatest there is. */
const tolerances: Readonly<Record<WeightType, number>> = { float32: 1e-4, float16: 5e-3, int8: 0.1 };

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
    { flags: "-o, --out <file>", text: "ends in .onnx", default: "required" },
    { flags: "--weights <type>", text: weightTypes.join(", "), default: "float32", parse: oneOf("weights", weightTypes) },
    { flags: "--name <name>", text: "what the model is called", default: "the run's folder" },
    { flags: "-d, --data <path>", text: "where the run's faces are now", default: "where they were" },
    { flags: "-t, --threads <n>", text: "threads an operation may use", default: "1", parse: wholeNumber("threads", 1) },
  ],
  notes: [
    "Opset 17; faces (batch, channels, size, size) as float32 from 0 to 255 go in, embeddings come out, any batch.",
    "What is measured is the file as written, on the run's test faces; a file that embeds otherwise than the network is not written.",
  ],
};

export interface ExportRunOptions {
  readonly out: string;
  readonly weights?: WeightType;
  readonly name?: string;
  readonly data?: string;
  readonly threads?: number;
}

/** A run's network, written as ONNX. */
export interface ExportedRun {
  readonly path: string;
  readonly bytes: number;
  readonly card: ModelCard;
  readonly parity: Parity;
  readonly evaluation: Evaluation;
}

/**
 * Writes a run's network as ONNX with its card, checked against the network and measured as it ships.
 *
 * @throws DataError if there is no such run, its network ends in classes, or its data is not where it was
 * @throws EngineError if the file does not embed as the network does
 */
export async function exportRun(run: string, options: ExportRunOptions, progress: (text: string) => void = () => {}): Promise<ExportedRun> {
  const { out, weights = "float32", name = basename(run), data: source, threads = 1 } = options;
  if (!/\.onnx$/i.test(out)) throw new OptionError(`export: expected the file to end in .onnx, but got ${JSON.stringify(out)}.`);
  const engine = await loadEngine();
  (await loadTorch()).setThreads(threads);
  const loaded = engine.loadRun(run, { device: "cpu" });
  const { settings, network } = loaded;
  if (settings.network.head === "classes") {
    throw new DataError(`run at ${run}: expected a network that ends in an embedding, but this one ends in its classes.`);
  }
  progress("reading the data ...");
  const data = await engine.openData({ ...settings.data, ...(source !== undefined && { source }), labels: "majority" });
  const { width } = data.test.images;
  if (width !== network.input.size) {
    throw new DataError(
      `export: expected faces of ${network.input.size} pixels, as the network takes them, but those of ${data.name} have ${width}.\n  Train with data.size=${network.input.size} to export.`,
    );
  }
  const write = { weights, normalize: loaded.loss.normalized ?? false, version };
  const file = engine.exportOnnx(network, write);
  const runtime = await nodeRuntime({ threads });
  const session = await runtime.open(file);
  const { card, parity, evaluation } = await describeModel({
    engine,
    loaded,
    data,
    file,
    session,
    name,
    version,
    provenance: provenanceOf(loaded, data, weights),
    progress,
  });
  await session.close();
  const whole = engine.exportOnnx(network, { ...write, metadata: { semblant: JSON.stringify(card) } });
  network.dispose();
  refuseOther(parity, weights);
  await writeWhole(out, whole);
  return { path: out, bytes: whole.length, card, parity, evaluation };
}

function provenanceOf(
  { settings, step }: { readonly settings: Settings; readonly step: number },
  data: { readonly name: string; readonly labelSource: string; readonly train: { readonly images: { readonly count: number } } },
  weights: WeightType,
): ModelCard["provenance"] {
  const { network, loss, preset, data: read, seed } = settings;
  return {
    "trained on": `${data.name}, ${read.labels} labels`,
    network: `${network.name}, width ${network.width}, stem ${network.stem}`,
    loss: `${loss.name}, sigma ${loss.sigma}`,
    preset,
    seed,
    steps: step,
    "stored weights": weights,
    "written on": new Date().toISOString().slice(0, 10),
    ...commit(),
  };
}

/** The commit of the checkout that writes it, where it is one. */
function commit(): { commit?: string } {
  try {
    const stdio: ["ignore", "pipe", "ignore"] = ["ignore", "pipe", "ignore"];
    return { commit: execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: import.meta.dirname, encoding: "utf8", stdio }).trim() };
  } catch {
    return {};
  }
}

function refuseOther({ difference, greatest, faces }: Parity, weights: WeightType): void {
  if (difference <= tolerances[weights] * greatest) return;
  throw new EngineError(
    `export: expected the file to embed ${faces} faces as the network does, within ${tolerances[weights] * greatest}, but it is off by ${difference}.\n  Nothing was written. Try --weights float32.`,
  );
}

export const command: CommandModule = {
  page,
  async run([run], { out, weights, name, data, threads }, terminal) {
    if (out === undefined) throw new OptionError('export: expected --out and a file, like "--out model.onnx".');
    const made = await exportRun(
      run as string,
      {
        out: out as string,
        ...(weights !== undefined && { weights: weights as WeightType }),
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
