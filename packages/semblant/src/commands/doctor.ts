import { cpus, freemem, release, totalmem } from "node:os";
import type { ExaminedEngine } from "@semblant/lab";
import { runtimeHere, shippedModels, version } from "@semblant/photos";
import { threadsFlag } from "../flags/threads-flag.ts";
import { isInstalled, loadLab } from "../lab/load-lab.ts";
import { commandOf } from "../terminal/command.ts";
import type { CommandPage } from "../terminal/declaration.ts";
import { oldestNode } from "../terminal/node-version.ts";

const batch = 64;

export const page = {
  name: "doctor",
  group: "machine",
  place: 1,
  usage: "[options]",
  sentence: "Say what is installed, what it runs on, and how long a training step takes.",
  examples: [
    ["semblant doctor", "everything, within half a minute"],
    ["semblant doctor --no-timing", "what is installed, at once"],
    ["semblant doctor --threads 1 --json", "one thread, as JSON"],
  ],
  options: [threadsFlag, { flags: "--no-timing", text: "leave out the training step" }],
  notes: [
    `The step timed: ResNet18 (3x3 stem and pool, 64 channels in the first layer), ${batch} images of 48 x 48, SGM loss, AdamW.`,
    "Where it takes longer than four seconds, a step of 8 images is timed instead, and the time is computed from it.",
    "Photos need no training: status is 0 where it is not installed. Status is 1 where a model is missing, or libtorch is installed and does not load.",
  ],
} as const satisfies CommandPage;

/** What `doctor` finds. Times are of one training step of `batch` images, in milliseconds, reckoned from one of `timed` images; `engine` says so where training is not installed, and gives the reason where libtorch will not load. */
export interface Diagnosis {
  readonly semblant: string;
  readonly node: { readonly version: string; readonly atLeast: string };
  readonly system: string;
  readonly processor: { readonly name: string; readonly cores: number };
  readonly memory: { readonly totalGiB: number; readonly freeGiB: number };
  /** What runs the networks that read photos: the native ONNX Runtime that the package carries, an installed `onnxruntime-node`, or WebAssembly. */
  readonly photos: { readonly runtime: ReturnType<typeof runtimeHere> };
  /** The models that ship, by their files: those that name expressions and those that find faces. */
  readonly models: { readonly here: readonly string[]; readonly missing: readonly string[] };
  readonly engine: { readonly installed: false } | ExaminedEngine["engine"];
  readonly step?: NonNullable<ExaminedEngine["step"]>;
}

export interface ExamineMachineOptions {
  readonly threads?: number;
  /** Time a training step in float32 and in bfloat16 (true). */
  readonly timing?: boolean;
}

/** What is installed here and how fast it is. Never fails for lack of training or of libtorch: it says so instead. */
export async function examineMachine({ threads, timing = true }: ExamineMachineOptions = {}): Promise<Diagnosis> {
  const gib = (bytes: number) => Math.round((bytes / 2 ** 30) * 10) / 10;
  const machine = {
    semblant: version,
    node: { version: process.versions.node, atLeast: oldestNode },
    system: `${process.platform} ${process.arch} ${release()}`,
    processor: { name: cpus()[0]?.model.trim() ?? process.arch, cores: cpus().length },
    memory: { totalGiB: gib(totalmem()), freeGiB: gib(freemem()) },
    photos: { runtime: runtimeHere() },
    models: shippedModels(),
  };
  if (!isInstalled()) return { ...machine, engine: { installed: false } };
  const { examineEngine } = await loadLab();
  return { ...machine, ...examineEngine({ threads, ...(timing && { batch }) }) };
}

export const command = commandOf(page, async (_, options, terminal) => {
  terminal.live(options.timing === false ? "looking ..." : "timing a training step ...");
  const diagnosis = await examineMachine(options);
  terminal.endLive();
  terminal.print(formatDiagnosis(diagnosis));
  terminal.result(diagnosis);
  return "error" in diagnosis.engine || diagnosis.models.missing.length > 0 ? 1 : 0;
});

const runtimes: Readonly<Record<Diagnosis["photos"]["runtime"], string>> = {
  carried: "read by the native ONNX Runtime that semblant carries",
  installed: "read by the installed onnxruntime-node",
  WebAssembly: "read by WebAssembly, which is slower: npm install onnxruntime-node",
};

/** The diagnosis in lines. */
export function formatDiagnosis({ semblant, node, system, processor, memory, photos, models, engine, step }: Diagnosis): string {
  const lines: [string, string][] = [
    ["semblant", semblant],
    ["Node", `${node.version} (${node.atLeast} or newer is needed)`],
    ["system", system],
    ["processor", `${processor.name}, ${processor.cores} core${processor.cores === 1 ? "" : "s"}`],
    ["memory", `${memory.totalGiB} GiB, ${memory.freeGiB} free`],
    ["photos", runtimes[photos.runtime]],
    [
      "models",
      models.missing.length === 0 ? `all ${models.here.length} that reading photos takes` : `missing: ${models.missing.join(", ")}`,
    ],
  ];
  if ("installed" in engine) lines.push(["training", "not installed: npm install @semblant/lab (it builds on libtorch)"]);
  else if ("error" in engine) lines.push(["libtorch", engine.error]);
  else {
    lines.push(
      ["libtorch", engine.libtorch],
      ["instructions", `${engine.instructions}, bfloat16 ${engine.fastBfloat16 ? "fast" : "slow"}`],
      ["threads", String(engine.threads)],
      ["devices", [...engine.devices, ...engine.gpus].join(", ")],
    );
  }
  if (step !== undefined) {
    for (const precision of ["float32", "bfloat16"] as const) {
      const reckoned = step.timed[precision] < step.batch ? `, computed from one of ${step.timed[precision]} images` : "";
      const rate = (1000 * step.batch) / step[precision];
      lines.push([`${precision} step`, `${step[precision]} ms, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} images/s${reckoned}`]);
    }
  }
  return lines.map(([name, value]) => `${name.padEnd(15)}${value}`).join("\n");
}
