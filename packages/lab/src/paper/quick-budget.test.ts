import { describe, expect, it } from "vitest";
import { planSubdivision, type QuickCosts, QuickTime, quickSentence, saidSeconds, trainingSeconds } from "./quick-budget.ts";

/** The speeds of trainings by the network's name, and which were asked for. */
const machine = (speeds: Readonly<Record<string, number>>) => {
  const timed: string[] = [];
  const speedOf = ({ network }: { readonly network: { readonly name: string } }) => {
    timed.push(network.name);
    return speeds[network.name] as number;
  };
  return { timed, speedOf };
};
const training = (name: string) => ({ network: { name }, epochs: 6, perClass: 6 }) as Parameters<typeof trainingSeconds>[0][number];

const costs: QuickCosts = { reading: 10, measuring: 5, finishing: 5 };
const parts = (...seconds: number[]) => seconds.map((s, i) => ({ key: String(i), seconds: s }));
/** Time that was said, on a clock that goes as it is told. */
const time = (of: ReturnType<typeof parts>, said: number) => {
  let now = 1000;
  const wait = (seconds: number) => {
    now += 1000 * seconds;
  };
  return { time: new QuickTime(of, { said, costs, began: 1000 }, () => now), wait };
};

describe("a quick reproduction", () => {
  it("times each network once", () => {
    const { speedOf, timed } = machine({ resnet18: 600, alexnet: 1200 });
    expect(trainingSeconds([training("resnet18"), training("resnet18"), training("alexnet")], 2000, speedOf)).toEqual([20, 20, 10]);
    expect(timed).toEqual(["resnet18", "alexnet"]);
  });

  it("says the time of everything, reading and measuring included, and no less than the shortest trainings take", () => {
    expect(saidSeconds(parts(20, 20, 10), costs)).toEqual({ whole: 80, said: 80 });
    expect(saidSeconds(parts(200, 0, 100), costs)).toEqual({ whole: 330, said: 180 });
    expect(saidSeconds(parts(200, 0, 100), { ...costs, measuring: 60 })).toEqual({ whole: 495, said: 15 + 180 + 6 + 6 });
  });

  it("deals the time out in proportion, after what measuring takes", () => {
    const clock = time(parts(200, 0, 100), 120);
    clock.wait(10); // reading, as was thought
    expect(clock.time.begin("0")).toBeCloseTo((90 * 200) / 300);
    clock.wait(60 + 5);
    clock.time.measured(5);
    clock.time.begin("1"); // is trained already
    clock.wait(5);
    expect([clock.time.begin("2"), clock.time.slower]).toEqual([30, false]);
  });

  it("gives a training no more than is left once its part is less than was planned, and says that the machine is slower", () => {
    const clock = time(parts(200, 100, 100), 120);
    clock.wait(10);
    clock.time.begin("0");
    clock.wait(45 + 20); // 45 s of training, and a measuring that takes four times as long
    clock.time.measured(20);
    expect(clock.time.slower).toBe(false);
    expect(clock.time.begin("1")).toBe(6); // 40 s are left, and two measurings take them
    expect(clock.time.slower).toBe(true);
  });

  it("leaves runs out where nothing is left for them, but never the first", () => {
    const clock = time(parts(200, 100, 0), 120);
    clock.wait(300);
    expect(clock.time.hasTime("0")).toBe(true);
    expect(clock.time.begin("0")).toBe(6);
    expect([clock.time.hasTime("1"), clock.time.hasTime("2"), clock.time.slower]).toEqual([false, false, true]);
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
