import { createRequire } from "node:module";
import { isMainThread } from "node:worker_threads";
import type { Ort } from "@semblant/faces";
import { familySync, GLIBC } from "detect-libc";

const require = createRequire(import.meta.url);

/**
 * ONNX Runtime as a native library: the one that the package carries, which has no telemetry in it, or else the `onnxruntime-node` that a
 * person installed beside it, with its telemetry off.
 *
 * @returns undefined where neither is for this machine
 */
export function loadNative(): NativeRuntime | undefined {
  const carried = loadCarried();
  if (carried !== undefined) return { ort: carried, from: "carried" };
  const installed = loadInstalled();
  return installed && { ort: installed, from: "installed" };
}

/** A native ONNX Runtime, and whether the package carries it or a person installed it. */
export interface NativeRuntime {
  readonly ort: Ort;
  readonly from: "carried" | "installed";
}

function loadCarried(): Ort | undefined {
  // loaded beside Alpine's musl it may end the process
  const isFor = process.platform === "linux" && process.arch === "x64" && familySync() === GLIBC;
  if (!isFor) return undefined;
  return loaded("../../runtime/native/dist/index.js");
}

/** Where loading it would leave its telemetry on, it is left alone. */
function loadInstalled(): Ort | undefined {
  return silenced() ? loaded("onnxruntime-node") : undefined;
}

/**
 * ONNX Runtime asks the environment of the process for this, once, when its first session is made. A worker thread has only a copy of
 * that environment: there it counts only if it was set before the thread began.
 */
function silenced(): boolean {
  if (isMainThread) process.env.ORT_DISABLE_TELEMETRY = "1";
  return process.env.ORT_DISABLE_TELEMETRY === "1";
}

function loaded(module: string): Ort | undefined {
  try {
    return require(module) as Ort;
  } catch {
    return undefined; // not installed, or of another machine or an older system library: WebAssembly runs anywhere
  }
}
