import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { brotliDecompress } from "node:zlib";
import type { Ort } from "@semblant/faces";

/** What `onnxruntime-web` has besides. */
interface WebOrt extends Ort {
  readonly env: { readonly wasm: { numThreads?: number; wasmBinary?: Uint8Array } };
}

const folder = new URL("../../runtime/web/", import.meta.url);

/**
 * ONNX Runtime as WebAssembly, which the package carries: for every machine, at about two fifths of the native library's speed.
 *
 * It is handed its bytes: it would fetch them otherwise.
 *
 * @param threads an operation may use; what the first call says holds for the process
 * @throws if the package is incomplete
 */
export async function loadWeb(threads: number): Promise<Ort> {
  const ort = (await import(new URL("ort.wasm.min.mjs", folder).href)) as WebOrt;
  const { wasm } = ort.env;
  wasm.numThreads ??= threads;
  wasm.wasmBinary ??= await promisify(brotliDecompress)(await readFile(new URL("ort-wasm-simd-threaded.wasm.br", folder)));
  return ort;
}
