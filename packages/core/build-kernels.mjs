/**
 * Compiles the kernels (`packages/core/kernels/`, AssemblyScript) into `packages/core/src/kernels/compiled/`: `npm run build:kernels`.
 *
 * `--check` compiles them, too, and says which file of those that are checked in is another.
 * One module for processors that multiply and add at once (relaxed SIMD), one for the rest; and one for pixels, with memory of its own.
 * What is compiled is checked in.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import asc from "assemblyscript/asc";

const core = import.meta.dirname;

const shared = ["--importMemory", "--sharedMemory", "--maximumMemory", "65536", "--noExportMemory"];
const modules = [
  { name: "simd", source: "index.ts", options: [...shared, "--enable", "simd,threads"] },
  { name: "relaxed", source: "index.ts", options: [...shared, "--enable", "simd,threads,relaxed-simd"] },
  { name: "pictures", source: "pictures.ts", options: ["--enable", "simd"] },
];

/** Each compiled file's path and text. */
async function compiledKernels() {
  const files = [];
  for (const { name, source, options } of modules) {
    const bytes = await compile(source, options);
    const text = Buffer.from(bytes).toString("base64");
    const lines = text.match(/.{1,120}/g).map((line) => `  "${line}",`);
    files.push({
      path: resolve(core, `src/kernels/compiled/${name}.ts`),
      text: `// Made by packages/core/build-kernels.mjs from packages/core/kernels/.\nexport const ${name} = [\n${lines.join("\n")}\n].join("");\n`,
    });
  }
  return files;
}

async function compile(source, options) {
  let bytes;
  const always = ["--baseDir", resolve(core, "kernels"), "--outFile", "kernels.wasm", "-O3", "--noAssert", "--runtime", "stub"];
  const { error, stderr } = await asc.main([source, ...always, "--initialMemory", "1", ...options], {
    writeFile: (_, written) => {
      bytes = written;
    },
  });
  if (error) throw new Error(`build-kernels: ${error.message}\n${stderr}`);
  refuseData(bytes);
  return bytes;
}

/** Tables that lie in the memory from the start would be written over: the host hands out all of it. `Math.exp` brings some, for one. */
function refuseData(bytes) {
  for (let at = 8; at < bytes.length; ) {
    const section = bytes[at++];
    if (section === 11) throw new Error("build-kernels: expected kernels without data of their own, but a kernel uses some.");
    let size = 0;
    for (let shift = 0, more = true; more; shift += 7) {
      more = bytes[at] >= 128;
      size += (bytes[at++] & 127) << shift;
    }
    at += size;
  }
}

for (const { path, text } of await compiledKernels()) {
  if (process.argv[2] !== "--check") writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`build-kernels: expected ${path} to be what packages/core/kernels/ compiles to, but it is not.\n  npm run build:kernels`);
    process.exitCode = 1;
  }
}
