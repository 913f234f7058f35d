import { Random } from "@semblant/core";
import { hashDistance } from "@semblant/core/internals";
import { differenceHash } from "@semblant/faces/internals";
import sharp from "sharp";
import { expect, it } from "vitest";
import { contentHash } from "./fingerprints.ts";

/** A picture of smooth hills, as photos are. */
function hills(seed: number, width: number, height: number): { width: number; height: number; data: Uint8Array } {
  const random = new Random(seed);
  const waves = Array.from(
    { length: 12 },
    () => [1 + random.integer(6), 1 + random.integer(6), random.normal(), random.normal() * 3] as const,
  );
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = waves.reduce(
        (sum, [a, b, size, phase]) => sum + size * Math.sin((a * x * 6) / width + (b * y * 6) / height + phase),
        0,
      );
      data.fill(Math.max(0, Math.min(255, 128 + value * 25)), (y * width + x) * 3, (y * width + x + 1) * 3);
    }
  }
  return { width, height, data };
}

it("differs in few bits for the same photo at another size and quality, and in about half for another photo", async () => {
  const picture = hills(1, 400, 300);
  const { data, info } = await sharp(picture.data, { raw: { width: 400, height: 300, channels: 3 } })
    .resize(173)
    .jpeg({ quality: 40 })
    .toBuffer()
    .then((jpeg) => sharp(jpeg).raw().toBuffer({ resolveWithObject: true }));
  const hash = differenceHash(picture);
  expect(hashDistance(hash, differenceHash({ width: info.width, height: info.height, data }))).toBeLessThanOrEqual(4);
  const others = Array.from({ length: 40 }, (_, i) => hashDistance(hash, differenceHash(hills(i + 2, 400, 300))));
  expect(Math.min(...others)).toBeGreaterThan(10);
  expect(others.reduce((a, b) => a + b) / 40).toBeGreaterThan(24);
});

it("is of 64 bits whatever the picture's size, one pixel included", () => {
  for (const [width, height] of [
    [1, 1],
    [3, 200],
    [5000, 2],
  ] as const) {
    expect(differenceHash({ width, height, data: new Uint8Array(width * height * 3) })).toBe(0n);
  }
  expect(hashDistance(0n, 0xffffffffffffffffn)).toBe(64);
});

it("names a file by its bytes", () => {
  expect(contentHash(Buffer.from("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});
