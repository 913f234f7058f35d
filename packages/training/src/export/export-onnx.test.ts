import { noGrad, tensor, tidy } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { prepare } from "../augmentation/prepare.ts";
import { networkNames } from "../catalog/networks.ts";
import type { EmbeddingNetwork } from "../networks/embedding-network.ts";
import { exportOnnx } from "./export-onnx.ts";
import { byOnnx, byTorch, facesFor, networkOf } from "./fixtures/tried-networks.ts";

const farthest = (a: Float32Array, b: Float32Array) => a.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[i] as number))), 0);
const greatest = (a: Float32Array) => a.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

describe("an exported network", () => {
  const variants = [
    ...networkNames.map((name) => ({ name })),
    ...networkNames.map((name) => ({ name, head: "classes", dimensions: 8 })),
    { name: "resnet18" as const, stem: "3x3" },
    { name: "resnet18" as const, stem: "3x3-pool", channels: 3 },
    { name: "resnet18" as const, batchNorm: false },
    { name: "preactresnet18" as const, batchNorm: false },
    { name: "fmpnet" as const, batchNorm: false, size: 51 },
    { name: "fmpnet" as const, pooling: "max" },
  ];

  it.each(variants)("embeds as libtorch does: $name $head $stem $batchNorm $pooling", async (options) => {
    const network = networkOf(options);
    const faces = facesFor(network, 3);
    const expected = byTorch(network, faces, 3);
    const found = await byOnnx(exportOnnx(network), network, faces, 3);
    expect(found.length).toBe(expected.length);
    expect(farthest(found, expected)).toBeLessThan(1e-5 * Math.max(1, greatest(expected)));
    network.dispose();
  });

  it("covers every network there is", () => {
    expect(new Set(variants.map(({ name }) => name))).toEqual(new Set(networkNames));
  });

  it.each([
    { name: "cvgg13" as const, size: 64, faces: 48 },
    { name: "preactresnet18" as const, size: 32, faces: 48 },
    { name: "alexnet" as const, size: 227, faces: 48 },
    { name: "resnet18" as const, size: 224, faces: 48 },
    { name: "resnet18" as const, size: 48, faces: 112 },
    { name: "resnet18" as const, size: 32, faces: 64 },
    { name: "resnet18" as const, size: 32, faces: 65 },
    { name: "resnet18" as const, size: 40, faces: 48, channels: 3 },
  ])("resizes faces of $faces pixels to the $size of $name as training does", async ({ faces: side, ...options }) => {
    const network = networkOf(options);
    const { channels } = network.input;
    const model = exportOnnx(network, { faces: side });
    for (const count of [1, 3]) {
      const faces = facesFor({ input: { ...network.input, size: side } } as EmbeddingNetwork, count);
      const expected = noGrad(() =>
        tidy(() => network.forward(prepare(tensor(faces, { shape: [count, channels, side, side] }), network.input)).data() as Float32Array),
      );
      const found = await byOnnx(model, { input: { ...network.input, size: side } } as EmbeddingNetwork, faces, count);
      expect(found.length).toBe(expected.length);
      expect(farthest(found, expected)).toBeLessThan(1e-5 * Math.max(1, greatest(expected)));
    }
    network.dispose();
  });

  it("refuses faces of no size", () => {
    const network = networkOf({ name: "resnet18" });
    expect(() => exportOnnx(network, { faces: 0 })).toThrow("exportOnnx: expected faces to be a whole number above 0, but got 0.");
    network.dispose();
  });

  it("gives a batch what it gives each face alone", async () => {
    const network = networkOf({ name: "resnet18" });
    const model = exportOnnx(network);
    const faces = facesFor(network, 4);
    const together = await byOnnx(model, network, faces, 4);
    for (let i = 0; i < 4; i++) {
      const alone = await byOnnx(model, network, faces.subarray(i * 2304, (i + 1) * 2304), 1);
      expect(farthest(alone, together.subarray(i * 64, (i + 1) * 64))).toBeLessThan(1e-5);
    }
    network.dispose();
  });

  it("is half the size in float16 and a quarter in int8, and differs little", async () => {
    const network = networkOf({ name: "resnet18", baseChannels: 16 });
    const faces = facesFor(network, 2);
    const expected = byTorch(network, faces, 2);
    const whole = exportOnnx(network);
    for (const [weights, part, off] of [
      ["float16", 0.52, 2e-3],
      ["int8", 0.28, 0.05],
    ] as const) {
      const model = exportOnnx(network, { weights });
      expect(model.length / whole.length).toBeLessThan(part);
      const found = await byOnnx(model, network, faces, 2);
      expect(farthest(found, expected)).toBeLessThan(off * greatest(expected));
      expect(farthest(found, expected)).toBeGreaterThan(0);
    }
    network.dispose();
  });

  it("has length 1 in use where the loss looks at directions only", async () => {
    const network = networkOf({ name: "resnet18" });
    const found = await byOnnx(exportOnnx(network, { normalize: true }), network, facesFor(network, 1), 1);
    expect(Math.hypot(...found)).toBeCloseTo(1, 6);
    network.dispose();
  });

  it("takes the mean of a face and its mirror image where that is asked for, for any batch", async () => {
    const network = networkOf({ name: "resnet18" });
    const model = exportOnnx(network, { mirror: true });
    const faces = facesFor(network, 3);
    const mirrored = faces.map((_, i) => faces[i - (i % 48) + 47 - (i % 48)] as number);
    const [as, other] = [byTorch(network, faces, 3), byTorch(network, mirrored, 3)];
    const found = await byOnnx(model, network, faces, 3);
    expect(
      farthest(
        found,
        as.map((x, i) => (x + (other[i] as number)) / 2),
      ),
    ).toBeLessThan(1e-5);
    expect(farthest(as, other)).toBeGreaterThan(0.01);
    expect(farthest(await byOnnx(model, network, mirrored, 3), found)).toBeLessThan(1e-5);
    expect(farthest(await byOnnx(model, network, faces.subarray(2304, 4608), 1), found.subarray(64, 128))).toBeLessThan(1e-5);
    network.dispose();
  });

  it("refuses weights of another kind", () => {
    const network = networkOf({ name: "resnet18" });
    expect(() => exportOnnx(network, { weights: "int4" as "int8" })).toThrow(
      'exportOnnx: expected weights to be one of float32, float16, int8, but got "int4".',
    );
    network.dispose();
  });
});
