import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { onnxRuntime, openExpressionModel } from "@semblant/faces";
import { describe, expect, it } from "vitest";
import { nodeRuntime } from "./node-runtime.ts";
import { loadWeb } from "./web-runtime.ts";

const model = new Uint8Array(readFileSync(resolve(import.meta.dirname, "../../../../models/expression-small.onnx")));
const crop = Uint8Array.from({ length: 48 * 48 }, (_, i) => (i * 37) % 251);
const carried = resolve(import.meta.dirname, "../../runtime/native/bin/napi-v6/linux/x64/libonnxruntime.so.1");

describe("ONNX Runtime of Node", () => {
  it("gives the same embedding natively and as WebAssembly", async () => {
    const embeddings = [];
    for (const runtime of [await nodeRuntime(), onnxRuntime(await loadWeb(1))]) {
      const opened = await openExpressionModel(model, runtime);
      embeddings.push((await opened.embed(crop)).values);
      await opened.close();
    }
    const [native, web] = embeddings as [Float32Array, Float32Array];
    const farthest = Math.max(...native.map((value, j) => Math.abs(value - (web[j] as number))));
    expect(native).toHaveLength(64);
    expect(Math.hypot(...native)).toBeGreaterThan(0.1);
    expect(farthest).toBeLessThan(1e-4);
  });

  it("carries a native library that has no telemetry in it", () => {
    const library = readFileSync(carried);
    expect(library.includes("onnxruntime")).toBe(true);
    for (const word of ["ORT_DISABLE_TELEMETRY", "Microsoft.Applications.Events", "Applications6Events", "events.data."]) {
      expect(library.includes(word), word).toBe(false);
    }
  });

  it("says which it is: the one carried, an installed one, or WebAssembly", async () => {
    const source = new URL("./node-runtime.ts", import.meta.url).href;
    const say = (...lacking: readonly string[]) => {
      const ask = `import { registerHooks } from "node:module";
        const resolve = (name, context, next) => {
          if (${JSON.stringify(lacking)}.some((one) => name.includes(one))) throw new Error("it is not here");
          return next(name, context);
        };
        registerHooks({ resolve });
        console.log((await import(${JSON.stringify(source)})).runtimeHere());`;
      const given = ["--conditions=semblant-source", "--input-type=module", "-e", ask];
      return execFileSync(process.execPath, given, { encoding: "utf8" }).trim();
    };
    expect(say()).toBe("carried");
    expect(say("runtime/native")).toBe("installed");
    expect(say("runtime/native", "onnxruntime-node")).toBe("WebAssembly");
  });

  it("tells an installed onnxruntime-node to keep quiet before it is loaded", () => {
    const source = new URL("./native-runtime.ts", import.meta.url).href;
    const ask = `Object.defineProperty(process, "arch", { value: "other" });
      const { loadNative } = await import(${JSON.stringify(source)});
      try { loadNative(); } catch {}
      console.log(process.env.ORT_DISABLE_TELEMETRY);`;
    const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
    const said = execFileSync(process.execPath, ["--conditions=semblant-source", "--input-type=module", "-e", ask], {
      env,
      encoding: "utf8",
    });
    expect(said.trim()).toBe("1");
  });

  it("leaves an installed onnxruntime-node alone in a thread, from where it cannot be told", async () => {
    const source = new URL("./native-runtime.ts", import.meta.url).href;
    const ask = `Object.defineProperty(process, "arch", { value: "other" });
      import(${JSON.stringify(source)}).then(({ loadNative }) => require("node:worker_threads").parentPort.postMessage(loadNative() === undefined));`;
    const { ORT_DISABLE_TELEMETRY: _, ...env } = process.env;
    const worker = new Worker(ask, { eval: true, env, execArgv: ["--conditions=semblant-source"] });
    const leftAlone = await new Promise((answer, fail) => worker.once("message", answer).once("error", fail));
    await worker.terminate();
    expect(leftAlone).toBe(true);
  });
});
