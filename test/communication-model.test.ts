import { describe, expect, it } from "vitest";
import { communicationSeconds, efficiency, fittedLatency } from "../bench/communication-model.ts";

const handed = { gradients: 40e6, pieces: 2, sums: 40, sumBytes: 1000, embeddings: 64e3 };
const link = { bytesPerSecond: 1e9, latency: 1e-4, perRank: 1e-5 };

describe("the model of what communication costs", () => {
  it("is free for one rank", () => {
    expect(communicationSeconds(1, handed, link).all).toBe(0);
  });

  it("agrees with what is worked out by hand for four ranks", () => {
    const { gradients, sums, embeddings, all } = communicationSeconds(4, handed, link);
    expect(gradients).toBeCloseTo(1.5 * 0.04 + 2 * 6 * 1e-4, 12); // six quarters of 40 MB, and twelve messages
    expect(sums).toBeCloseTo(40 * (1e-4 + 2e-5 + 3e-6), 12);
    expect(embeddings).toBeCloseTo(1e-4 + 2e-5 + 3 * 16e-6, 12);
    expect(all).toBeCloseTo(gradients + sums + embeddings, 12);
  });

  it("grows with the ranks, and gradients come near to twice their bytes", () => {
    const all = [2, 4, 8, 16, 32, 64].map((ranks) => communicationSeconds(ranks, handed, { ...link, latency: 0, perRank: 0 }));
    for (const [i, one] of all.slice(1).entries()) expect(one.all).toBeGreaterThan((all[i] as typeof one).all);
    expect(all.at(-1)?.gradients).toBeCloseTo(2 * 0.04, 2);
    expect(efficiency(1, 0)).toBe(1);
    expect(efficiency(3, 1)).toBe(0.75);
  });

  it("takes latency and the cost of a further rank from what was measured", () => {
    const { latency, perRank } = fittedLatency([2, 3, 4].map((ranks) => ({ ranks, seconds: 1e-4 + (ranks - 2) * 3e-5 })));
    expect(latency).toBeCloseTo(1e-4, 9);
    expect(perRank).toBeCloseTo(3e-5, 9);
  });
});
