import { execFileSync } from "node:child_process";
import { Embeddings, projectByTsne, Random, type TsneStep } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { projectOffThread } from "./project-off-thread.ts";

const random = new Random(1);
const X = new Embeddings(
  Float32Array.from({ length: 600 }, (_, j) => (Math.floor(j / 3) % 4) * (1 + (j % 3)) * 5 + random.normal()),
  3,
);

describe("projectOffThread", () => {
  it("makes the map that projectByTsne makes, to the bit, its random continuing where the caller's stands", async () => {
    const drawn = new Random(9);
    drawn.normal();
    const options = { perplexity: 12, iterations: 40 };
    const state = drawn.state();
    const map = await projectOffThread(X, { ...options, random: drawn });
    expect(drawn.state()).toEqual(state);
    expect(map).toEqual(projectByTsne(X, { ...options, random: drawn }));
    expect(await projectOffThread(X, options)).toEqual(projectByTsne(X, options));
  });

  it("takes a start, and leaves it and the rows as they were", async () => {
    const initial = Float64Array.from({ length: 400 }, (_, j) => Math.sin(j));
    const [start, rows] = [initial.slice(), X.values.slice()];
    const map = await projectOffThread(X, { initial, iterations: 5 });
    expect(map.options.initial).toBe("given");
    expect(initial).toEqual(start);
    expect(X.values).toEqual(rows);
  });

  it("shows every step in order, with positions that stay as they were", async () => {
    const steps: TsneStep[] = [];
    const map = await projectOffThread(X, { iterations: 120 }, { onStep: (step) => steps.push(step) });
    expect(steps.map((step) => step.iteration)).toEqual(Array.from({ length: 120 }, (_, i) => i + 1));
    expect(steps.at(-1)?.positions).toEqual(map.positions);
    expect(steps[0]?.positions).not.toEqual(map.positions);
    expect(steps.at(-1)?.divergence).toBe(map.divergence);
  });

  it("leaves this thread free meanwhile", async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await projectOffThread(X, { iterations: 300 });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });

  it("shows every step to one who is slow to look", async () => {
    const iterations: number[] = [];
    await projectOffThread(
      X,
      { iterations: 100 },
      {
        onStep: ({ iteration }) => {
          if (iteration === 1) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
          iterations.push(iteration);
        },
      },
    );
    expect(iterations).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  });

  it("stops when aborted, before and on the way, with the signal's reason", async () => {
    await expect(projectOffThread(X, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: "AbortError" });
    const stop = new AbortController();
    let last = 0;
    const onStep = ({ iteration }: TsneStep) => {
      last = iteration;
      if (iteration === 5) stop.abort(new Error("enough"));
    };
    await expect(projectOffThread(X, { iterations: 1_000_000 }, { signal: stop.signal, onStep })).rejects.toThrow("enough");
    expect(last).toBeLessThan(200);
  });

  it("stops with what onStep throws", async () => {
    const onStep = () => {
      throw new RangeError("no more");
    };
    await expect(projectOffThread(X, { iterations: 1_000_000 }, { onStep })).rejects.toThrow(new RangeError("no more"));
  });

  it("brings errors back in their classes and words", async () => {
    await expect(projectOffThread(X, { perplexity: 90 })).rejects.toMatchObject({
      name: "OptionError",
      message: "tsne: expected perplexity to be at most 66.33, a third of the 199 other rows, but got 90.",
    });
    const bad = X.take([0, 1, 2, 3]);
    bad.values[4] = Number.NaN;
    await expect(projectOffThread(bad)).rejects.toMatchObject({
      name: "DataError",
      message: "tsne: expected finite values, but row 1 holds NaN.",
    });
    await expect(projectOffThread(X, { initial: new Float64Array(3) })).rejects.toMatchObject({ name: "ShapeError" });
    await expect(projectOffThread(X, { onStep: () => {} } as object)).rejects.toMatchObject({
      name: "OptionError",
      message: 'tsne: unknown option "onStep"; known: perplexity, theta, iterations, random, initial, learningRate, exaggeration.',
    });
    await expect(projectOffThread(X, {}, { onstep: () => {} } as object)).rejects.toThrow(
      'projectOffThread: unknown option "onstep"; did you mean "onStep"?',
    );
  });

  it("works from the sources and as it is built, without holding the process open", () => {
    const file = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const program = (module: string, core: string) => `
      import { Embeddings } from ${core};
      import { projectOffThread } from ${module};
      const map = await projectOffThread(new Embeddings(Float32Array.of(0, 1, 2, 10, 11, 12), 1), { iterations: 5 });
      console.log(map.positions.length, map.options.iterations);`;
    const run = (code: string, ...flags: string[]) =>
      execFileSync(process.execPath, [...flags, "--input-type=module", "--eval", code], { encoding: "utf8", timeout: 120_000 }).trim();
    expect(run(program(file("./project-off-thread.ts"), file("../../../core/src/index.ts")), "--conditions=semblant-source")).toBe("12 5");
    expect(run(program(file("../../dist/projection/project-off-thread.js"), file("../../../core/dist/index.js")))).toBe("12 5");
  });
});
