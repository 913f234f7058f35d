import { EngineError } from "@semblant/core";
import { onnxRuntime, type Runtime } from "@semblant/faces";

/**
 * ONNX Runtime of Node, loaded when the first network is opened.
 *
 * @param threads an operation may use (1)
 * @throws EngineError where it is not installed or has no build for this machine
 */
export async function nodeRuntime({ threads = 1 }: { readonly threads?: number } = {}): Promise<Runtime> {
  const ort = await import("onnxruntime-node").catch((cause) => {
    throw new EngineError(`onnxruntime-node: cannot be loaded here: ${(cause as Error).message.split("\n")[0]}`, { cause });
  });
  const quiet = { logSeverityLevel: 3 };
  return onnxRuntime(ort, { intraOpNumThreads: threads, interOpNumThreads: 1, ...quiet });
}
