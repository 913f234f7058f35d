import { ShapeError } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { type GraphOptions, graphOfNetwork } from "./network-graph.ts";
import { onnxFile } from "./onnx-file.ts";
import type { ActivationRanges, ValueRange } from "./quantize.ts";
import { quantizedValues } from "./quantized-values.ts";

/** What runs ONNX files: a `Runtime` of `@semblant/faces` is one. */
export interface CalibrationRuntime {
  open(model: Uint8Array): Promise<{
    run(
      feeds: Readonly<Record<string, { readonly data: Float32Array; readonly shape: readonly number[] }>>,
    ): Promise<Readonly<Record<string, { readonly data: Float32Array }>>>;
    close(): Promise<void>;
  }>;
}

/** Faces at a time: all values of so many are in memory. */
const most = 16;

/**
 * Between which numbers the values of a network lie on faces, for {@link exportOnnx} to compute in eight bits. A thousand faces that it
 * was not trained on will do. Numbers beyond what they gave are cut off there.
 *
 * @param crops (faces, channels, side, side): 0 to 255, whole numbers
 * @param options `mirror` and `faces`, as for {@link exportOnnx}
 * @throws ShapeError if they are not whole faces, or none
 *
 * @example
 * const runtime = { open: () => Promise.reject(new Error("not asked")) };
 * await calibrate(resnet18(), new Uint8Array(), runtime); // throws ShapeError: calibrate: expected faces of 1 × 48 × 48 bytes
 */
export async function calibrate(
  network: EmbeddingNetwork,
  crops: Uint8Array,
  runtime: CalibrationRuntime,
  options: Pick<GraphOptions, "mirror" | "faces"> = {},
): Promise<ActivationRanges> {
  refuseUnknown("calibrate", options, ["mirror", "faces"]);
  const { size, channels } = network.input;
  const { faces: side = size } = options;
  const each = channels * side * side;
  const count = crops.length / each;
  if (!Number.isInteger(count) || count === 0) {
    throw new ShapeError(`calibrate: expected faces of ${channels} × ${side} × ${side} bytes, but got ${crops.length} bytes.`);
  }
  const { graph } = graphOfNetwork(network, options);
  const names = [...new Set(quantizedValues(graph).values())];
  const session = await runtime.open(
    onnxFile({
      graph,
      name: network.name,
      inputs: [{ name: "faces", shape: ["batch", channels, side, side] }],
      outputs: names.map((name) => ({ name })),
      weights: "float32",
      producer: { name: "semblant", version: "" },
      metadata: {},
    }),
  );
  const ranges = new Map<string, ValueRange>();
  for (let first = 0; first < count; first += most) {
    const some = Math.min(most, count - first);
    const data = Float32Array.from(crops.subarray(first * each, (first + some) * each));
    const made = await session.run({ faces: { data, shape: [some, channels, side, side] } });
    for (const name of names) ranges.set(name, widened(ranges.get(name), made[name]?.data as Float32Array));
  }
  await session.close();
  return ranges;
}

function widened(range: ValueRange | undefined, values: Float32Array): ValueRange {
  let { low, high } = range ?? { low: Infinity, high: -Infinity };
  for (let i = 0; i < values.length; i++) {
    const x = values[i] as number;
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return { low, high };
}
