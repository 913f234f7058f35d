import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Plugin, transformWithOxc } from "vite";

const worker = join(import.meta.dirname, "../src/home/service-worker.ts");

/** Large files, which are kept once they were used. */
const isLarge = (file: string) => /^(models|runtime|samples)\//.test(file) || file.endsWith(".wasm");

/** Puts the service worker beside the built page, with the names of all files in front of it. */
export function offlineFiles(): Plugin {
  let shared = "";
  return {
    name: "semblant-offline-files",
    apply: "build",
    configResolved({ publicDir }) {
      shared = publicDir;
    },
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        const files = new Map<string, string | Uint8Array>();
        for (const [file, part] of Object.entries(bundle)) files.set(file, part.type === "chunk" ? part.code : part.source);
        for (const file of readdirSync(shared)) files.set(file, readFileSync(join(shared, file)));
        const names = [...files.keys()].filter((file) => !/NOTICE(\.txt)?$/.test(file)).sort();
        const digest = createHash("sha256");
        const { code: module } = await transformWithOxc(readFileSync(worker, "utf8"), worker);
        const code = module.replace(/^export \{\};$/m, ""); // a classic script: not every browser takes modules here
        for (const file of names) digest.update(file).update(files.get(file) as string);
        const version = digest.update(code).digest("hex").slice(0, 12);
        const build = { version, shell: names.filter((file) => !isLarge(file)), rest: names.filter(isLarge) };
        this.emitFile({ type: "asset", fileName: "service-worker.js", source: `const build = ${JSON.stringify(build)};\n${code}` });
      },
    },
  };
}
