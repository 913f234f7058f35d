import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { DataError } from "@semblant/core";
import { type FaceReader, openFaceReader } from "@semblant/faces";
import { nodeRuntime } from "../models/node-runtime.ts";

/** The models that ship, by the words that name them. */
const shipped: Readonly<Record<string, string>> = { best: "expression.onnx", small: "expression-small.onnx" };

export interface NodeReaderOptions {
  /** `best`, `small`, or the path of a model of `semblant export` (best). */
  readonly model?: string;
  /** Threads that one operation may use (1). */
  readonly threads?: number;
}

/**
 * A face reader with the models that ship, on ONNX Runtime of Node.
 *
 * @throws DataError if there is no such model, or it is damaged
 * @throws EngineError where ONNX Runtime cannot be loaded
 */
export async function openNodeReader({ model = "best", threads = 1 }: NodeReaderOptions = {}): Promise<FaceReader> {
  const runtime = await nodeRuntime({ threads });
  const [detector, keypoints, mesh, expression] = await Promise.all([
    readShipped("face-detector.onnx"),
    readShipped("face-keypoints.onnx"),
    readShipped("face-mesh.onnx"),
    readModel(model),
  ]);
  return openFaceReader({ runtime, detector, keypoints, mesh, model: expression });
}

/**
 * The bytes of a model: one that ships, by its word, or a file.
 *
 * @throws DataError if there is none
 */
export async function readModel(model: string): Promise<Uint8Array> {
  const name = shipped[model];
  if (name !== undefined) return readShipped(name);
  if (!existsSync(model)) throw new DataError(`model: expected best, small or a file, but there is no ${JSON.stringify(model)}.`);
  return readFile(model);
}

async function readShipped(name: string): Promise<Uint8Array> {
  const url = new URL(import.meta.resolve(`@semblant/faces/models/${name}`));
  return readFile(url).catch((cause) => {
    throw new DataError(
      `model ${basename(name)}: it is not where @semblant/faces keeps its models.\n  In a checkout, build them: node packages/faces/build-models.mjs`,
      { cause },
    );
  });
}
