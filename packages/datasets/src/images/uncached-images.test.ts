import { readdirSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { temporaryFolder } from "../reading/fixtures/small-layouts.ts";
import type { ImageStore } from "./image-store.ts";
import { decodeUncached } from "./uncached-images.ts";

const shape = { width: 2, height: 1, channels: 1 };
const decode = async (append: (pixels: Uint8Array) => void) => {
  const again = new Uint8Array(4); // one array, used again, as the decoders do
  for (let i = 0; i < 5; i++) {
    again.set([4 * i, 4 * i + 1, 4 * i + 2, 4 * i + 3]);
    append(again);
  }
  return { rows: 10 };
};

const rowsOf = (images: ImageStore): number[] => {
  const into = new Uint8Array(2 * images.count);
  images.gather([...Array(images.count).keys()], into);
  return [...into];
};

describe("images that are kept nowhere", () => {
  it("are the same in memory and, where they are too many, in a file without a name", async () => {
    const folder = temporaryFolder();
    vi.stubEnv("TMPDIR", folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const held = await decodeUncached(shape, decode);
    for (const memory of [0, 7, 8, 19]) {
      const spilled = await decodeUncached(shape, decode, { memory });
      expect([rowsOf(spilled.images), spilled.index]).toEqual([rowsOf(held.images), { rows: 10 }]);
    }
    expect([rowsOf(held.images), readdirSync(folder)]).toEqual([Array.from({ length: 20 }, (_, i) => i), []]);
  });

  it("leave nothing behind when decoding fails", async () => {
    const folder = temporaryFolder();
    vi.stubEnv("TMPDIR", folder);
    onTestFinished(() => void vi.unstubAllEnvs());
    const failing = async (append: (pixels: Uint8Array) => void) => {
      await decode(append);
      throw new Error("no light");
    };
    await expect(decodeUncached(shape, failing, { memory: 4 })).rejects.toThrow("no light");
    expect(readdirSync(folder)).toEqual([]);
  });
});
