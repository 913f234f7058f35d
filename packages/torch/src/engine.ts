import { readFileSync } from "node:fs";
import { invalidOption } from "@semblant/core/internals";
import { native } from "./binding.ts";
import { fromBytes } from "./creation.ts";
import { Tensor } from "./tensor.ts";

/** What there is to compute with. */
export interface Engine {
  /** libtorch's version. */
  readonly libtorch: string;
  /** The processor's name. */
  readonly cpu: string;
  /** The instructions libtorch's own loops use: AVX2, AVX512. */
  readonly instructions: string;
  /** Whether a GPU can be used. */
  readonly cuda: boolean;
  /** "cpu", then "cuda:0" and so on. */
  readonly devices: readonly string[];
  /** The GPUs' names, in the order of their devices. */
  readonly gpus: readonly string[];
  /** Where bfloat16 is fast: the processor with avx512_bf16 or AMX, a GPU of capability 8.0 or more. */
  readonly bfloat16On: readonly string[];
  /** Whether that is so of the first GPU, or without one of the processor. */
  readonly bfloat16: boolean;
  readonly threads: number;
  /** Everything libtorch says about how it was built. */
  readonly configuration: string;
}

/**
 * What libtorch runs on here.
 *
 * @throws EngineError if it cannot be loaded
 * @example
 * engine().devices[0]; // "cpu"
 */
export function engine(): Engine {
  const { libtorch, configuration, gpus } = native().about();
  const processor = readProcessor();
  const bfloat16On = fastBfloat16(processor.flags, gpus);
  return {
    libtorch,
    cpu: processor.name,
    instructions: /CPU capability usage: (\S+)/.exec(configuration)?.[1] ?? "default",
    cuda: gpus.length > 0,
    devices: ["cpu", ...gpus.map((_, i) => `cuda:${i}`)],
    gpus: gpus.map(([name]) => name),
    bfloat16On,
    bfloat16: bfloat16On.includes(gpus.length > 0 ? "cuda:0" : "cpu"),
    threads: threads(),
    configuration,
  };
}

/**
 * The devices on which bfloat16 is fast.
 *
 * @param flags the processor's instructions, by Linux's names
 * @param gpus name and capability of each, 80 for 8.0; 0 where the driver does not say
 */
export function fastBfloat16(flags: readonly string[], gpus: readonly (readonly [name: string, capability: number])[]): string[] {
  const cpu = flags.includes("avx512_bf16") || flags.includes("amx_bf16") ? ["cpu"] : [];
  return [...cpu, ...gpus.flatMap(([, capability], i) => (capability >= 80 ? [`cuda:${i}`] : []))];
}

/** Linux lists the processor's instructions; elsewhere none are known, and bfloat16 counts as slow. */
function readProcessor(): { name: string; flags: readonly string[] } {
  try {
    const text = readFileSync("/proc/cpuinfo", "utf8");
    const flags = /^flags\s*: (.*)$/m.exec(text)?.[1]?.split(" ") ?? [];
    return {
      name: /^model name\s*: (.*)$/m.exec(text)?.[1] ?? process.arch,
      flags,
    };
  } catch {
    return { name: process.arch, flags: [] };
  }
}

/** Seeds libtorch's generators, the GPUs' too: same seed, same numbers on one machine, device and thread count. */
export function seed(n: number): void {
  if (!Number.isSafeInteger(n) || n < 0) throw invalidOption("seed", "n", "a whole number from 0", n);
  native().seed(n);
}

/** The state of a device's generator, as a checkpoint keeps it: 5,056 bytes on the CPU. */
export function randomState(device = "cpu"): Uint8Array {
  const state = new Tensor(native().randomState(device));
  const bytes = state.bytes();
  state.dispose();
  return bytes;
}

/** Continues with the random numbers that followed {@link randomState}. */
export function setRandomState(state: Uint8Array, device = "cpu"): void {
  const bytes = fromBytes(Uint8Array.from(state), "uint8", [state.length]);
  try {
    native().setRandomState(device, bytes.handle);
  } finally {
    bytes.dispose();
  }
}

/** How many threads one operation may use. */
export const threads = (): number => native().threads();

/** Sets {@link threads}. Sums over threads may differ in the last bits, so runs that must agree name their thread count. */
export function setThreads(count: number): void {
  if (!Number.isInteger(count) || count < 1) throw invalidOption("setThreads", "count", "a whole number from 1", count);
  native().setThreads(count);
}

/** Waits until the GPUs have done all they were asked, for clocks and nothing else. */
export const synchronize = (): void => native().synchronize();

/**
 * Lets cuDNN time its convolutions for each new shape and keep the fastest: quicker where shapes repeat, and no longer
 * the same bits each run.
 */
export const tuneKernels = (enabled = true): void => native().tune(enabled);

/**
 * Lets a GPU make products and convolutions of float32 from 10 bits of each number: several times as fast, and off in the third digit.
 * libtorch does so for convolutions unless told otherwise. The CPU knows nothing of it.
 */
export const allowTensorFloat32 = (enabled = true): void => native().tensorFloat32(enabled);
