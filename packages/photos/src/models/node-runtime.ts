import { EngineError } from "@semblant/core";
import { type Ort, onnxRuntime, type Runtime } from "@semblant/faces";
import { loadNative } from "./native-runtime.ts";
import { loadWeb } from "./web-runtime.ts";

/**
 * ONNX Runtime of Node, loaded when the first network is opened: native where there is a library for this machine, else WebAssembly.
 *
 * @param threads an operation may use (1)
 * @throws EngineError where neither can be loaded
 */
export async function nodeRuntime({ threads = 1 }: { readonly threads?: number } = {}): Promise<Runtime> {
  return quiet(loadNative()?.ort ?? (await wasm(threads)), threads);
}

/** Which ONNX Runtime {@link nodeRuntime} takes on this machine. */
export function runtimeHere(): "carried" | "installed" | "WebAssembly" {
  return loadNative()?.from ?? "WebAssembly";
}

function quiet(ort: Ort, threads: number): Runtime {
  return onnxRuntime(ort, { intraOpNumThreads: threads, interOpNumThreads: 1, logSeverityLevel: 3 });
}

async function wasm(threads: number): Promise<Ort> {
  return loadWeb(threads).catch((cause) => {
    throw new EngineError(
      "semblant: expected ONNX Runtime in the package's folder runtime, but it cannot be loaded: " +
        `${(cause as Error).message.split("\n")[0]}\n` +
        "  Install semblant again; in its repository: npm run setup.",
      { cause },
    );
  });
}
