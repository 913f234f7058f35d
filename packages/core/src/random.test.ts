import { describe, expect, it } from "vitest";
import { OptionError } from "./errors.ts";
import { Random } from "./random.ts";

describe("Random", () => {
  it("gives the same numbers for the same seed and others for another", () => {
    const draw = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 5 }, () => random.integer(1000));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it("continues from its state", () => {
    const random = new Random(3);
    random.uniform();
    const again = Random.resume(JSON.parse(JSON.stringify(random.state())));
    expect([again.uniform(), again.normal(), again.integer(9)]).toEqual([random.uniform(), random.normal(), random.integer(9)]);
  });

  it("fills a list with what single calls give, and goes on from there", () => {
    const [together, apart] = [new Random(6), new Random(6)];
    for (const length of [0, 1, 7, 64]) {
      expect(Array.from(together.uniforms(new Float64Array(length)))).toEqual(Array.from({ length }, () => apart.uniform()));
      expect(together.state()).toEqual(apart.state());
    }
  });

  it("is uniform to within what chance allows", () => {
    const random = new Random(1);
    const counts = new Int32Array(10);
    for (let i = 0; i < 100_000; i++) {
      const drawn = random.integer(10);
      counts[drawn] = (counts[drawn] as number) + 1;
    }
    const chi2 = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    expect(chi2).toBeLessThan(27.9); // 9 degrees of freedom, p = 0.001
  });

  it("has the mean and variance of the normal distribution", () => {
    const random = new Random(2);
    const x = Array.from({ length: 50_000 }, () => random.normal(3, 2));
    const mean = x.reduce((a, b) => a + b) / x.length;
    const variance = x.reduce((a, b) => a + (b - mean) ** 2, 0) / x.length;
    expect(mean).toBeCloseTo(3, 1);
    expect(variance).toBeCloseTo(4, 0);
  });

  it("shuffles every element into the result once", () => {
    expect(Array.from(new Random(5).permutation(100)).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it("takes whole numbers of 32 bits as seeds and nothing that would be another seed in disguise", () => {
    const got = ['"abc"', "NaN", "4294967296", "1.5", "-1", "Infinity", '"7"', "null", "nothing", "[1]"];
    for (const [i, seed] of ["abc", Number.NaN, 2 ** 32, 1.5, -1, Number.POSITIVE_INFINITY, "7", null, undefined, [1]].entries()) {
      expect(() => new Random(seed as number)).toThrow(
        new OptionError(`Random: expected seed to be a whole number from 0 to 4294967295, but got ${got[i]}.`),
      );
    }
    expect(new Random(0).uniform()).not.toBe(new Random(2 ** 32 - 1).uniform());
  });

  it("resumes from a state of its own kind only", () => {
    for (const state of [[], [1, 2, 3], [0, 0, 0, 0], [1, 2, 3, Number.NaN], [1, 2, 3, 2 ** 32], "abcd"]) {
      expect(() => Random.resume(state as number[])).toThrow(OptionError);
    }
    expect(() => Random.resume([1, 2, 3])).toThrow(
      "Random.resume: expected state to be four whole numbers from 0 to 4294967295, not all 0, but got [1,2,3].",
    );
  });

  it("draws whole numbers below a whole number", () => {
    for (const n of [0, -1, 1.5, Number.NaN, 2 ** 33]) expect(() => new Random(0).integer(n)).toThrow(OptionError);
    expect(() => new Random(0).integer(0)).toThrow("Random.integer: expected n to be a whole number from 1 to 4294967296, but got 0.");
  });

  it("names a purpose by a text, since numbers would all be the same one", () => {
    for (const purpose of [7, 1.5, -3, null, undefined, ["a"], {}])
      expect(() => new Random(0).fork(purpose as string)).toThrow(OptionError);
    expect(() => new Random(0).fork(7 as never)).toThrow(
      new OptionError('Random.fork: expected purpose to be a text, like "sampler" or "image 7", but got 7.'),
    );
    expect(new Random(0).fork("7").uniform()).not.toBe(new Random(0).fork("8").uniform());
  });

  it("draws between finite numbers, and refuses without drawing", () => {
    const random = new Random(4);
    const before = random.state();
    const wrong: [unknown, unknown?][] = [["x"], ["0", 1], [null], [0, "1"], [0, Number.NaN], [0, Number.POSITIVE_INFINITY], [0, null]];
    for (const [low, high] of wrong) {
      expect(() => random.uniform(low as number, high as number)).toThrow(OptionError);
    }
    for (const wrong of ["0", null, Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(() => random.normal(wrong as number)).toThrow(OptionError);
      expect(() => random.normal(0, wrong as number)).toThrow(OptionError);
    }
    expect(() => random.uniform("x" as never)).toThrow(new OptionError('Random.uniform: expected low to be a finite number, but got "x".'));
    expect(() => random.uniform(-1e308, 1e308)).toThrow(
      new OptionError("Random.uniform: expected high to be a number at most 1.8e308 from low (-1e+308), but got 1e+308."),
    );
    expect(() => random.normal(0, -1)).toThrow(
      new OptionError("Random.normal: expected deviation to be a finite number of 0 or more, but got -1."),
    );
    expect(() => random.normal("1" as never)).toThrow(new OptionError('Random.normal: expected mean to be a finite number, but got "1".'));
    expect(random.state()).toEqual(before);
    expect([random.uniform(2, 2), random.normal(3, 0)]).toEqual([2, 3]);
  });

  it("puts in order what can be put in order", () => {
    const random = new Random(4);
    for (const n of [1.5, -1, "3", Number.NaN, undefined, 2 ** 31 + 1]) expect(() => random.permutation(n as number)).toThrow(OptionError);
    expect(() => random.permutation(-1)).toThrow(
      new OptionError("Random.permutation: expected n to be a whole number from 0 to 2147483648, but got -1."),
    );
    expect(random.permutation(0)).toEqual(new Int32Array(0));
    for (const items of [5, "ab", null, undefined, new Set([1]), new DataView(new ArrayBuffer(4)), Object.freeze([1, 2])]) {
      expect(() => random.shuffle(items as number[])).toThrow(OptionError);
    }
    expect(() => random.shuffle(5 as never)).toThrow(
      new OptionError("Random.shuffle: expected items to be an array that may be changed, but got 5."),
    );
    for (const into of [5, [0, 0], new Float32Array(2), undefined]) expect(() => random.uniforms(into as never)).toThrow(OptionError);
    expect(() => random.uniforms(5 as never)).toThrow(new OptionError("Random.uniforms: expected into to be a Float64Array, but got 5."));
  });
});
