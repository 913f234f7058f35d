import { expect, it } from "vitest";
import { floatLender, type Lender } from "./lent-floats.ts";

const buffers = async (withFloats: Lender, lengths: readonly number[]) => {
  const lent: ArrayBufferLike[] = [];
  for (const length of lengths) {
    await withFloats(length, async (floats) => {
      expect(floats).toHaveLength(length);
      lent.push(floats.buffer);
    });
  }
  return lent;
};

it("lends the same array again where it is long enough, else a longer one, which is kept from then on", async () => {
  const [first, shorter, longer, last] = await buffers(floatLender(), [1000, 10, 2000, 1500]);
  expect(shorter).toBe(first);
  expect(longer).not.toBe(first);
  expect(last).toBe(longer);
});

it("lends no array twice at a time, and takes one back from a task that fails", async () => {
  const withFloats = floatLender();
  const both: ArrayBufferLike[] = [];
  const hold = async (floats: Float32Array) => {
    both.push(floats.buffer);
    await Promise.resolve();
  };
  await Promise.all([withFloats(3000, hold), withFloats(3000, hold)]);
  expect(both[0]).not.toBe(both[1]);
  const failed = withFloats(3000, async () => {
    throw new Error("no");
  });
  await expect(failed).rejects.toThrow("no");
  expect(both).toContain((await buffers(withFloats, [3000]))[0]);
});
