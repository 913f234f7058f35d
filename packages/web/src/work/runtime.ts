import { type Ort, onnxRuntime, type Runtime } from "@semblant/faces";
import type { FacesOptions, RunsOn } from "./faces-shapes.ts";

/** What `onnxruntime-web` has besides. */
interface WebOrt extends Ort {
  readonly env: { readonly wasm: { numThreads?: number; wasmPaths?: unknown } };
}

/** WebAssembly that reaches WebGPU is twice as large: it is loaded only where there is WebGPU. */
const builds: Readonly<Record<RunsOn, () => Promise<WebOrt>>> = {
  WebGPU: () => import("onnxruntime-web/webgpu"),
  WebAssembly: () => import("onnxruntime-web/wasm"),
};

const mostThreads = 4;

/**
 * ONNX Runtime in the page: on WebGPU where the machine has it, else in WebAssembly. Its files come from the page's own folder
 * `runtime`.
 * Version 1.30 for pages sends no usage data: it has no code that would (its builds for machines have).
 */
export async function openRuntime(
  base: string,
  { on, threads = threadsHere() }: Pick<FacesOptions, "on" | "threads">,
): Promise<{ readonly runtime: Runtime; readonly on: RunsOn; readonly threads: number }> {
  const runsOn = on ?? ((await hasWebGpu()) ? "WebGPU" : "WebAssembly");
  const ort = await builds[runsOn]();
  ort.env.wasm.wasmPaths = new URL("runtime/", base).href;
  ort.env.wasm.numThreads = threads;
  const executionProviders = runsOn === "WebGPU" ? ["webgpu", "wasm"] : ["wasm"];
  return { runtime: onnxRuntime(ort, { executionProviders, logSeverityLevel: 3 }), on: runsOn, threads };
}

/** Threads share memory, which a page has only where it is isolated from other origins. */
function threadsHere(): number {
  return crossOriginIsolated ? Math.max(1, Math.min(mostThreads, navigator.hardwareConcurrency - 1)) : 1;
}

async function hasWebGpu(): Promise<boolean> {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<object | null> } };
  return (await gpu?.requestAdapter().catch(() => null)) != null;
}
