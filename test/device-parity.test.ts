import { engine } from "@semblant/torch";
import type { Dataset } from "@semblant/training";
import { beforeAll, describe, expect, it } from "vitest";
import { compareDevices, parityCases, parityData } from "./device-parity.ts";

const gpu = engine().devices[1];
let data: Dataset;
beforeAll(() => {
  data = parityData();
});

describe.skipIf(gpu === undefined)(`a GPU learns what the CPU learns (skipped where there is no GPU: ${gpu ?? "none here"})`, () => {
  for (const precision of ["float32", "bfloat16"] as const) {
    it.each(parityCases())(`${precision}: $name`, (one) => {
      const { difference, bound, cpu, device } = compareDevices(one, data, { device: gpu as string, precision });
      expect(difference, `${cpu.join(" ")} and ${device.join(" ")}`).toBeLessThanOrEqual(bound);
    });
  }
});

describe("the comparison of devices", () => {
  const [one] = parityCases();

  it("finds the CPU the same as itself, also where the network draws: what it draws would differ elsewhere", () => {
    const dropping = parityCases().find(({ name }) => name === "fmpnet");
    for (const each of [one, dropping]) {
      const { cpu, device, difference, agrees } = compareDevices(each as never, data, { device: "cpu", precision: "float32" });
      expect(cpu).toHaveLength(5);
      expect(device).toEqual(cpu);
      expect([difference, agrees]).toEqual([0, true]);
    }
  });

  it("finds losses apart that come of other draws", () => {
    const { agrees } = compareDevices(one as never, data, { device: "cpu", precision: "float32", deviceSeed: 1 });
    expect(agrees).toBe(false);
  });
});
