import { createReadStream, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import type { Plugin } from "vite";

const find = createRequire(import.meta.url);

/** ONNX Runtime's WebAssembly with threads, and that which reaches WebGPU. */
const runtime = ["ort-wasm-simd-threaded", "ort-wasm-simd-threaded.asyncify"];

/** The files that the page fetches by name from its own origin: the networks under models/, and what runs them under runtime/. */
function files(): ReadonlyMap<string, string> {
  const models = dirname(find.resolve("@semblant/faces/models/expression.onnx"));
  const weights = readdirSync(models).filter((name) => /\.(onnx|json)$|^NOTICE$/.test(name));
  const wasm = dirname(find.resolve("onnxruntime-web/ort-wasm-simd-threaded.wasm"));
  return new Map([
    ...weights.map((name): [string, string] => [`models/${name}`, join(models, name)]),
    ...runtime.flatMap((name) => [".mjs", ".wasm"].map((end): [string, string] => [`runtime/${name}${end}`, join(wasm, name + end)])),
  ]);
}

const types: Readonly<Record<string, string>> = { ".mjs": "text/javascript", ".wasm": "application/wasm", ".json": "application/json" };

/** Puts those files beside the built page, and serves them while it is developed. */
export function ownFiles(): Plugin {
  return {
    name: "semblant-own-files",
    generateBundle() {
      for (const [fileName, path] of files()) this.emitFile({ type: "asset", fileName, source: readFileSync(path) });
    },
    configureServer(server) {
      const known = files();
      server.middlewares.use((request, response, next) => {
        const path = known.get((request.url ?? "").split("?")[0]?.slice(1) ?? "");
        if (path === undefined) return next();
        response.setHeader("content-type", types[extname(basename(path))] ?? "application/octet-stream");
        response.setHeader("content-length", statSync(path).size);
        createReadStream(path).pipe(response);
      });
    },
  };
}
