import type { Dataset } from "@semblant/datasets";
import { engine } from "@semblant/torch";
import { beforeAll, describe, expect, it } from "vitest";
import { compareDevices, learningRate, parityCases, parityData } from "./device-parity.ts";

const gpu = engine().devices[1];
let data: Dataset;
beforeAll(() => {
  data = parityData();
});

describe.skipIf(gpu === undefined)(`a GPU learns what the CPU learns (skipped where there is no GPU: ${gpu ?? "none here"})`, () => {
  for (const precision of ["float32", "bfloat16"] as const) {
    it.each(parityCases())(`${precision}: $name`, (one) => {
      const result = compareDevices(one, data, { device: gpu as string, precision });
      expect(result.agrees, JSON.stringify(result)).toBe(true);
    });
  }
});

describe("the comparison of devices", () => {
  const [one] = parityCases();

  it("finds the CPU the same as itself, also where the network draws: what it draws would differ elsewhere", () => {
    const dropping = parityCases().find(({ name }) => name === "fmpnet");
    for (const each of [one, dropping]) {
      const { cpu, device, losses, moves, agrees } = compareDevices(each as never, data, { device: "cpu", precision: "float32" });
      expect(cpu).toHaveLength(5);
      expect(device).toEqual(cpu);
      expect([...losses, ...moves]).toEqual(Array.from({ length: 10 }, () => 0));
      expect(agrees).toBe(true);
    }
  });

  it("finds losses apart that come of other draws", () => {
    const { agrees } = compareDevices(one as never, data, { device: "cpu", precision: "float32", other: { seed: 1 } });
    expect(agrees).toBe(false);
  });

  it("finds a step that is a tenth too long, where the losses of all steps agree", () => {
    const optimizer = { name: "sgd", learningRate: 1.1 * learningRate, momentum: 0 } as const;
    const { losses, moves, agrees } = compareDevices(one as never, data, { device: "cpu", precision: "float32", other: { optimizer } });
    expect(losses).toEqual([0, 0, 0, 0, 0]);
    for (const move of moves) expect(move).toBeCloseTo(0.1, 2);
    expect(agrees).toBe(false);
  });
});
