import { type FaceReader, openFaceReader } from "@semblant/faces";
import { nodeRuntime } from "./node-runtime.ts";
import { finders, readModel, readShipped } from "./read-model.ts";

export interface NodeReaderOptions {
  /** `best`, `small`, or the path of a file of `semblant export` or `adapt` (best). */
  readonly model?: string;
  /** Threads that one operation may use (1). */
  readonly threads?: number;
  /** The smallest faces that are looked for, in pixels of the photo (10, more in large photos). */
  readonly smallest?: number;
}

/**
 * A face reader with the models that ship, on ONNX Runtime of Node.
 *
 * @throws DataError if there is no such model, or it is damaged
 * @throws EngineError where ONNX Runtime cannot be loaded
 *
 * @example
 * await openNodeReader({ model: "none.onnx" });
 * // throws DataError: model: expected best, small, posed or a file, but there is no "none.onnx".
 */
export async function openNodeReader({ model = "best", threads = 1, smallest }: NodeReaderOptions = {}): Promise<FaceReader> {
  const runtime = await nodeRuntime({ threads });
  const [detector, keypoints, mesh, expression] = await Promise.all([
    readShipped(finders.detector),
    readShipped(finders.keypoints),
    readShipped(finders.mesh),
    readModel(model),
  ]);
  return openFaceReader({ runtime, detector, keypoints, mesh, model: expression, ...(smallest !== undefined && { smallest }) });
}
