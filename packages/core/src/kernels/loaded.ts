import { remark } from "../remarks.ts";
import { relaxed } from "./compiled/relaxed.ts";
import { simd } from "./compiled/simd.ts";
import { bytesOf, type Kernel, threadsHere, type WasmMemory, wasm } from "./machine.ts";
import { KernelMemory } from "./memory.ts";
import { Threads } from "./threads.ts";

/** How kernels are computed: by relaxed SIMD (multiplies and adds at once), by plain SIMD, or not at all. */
export type Instructions = "relaxed" | "simd" | "none";

/** The kernels, their memory and the threads that help. */
export interface LoadedKernels {
  readonly instructions: Exclude<Instructions, "none">;
  readonly memory: KernelMemory;
  readonly threads: Threads;
  /** The kernels over a memory that is nobody else's and stays as it is laid out: for what is kept in it and asked again and again. */
  ownMemory(): OwnMemory;
}

/** Kernels that one thread runs, and their memory. */
export interface OwnMemory {
  readonly memory: WasmMemory;
  readonly run: Readonly<Record<string, Kernel>>;
}

/** 1 GiB of addresses where the runtime grants them, else 256 MiB; memory is taken as it is used. */
const mostPages = [16_384, 4_096];
const mostOwnPages = [65_536, ...mostPages];

let loaded: LoadedKernels | undefined;
let tried = false;

/**
 * The kernels, compiled when first asked for; undefined where the runtime has no SIMD in WebAssembly, or no shared memory for it. Then
 * the plain code answers the same, and more slowly, which is remarked once.
 */
export function kernels(): LoadedKernels | undefined {
  if (!tried) chooseKernels({});
  return loaded;
}

/**
 * Loads the kernels anew, with the best instructions and as many threads as there are processors unless it is said otherwise. For tests
 * and measurements; programs need not.
 */
export function chooseKernels(choice: { readonly instructions?: Instructions; readonly threads?: number }): void {
  loaded?.threads.end();
  const wanted: readonly Instructions[] = choice.instructions ? [choice.instructions] : ["relaxed", "simd"];
  tried = true;
  loaded = undefined;
  for (const instructions of wanted) {
    if (instructions !== "none") loaded ??= load(instructions, choice.threads ?? threadsHere());
  }
  if (loaded === undefined && choice.instructions === undefined) {
    remark("This runtime has no SIMD in WebAssembly. Distances are computed without it: the answers are the same, and take longer.");
  }
}

function load(instructions: LoadedKernels["instructions"], threads: number): LoadedKernels | undefined {
  if (wasm === undefined) return undefined;
  const { Module, Instance } = wasm;
  try {
    const module = new Module(bytesOf(instructions === "relaxed" ? relaxed : simd));
    const shared = sharedMemory();
    const exports: Readonly<Record<string, Kernel>> = new Instance(module, { env: { memory: shared } }).exports;
    const ownMemory = () => {
      const memory = sharedMemory(mostOwnPages);
      return { memory, run: new Instance(module, { env: { memory } }).exports };
    };
    const helped = new Threads({ module, memory: shared, exports, most: threads });
    return { instructions, memory: new KernelMemory(shared), threads: helped, ownMemory };
  } catch {
    return undefined; // these instructions are not known here, or no memory is shared
  }
}

function sharedMemory(most = mostPages): WasmMemory {
  const { Memory } = wasm as NonNullable<typeof wasm>;
  for (const maximum of most) {
    try {
      return new Memory({ initial: 1, maximum, shared: true });
    } catch {}
  }
  throw new RangeError("no shared memory");
}
