// Puts what runs networks into runtime/, out of the pinned npm packages of the workspace, for the tarball to carry:
// ONNX Runtime as a native library for Linux on x64 processors with glibc, and as WebAssembly for every other machine.
//
//   node packages/photos/build-runtime.mjs
//
// Carried, and not depended on: the package onnxruntime-node brings libraries for all machines, and a script that downloads more.
// From 1.28 on its libraries send usage data unless they are told not to; the one carried here is older and has none of that in it.
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, "runtime");
const { resolve } = createRequire(import.meta.url);

/** The folders of both packages, and which of their files are carried where. */
const native = {
  folder: dirname(dirname(resolve("onnxruntime-node"))),
  files: [
    ...["index.js", "backend.js", "binding.js", "version.js"].map((name) => `dist/${name}`),
    ...["libonnxruntime.so.1", "onnxruntime_binding.node"].map((name) => `bin/napi-v6/linux/x64/${name}`),
  ],
};
const web = {
  folder: dirname(dirname(resolve("onnxruntime-web"))),
  files: ["ort.wasm.min.mjs", "ort-wasm-simd-threaded.mjs"].map((name) => `dist/${name}`),
  wasm: "dist/ort-wasm-simd-threaded.wasm",
};
const manifestOf = ({ folder }) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));

/**
 * Builds what is missing or old.
 *
 * @returns {"current" | undefined}
 */
export function buildRuntime() {
  const manifests = [native, web].map(manifestOf);
  const stamp = createHash("sha256")
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .update(JSON.stringify(manifests.map(({ name, version }) => [name, version])))
    .digest("hex");
  const stampFile = join(target, ".stamp");
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return "current";

  const fresh = `${target}.part`;
  rmSync(fresh, { recursive: true, force: true });
  const [nativeManifest, webManifest] = manifests;
  for (const file of native.files) copy(join(native.folder, file), join(fresh, "native", file));
  writeFileSync(join(fresh, "native/package.json"), JSON.stringify({ ...named(nativeManifest), type: "commonjs" }, null, 2));
  for (const file of web.files) copy(join(web.folder, file), join(fresh, "web", file.replace("dist/", "")));
  writeFileSync(join(fresh, "web/package.json"), JSON.stringify({ ...named(webManifest), type: "module" }, null, 2));
  const compressed = brotliCompressSync(readFileSync(join(web.folder, web.wasm)), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 6, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  writeFileSync(join(fresh, "web", `${web.wasm.replace("dist/", "")}.br`), compressed);
  writeFileSync(join(fresh, "NOTICE"), notice(nativeManifest.version, webManifest.version));
  writeFileSync(join(fresh, ".stamp"), stamp);
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
  return undefined;
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

function named({ name, version, license }) {
  return { name, version, license };
}

function notice(nativeVersion, webVersion) {
  return `ONNX Runtime, github.com/microsoft/onnxruntime. Copyright (c) Microsoft Corporation. Licence MIT, below.
What it is built with has its own notices: ThirdPartyNotices.txt there, at the tag of each version.

native/  taken from npm onnxruntime-node@${nativeVersion}
web/     taken from npm onnxruntime-web@${webVersion}, the .wasm file compressed

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(buildRuntime() ?? `built ${target}`);
