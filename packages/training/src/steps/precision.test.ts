import { engine } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { resolveDevice, resolvePrecision } from "./precision.ts";

describe("resolvePrecision", () => {
  it("is what is asked for, and bfloat16 by itself only where that is fast", () => {
    expect(resolvePrecision("float32")).toBe("float32");
    expect(resolvePrecision("bfloat16")).toBe("bfloat16");
    expect(resolvePrecision("auto")).toBe(engine().bfloat16 ? "bfloat16" : "float32");
  });

  it("asks the device that is trained on, not another of the machine", () => {
    expect(resolvePrecision("auto", "cuda:0", ["cuda:0"])).toBe("bfloat16");
    expect(resolvePrecision("auto", "cpu", ["cuda:0"])).toBe("float32");
    expect(resolvePrecision("auto", "cpu", ["cpu"])).toBe("bfloat16");
    expect(resolvePrecision("auto", "cuda:0", ["cpu"])).toBe("float32");
    expect(resolvePrecision("auto", "cuda:1", ["cpu", "cuda:0"])).toBe("float32");
    expect(resolvePrecision("float32", "cuda:0", ["cuda:0"])).toBe("float32");
    expect(resolvePrecision("bfloat16", "cpu", [])).toBe("bfloat16");
  });
});

describe("resolveDevice", () => {
  it("is the CPU where there is no GPU, and the first GPU where there is one", () => {
    expect(resolveDevice("cpu")).toBe("cpu");
    expect(resolveDevice("auto")).toBe(engine().cuda ? "cuda:0" : "cpu");
  });

  it("refuses a GPU that is not there, and says what is", () => {
    const { devices } = engine();
    expect(() => resolveDevice("cuda:99")).toThrow(
      `settings: expected device to be one of ${devices.join(", ")}, which libtorch has here, but got "cuda:99".`,
    );
  });
});
