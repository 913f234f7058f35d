import { describe, expect, it } from "vitest";
import type { Engine } from "../engine.ts";
import { planQuick, planSubdivision, quickSentence } from "./quick-budget.ts";

/** An engine that trains so many images a second on noise, by the network's name. */
const engine = (speeds: Readonly<Record<string, number>>) => {
  const timed: string[] = [];
  const timeSteps = ({ network }: { network: { name: string } }) => {
    timed.push(network.name);
    return { imagesPerSecond: 2 * (speeds[network.name] as number) };
  };
  return { timed, engine: { timeSteps } as unknown as Engine };
};
const training = (name: string) => ({ network: { name }, epochs: 6, perClass: 6 }) as Parameters<typeof planQuick>[1][number];

describe("a quick reproduction", () => {
  it("lets trainings that fit take their time, and times each network once", () => {
    const { engine: fast, timed } = engine({ resnet18: 600, alexnet: 1200 });
    const plan = planQuick(fast, [training("resnet18"), training("resnet18"), training("alexnet")], 2000, 100);
    expect(plan).toEqual({ seconds: 50, each: [20, 20, 10], limits: [20, 20, 10] });
    expect(timed).toEqual(["resnet18", "alexnet"]);
  });

  it("deals the time out in proportion where they do not fit", () => {
    const { limits, seconds } = planQuick(
      engine({ resnet18: 60, alexnet: 120 }).engine,
      [training("resnet18"), training("alexnet")],
      2000,
      90,
    );
    expect(seconds).toBe(300);
    expect(limits).toEqual([60, 30]);
  });

  it("gives Algorithm 2 fewer steps, and fewer levels, but two, so that it fits", () => {
    const whole = { levels: 5, epochs: 6, images: 2000, batch: 48 };
    expect(planSubdivision(whole, 400, 180)).toEqual({ levels: 5, steps: null, seconds: 150 });
    for (const speed of [200, 40, 10]) {
      const { levels, steps, seconds } = planSubdivision(whole, speed, 180);
      const images = Array.from({ length: levels }, (_, l) => 48 * (l + 1) * (steps as number)).reduce((a, b) => a + b, 0);
      expect([seconds, images / speed <= 180, images / speed > 120]).toEqual([60_000 / speed, true, true]);
      expect(levels).toBe(speed === 200 ? 5 : speed === 40 ? 3 : 2);
    }
    expect(planSubdivision(whole, 0.1, 180)).toMatchObject({ levels: 2, steps: 3 });
  });

  it("says how long it takes before it begins", () => {
    expect(quickSentence("3 trainings", 100)).toBe("3 trainings, about 2 min here.");
    expect(quickSentence("3 trainings", 30 * 60)).toBe("3 trainings would take about 30 min here: shortened to about 3 min.");
  });
});
