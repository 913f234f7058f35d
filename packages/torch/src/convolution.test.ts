import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { faultsOf, instructionSets, runWatched } from "./fixtures/forked.ts";
import { autocast, conv2d, ones, randn, seed, tidy } from "./index.ts";

const script = fileURLToPath(new URL("./fixtures/sweep-convolutions.ts", import.meta.url));

describe("convolutions by kernels of our own", () => {
  it.each(instructionSets())(
    "agree with float64, forwards and backwards, and keep to their memory (instructions: %s)",
    async (instructions) => {
      const ended = await runWatched(script, ["float32", "1"], instructions);
      expect(faultsOf(ended)).toEqual([]);
    },
  );

  it("agree with float64 on two threads", async () => {
    expect(faultsOf(await runWatched(script, ["float32", "2"], "ALL"))).toEqual([]);
  });

  // A processor is held to older instructions for float32 only: libtorch asks the processor itself whether it can do bfloat16.
  it.each([1, 2])("agree with float64 in bfloat16, whatever kernel and stride (threads: %i)", async (threads) => {
    expect(faultsOf(await runWatched(script, ["bfloat16", `${threads}`], "ALL"))).toEqual([]);
  });

  it("count places outside an image as zeros", () => {
    const y = conv2d(ones([1, 16, 20, 20]), ones([16, 16, 3, 3]), { padding: 1 });
    expect(y.shape).toEqual([1, 16, 20, 20]);
    expect(y.amin().item()).toBeCloseTo(4 * 16, 3); // a corner
    expect(y.amax().item()).toBeCloseTo(9 * 16, 3);
  });

  it("pass on what is not a number", () => {
    const x = ones([1, 16, 20, 20]);
    const [before, after] = [x, x.mul(Number.NaN)].map((image) =>
      conv2d(image, ones([16, 16, 3, 3]), { padding: 1 })
        .sum()
        .item(),
    );
    expect([before, after]).toEqual([expect.any(Number), Number.NaN]);
    expect(before).toBeGreaterThan(0);
  });

  it("are in bfloat16 where that is asked for, and in float64 of such numbers", () => {
    seed(0);
    tidy(() => {
      const [x, weight] = [randn([2, 16, 12, 12]), randn([16, 16, 3, 3])];
      expect(autocast("bfloat16", () => conv2d(x, weight, { padding: 1 })).dtype).toBe("bfloat16");
      expect(conv2d(x.to("float64"), weight.to("float64"), { padding: 1 }).dtype).toBe("float64");
    });
  });

  it("are libtorch's where shapes disagree, and so are its words", () => {
    expect(() => conv2d(ones([1, 32, 20, 20]), ones([16, 16, 3, 3]), { padding: 1 })).toThrow("32 channels");
  });
});
