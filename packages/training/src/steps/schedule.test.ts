import { describe, expect, it } from "vitest";
import { schedule } from "./schedule.ts";

describe("schedule", () => {
  const rates = (name: "constant" | "one-cycle" | "cosine", warmup: number, steps: number) => {
    const rate = schedule({ name, warmup }, { highest: 0.002, steps });
    return Array.from({ length: steps }, (_, i) => rate(i + 1));
  };

  it("keeps the constant rate at the highest", () => {
    expect(rates("constant", 0.5, 3)).toEqual([0.002, 0.002, 0.002]);
  });

  it("gives the one-cycle rates that PyTorch 1.13 gives for 20 steps with a quarter of them rising", () => {
    const pytorch = [
      7.999999999999999e-5, 0.00036117749006091444, 0.0010400000000000001, 0.0017188225099390856, 0.002, 0.001978147688143403,
      0.00191354580346077, 0.0018090177583069697, 0.0016691319298364326, 0.0015000019999999998, 0.0013090197583069698,
      0.0011045320451538003, 0.0008954759548461998, 0.0006909882416930302, 0.0005000060000000002, 0.0003308760701635675,
      0.00019099024169303013, 8.646219653922959e-5, 2.1860311856597245e-5, 8e-9,
    ];
    rates("one-cycle", 0.25, 20).forEach((rate, i) => {
      expect(rate).toBeCloseTo(pytorch[i] as number, 14);
    });
  });

  it("reaches the highest rate once and falls to next to nothing, whatever the number of steps", () => {
    for (const steps of [7, 50, 1664]) {
      const all = rates("one-cycle", 0.3, steps);
      expect(Math.max(...all)).toBeLessThanOrEqual(0.002);
      expect(Math.max(...all)).toBeGreaterThan(0.0018);
      expect(all.at(-1)).toBeCloseTo(8e-9, 12);
    }
  });

  it("starts one-cycle at the highest rate when nothing of it rises", () => {
    expect(rates("one-cycle", 0, 10)[0]).toBe(0.002);
  });

  it("raises the cosine rate in equal parts and lets it fall to 0", () => {
    const all = rates("cosine", 0.2, 10);
    expect(all.slice(0, 2)).toEqual([0.001, 0.002]);
    expect(all[5]).toBeCloseTo(0.001, 12); // half of the fall
    expect(all[9]).toBeCloseTo(0, 12);
  });

  it("stays finite for a run of one step", () => {
    for (const name of ["constant", "one-cycle", "cosine"] as const) {
      for (const warmup of [0, 0.25, 1]) expect(rates(name, warmup, 1).every(Number.isFinite)).toBe(true);
    }
  });
});
