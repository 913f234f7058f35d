import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataError } from "@semblant/core";
import { noGrad, randn, seed, type Tensor, tidy } from "@semblant/torch";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNetwork, networkNames } from "../catalog/networks.ts";
import { calibrate } from "../export/calibrate.ts";
import { exportOnnx } from "../export/export-onnx.ts";
import { runtime } from "../export/fixtures/runtime.ts";
import { small } from "../export/fixtures/small-networks.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { describeStart, loadWeights } from "./load-weights.ts";

const make = (name: string, options = {}) => createNetwork({ name, ...small[name], ...options } as Parameters<typeof createNetwork>[0]);

/** A network that has seen something: batch norms with statistics, scales and shifts of their own. */
function learned(name: string, options = {}): EmbeddingNetwork {
  seed(7);
  const network = make(name, options).eval();
  noGrad(() =>
    tidy(() => {
      for (const [name, values] of network.stateDict()) {
        if (/running_mean|(bn\d|downsample\.1)\.bias/.test(name)) values.copyInPlace(randn(values.shape).mul(0.2));
        if (/running_var|(bn\d|downsample\.1)\.weight/.test(name)) values.copyInPlace(randn(values.shape).abs().add(0.5));
      }
    }),
  );
  return network;
}

function imagesFor({ input: { size, channels } }: EmbeddingNetwork, count: number): Tensor {
  seed(11);
  return randn([count, channels, size, size]);
}

const answers = (network: EmbeddingNetwork, images: Tensor) => noGrad(() => tidy(() => network.forward(images).data() as Float32Array));
/** The greatest difference, as a share of the greatest value. */
function apart(a: Float32Array, b: Float32Array): number {
  const greatest = a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] as number))), 0) / greatest;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "onnx-weights-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
const written = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

describe("a start from an exported network", () => {
  it.each(networkNames)("makes %s answer as the file does, and go on learning from there", (name) => {
    using trained = learned(name);
    using network = make(name);
    using images = imagesFor(trained, 24);
    const path = written(`${name}.onnx`, exportOnnx(trained));
    const loaded = loadWeights(network, path, { images: () => images.clone() });
    expect(loaded.kept).toEqual([]);
    expect(loaded.unused).toEqual([]);
    expect(describeStart(loaded)).toMatch(/^\d+ of \d+ tensors start from .*\.onnx\.$/);
    const expected = answers(trained, images);
    expect(network.training).toBe(true);
    expect(apart(expected, answers(network.eval(), images))).toBeLessThan(1e-4);
    if (name === "resnet18" || name === "preactresnet18") {
      // In training batch norm goes by the batch: of the images whose statistics were taken, that is the same.
      expect(apart(expected, answers(network.train(), images))).toBeLessThan(1e-3);
    }
  });

  it("knows weights of 16 bits to a thousandth, of 8 bits to some hundredths, with mirror images or not", () => {
    using trained = learned("resnet18", { stem: "3x3-pool" });
    using images = imagesFor(trained, 8);
    const expected = answers(trained, images);
    for (const [weights, mirror, most] of [
      ["float16", false, 2e-3],
      ["int8", true, 0.05],
    ] as const) {
      using network = make("resnet18", { stem: "3x3-pool" });
      loadWeights(network, written(`${weights}.onnx`, exportOnnx(trained, { weights, mirror })));
      expect(apart(expected, answers(network.eval(), images))).toBeLessThan(most);
    }
  });

  it("knows the weights of a file that computes in eight bits to some hundredths, and leaves nothing out", async () => {
    using trained = learned("resnet18", { stem: "3x3-pool" });
    using network = make("resnet18", { stem: "3x3-pool" });
    using images = imagesFor(trained, 8);
    const faces = Uint8Array.from({ length: 4 * 48 * 48 }, (_, i) => Math.imul(i + 1, 2654435761) >>> 24);
    const activations = await calibrate(trained, faces, runtime);
    const loaded = loadWeights(network, written("eight.onnx", exportOnnx(trained, { weights: "int8", activations })));
    expect([loaded.kept, loaded.unused]).toEqual([[], []]);
    expect(apart(answers(trained, images), answers(network.eval(), images))).toBeLessThan(0.1);
  });

  it("starts a classifier from all but its last layer", () => {
    using trained = learned("resnet18");
    using network = make("resnet18", { head: "classes", dimensions: 5 });
    const { kept } = loadWeights(network, written("embedding.onnx", exportOnnx(trained)));
    expect(kept).toEqual([
      { name: "fc.weight", reason: "(5, 64) here, (64, 64) in the file" },
      { name: "fc.bias", reason: "(5) here, (64) in the file" },
    ]);
  });

  it("refuses another network, another width, a file that is cut short, and what is no ONNX file", () => {
    using trained = learned("resnet18");
    using other = make("cvgg13");
    using wider = make("resnet18", { baseChannels: 16 });
    using network = make("resnet18");
    const bytes = exportOnnx(trained);
    const path = written("a.onnx", bytes);
    expect(() => loadWeights(other, path)).toThrow(
      new DataError("weights a.onnx: expected a network of cvgg13, but the file's is resnet18."),
    );
    expect(() => loadWeights(wider, path)).toThrow("weights a.onnx: expected weights of resnet18, but none of its");
    for (const cut of [bytes.subarray(0, 1000), bytes.subarray(0, bytes.length >> 1), Uint8Array.of(1, 2, 3)]) {
      expect(() => loadWeights(network, written("cut.onnx", cut))).toThrow(DataError);
    }
    expect(() => loadWeights(network, join(folder, "none.onnx"))).toThrow(new DataError("weights none.onnx: cannot be opened."));
  });
});
