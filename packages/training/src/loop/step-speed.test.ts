import { liveTensors } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { timeSteps } from "./step-speed.ts";

const network = { baseChannels: 4, size: 16, dimensions: 8 };

describe("the time of a training step", () => {
  it("is of a whole step where that is quick", () => {
    const { batch, milliseconds, imagesPerSecond, timed } = timeSteps({ network, precision: "float32" }, { batch: 16, seconds: 60 });
    expect({ batch, timed }).toEqual({ batch: 16, timed: 16 });
    expect(milliseconds).toBeGreaterThan(0);
    expect(imagesPerSecond).toBeCloseTo(16_000 / milliseconds, 6);
  });

  it("is reckoned from a step of eight images where there is no time for more", () => {
    expect(timeSteps({ network }, { batch: 64, seconds: 0 })).toMatchObject({ batch: 64, timed: 8 });
  });

  it("leaves no tensor behind", () => {
    const before = liveTensors();
    timeSteps({ network, loss: { name: "softmax" } }, { batch: 8, seconds: 0 });
    expect(liveTensors()).toBe(before);
  });
});
