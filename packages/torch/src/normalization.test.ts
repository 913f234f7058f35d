import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { faultsOf, instructionSets, runWatched } from "./fixtures/forked.ts";
import { BatchNorm2d, batchNorm, ones, randn, seed, type Tensor, tidy, zeros } from "./index.ts";

const script = fileURLToPath(new URL("./fixtures/sweep-normalizations.ts", import.meta.url));

describe("batch norm with what follows it", () => {
  it.each(instructionSets().filter((name) => name !== "SSE41"))(
    "agrees with float64, forwards and backwards, and keeps to its memory (instructions: %s)",
    async (instructions) => {
      expect(faultsOf(await runWatched(script, ["1"], instructions))).toEqual([]);
    },
  );

  it("agrees with float64 on two threads", async () => {
    expect(faultsOf(await runWatched(script, ["2"], "ALL"))).toEqual([]);
  });

  it("measures a channel whose first value lies far from all others", () => {
    seed(0);
    tidy(() => {
      const values = randn([4, 16, 24, 24]).contiguous("channelsLast");
      values.select(0, 0).select(1, 0).select(1, 0).addInPlace(1e4);
      const [variance, exact] = (["float32", "float64"] as const).map((dtype) => {
        const [runningMean, weight] = [zeros([16], { dtype }), ones([16], { dtype })];
        const runningVar = ones([16], { dtype });
        batchNorm(values.to(dtype), { runningMean, runningVar, weight, bias: zeros([16], { dtype }), training: true });
        return runningVar.to("float64");
      }) as [Tensor, Tensor];
      expect(variance.div(exact).sub(1).abs().amax().item()).toBeLessThan(1e-5);
    });
  });

  it("passes on what is not a number, into the running statistics, too", () => {
    tidy(() => {
      const norm = new BatchNorm2d(16);
      const y = norm.forward(randn([2, 16, 4, 4]).mul(Number.NaN).contiguous("channelsLast"), { relu: true });
      expect([y.sum().item(), norm.runningVar.sum().item()]).toEqual([Number.NaN, Number.NaN]);
    });
  });

  it("is in use what it is step by step", () => {
    seed(0);
    tidy(() => {
      const norm = new BatchNorm2d(16).eval();
      const [x, addend] = [randn([2, 16, 4, 4]), randn([2, 16, 4, 4])];
      const expected = norm.forward(x).add(addend).relu();
      expect(norm.forward(x, { addend, relu: true }).data()).toEqual(expected.data());
    });
  });
});
