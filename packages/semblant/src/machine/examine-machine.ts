import { cpus, freemem, release, totalmem } from "node:os";
import type { ExaminedEngine } from "@semblant/lab/internals";
import { version } from "@semblant/photos";
import { runtimeHere, shippedModels } from "@semblant/photos/internals";
import { isInstalled, loadLab } from "../lab/load-lab.ts";
import { oldestNode } from "../terminal/node-version.ts";
import { timedBatch } from "./timed-batch.ts";

/**
 * What `doctor` finds. Times are of one training step of `batch` images, in milliseconds, reckoned from one of `timed`
 * images; `engine` says so where training is not installed, and gives the reason where libtorch will not load.
 */
export interface Diagnosis {
  readonly semblant: string;
  readonly node: { readonly version: string; readonly atLeast: string };
  readonly system: string;
  readonly processor: { readonly name: string; readonly cores: number };
  readonly memory: { readonly totalGiB: number; readonly freeGiB: number };
  /**
   * What runs the networks that read photos: the native ONNX Runtime that the package carries, an installed
   * `onnxruntime-node`, or WebAssembly.
   */
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

/**
 * What is installed here and how fast it is. Never fails for lack of training or of libtorch: it says so instead.
 *
 * @example
 * (await examineMachine({ timing: false })).node.atLeast; // "22.12.0"
 */
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
  return { ...machine, ...examineEngine({ threads, ...(timing && { batch: timedBatch }) }) };
}
