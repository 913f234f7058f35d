import type { NetworkTensor, Runtime } from "../runtime.ts";
import { computesInEightBits, inFloats } from "./eight-bits.ts";

/** A tensor of ONNX Runtime, as far as it is used here. */
interface OrtTensor {
  readonly data: unknown;
  readonly dims: readonly number[];
}

/** A session of ONNX Runtime, as far as it is used here. */
interface OrtSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, OrtTensor>): Promise<Record<string, OrtTensor>>;
  release(): Promise<void>;
}

/** What `onnxruntime-node` and `onnxruntime-web` have in common. */
export interface Ort {
  readonly InferenceSession: { create(model: Uint8Array, options?: object): Promise<OrtSession> };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => OrtTensor;
}

/** Of the options of a session, the one that is looked at here. */
interface Providers {
  readonly executionProviders?: readonly (string | { readonly name: string })[];
}

/**
 * Weights in eight bits are made float32 once, when a network is opened, and not at every run: on one core w32 takes
 * 1.5 ms a face so, 2.6 ms else. A network that computes in eight bits keeps them. Made anew each time: `onnxruntime-web` writes into it.
 */
const onceFloat = () => ({ session: { disable_quant_qdq: "1" } });

/** Where eight bits are computed at more than twice the speed of floats. */
const eightBitProviders: readonly string[] = ["cpu", "wasm"];

/**
 * ONNX Runtime as the runtime of networks: hand in `onnxruntime-node` in Node, `onnxruntime-web` in a page. The first sends usage data
 * from version 1.28 on, unless `ORT_DISABLE_TELEMETRY=1` is in the environment of the process before the first network is opened.
 *
 * A network that computes in eight bits does so on the CPU, in WebAssembly too; elsewhere it computes in floats.
 *
 * @param options of its sessions: `{ intraOpNumThreads: 1 }`, `{ executionProviders: ["webgpu"] }`
 */
export function onnxRuntime(ort: Ort, options: object = {}): Runtime {
  const [provider = "cpu"] = (options as Providers).executionProviders ?? [];
  const inEightBits = eightBitProviders.includes(typeof provider === "string" ? provider : provider.name);
  return {
    async open(model) {
      const eightBits = computesInEightBits(model);
      const session = await ort.InferenceSession.create(eightBits && !inEightBits ? inFloats(model) : model, {
        graphOptimizationLevel: "all",
        ...((!eightBits || !inEightBits) && { extra: onceFloat() }),
        ...options,
      });
      return {
        inputs: session.inputNames,
        outputs: session.outputNames,
        async run(feeds) {
          const given = Object.entries(feeds).map(([name, { data, shape }]) => [name, new ort.Tensor("float32", data, shape)]);
          const made = await session.run(Object.fromEntries(given));
          return Object.fromEntries(
            Object.entries(made).map(([name, { data, dims }]): [string, NetworkTensor] => [
              name,
              { data: data as Float32Array, shape: dims },
            ]),
          );
        },
        close: () => session.release(),
      };
    },
  };
}
