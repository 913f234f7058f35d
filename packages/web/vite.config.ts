import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { installable } from "./making/installable.ts";
import { notices } from "./making/notices.ts";
import { offlineFiles } from "./making/offline-files.ts";
import { ownFiles } from "./making/own-files.ts";
import { samplePhotos } from "./making/sample-photos.ts";
import { twoLanguages } from "./making/two-languages.ts";

/** Addresses in index.html start at the root of the server; all others are relative to the file that names them. So a copy in any folder works. */
const renderBuiltUrl = (name: string, { hostType }: { readonly hostType: string }) =>
  hostType === "html" ? `/${name}` : { relative: true };

/** ONNX Runtime's WebAssembly is copied whole. */
const licences = notices(["onnxruntime-web"], (name) => fileURLToPath(import.meta.resolve(name)));

const conditions = ["semblant-source", "onnxruntime-web-use-extern-wasm", "module", "browser", "import", "default"];

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as { version: string };

export default defineConfig({
  define: { "import.meta.env.SEMBLANT_VERSION": JSON.stringify(version) },
  plugins: [react(), twoLanguages(), ownFiles(), samplePhotos(), installable(), licences.page, offlineFiles()],
  resolve: { conditions },
  worker: { format: "es", plugins: () => [twoLanguages(), licences.worker] },
  experimental: { renderBuiltUrl },
  build: { target: "es2023", sourcemap: false, assetsInlineLimit: 0, modulePreload: { polyfill: false }, chunkSizeWarningLimit: 1200 },
  server: { host: "127.0.0.1", proxy: { "/api": process.env.SEMBLANT_APP ?? "http://127.0.0.1:4173" } },
});
