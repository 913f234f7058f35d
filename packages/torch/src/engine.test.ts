import { describe, expect, it } from "vitest";
import { ones, rand, randn, zeros } from "./creation.ts";
import { engine, fastBfloat16, randomState, seed, setRandomState, setThreads, threads } from "./engine.ts";
import { dropout } from "./functional.ts";
import { fractionalMaxPool2d } from "./pooling.ts";

describe("engine", () => {
  it("says which libtorch, processor and devices there are", () => {
    const found = engine();
    expect(found.libtorch).toMatch(/^\d+\.\d+\.\d+/);
    expect(found.devices[0]).toBe("cpu");
    expect(found.devices).toHaveLength(1 + found.gpus.length);
    expect(found.cuda).toBe(found.gpus.length > 0);
    expect(typeof found.bfloat16).toBe("boolean");
    expect(found.configuration).toContain("PyTorch built with");
  });

  it("counts threads as it is told to", () => {
    const before = threads();
    setThreads(2);
    expect(threads()).toBe(2);
    setThreads(before);
    expect(() => setThreads(0)).toThrow("setThreads: expected count to be a whole number from 1, but got 0.");
  });
});

describe("fastBfloat16", () => {
  it("is the processor with its own instructions, and GPUs from capability 8.0", () => {
    expect(fastBfloat16([], [])).toEqual([]);
    expect(fastBfloat16(["avx2", "avx512f"], [])).toEqual([]);
    expect(fastBfloat16(["avx512f", "avx512_bf16"], [])).toEqual(["cpu"]);
    expect(fastBfloat16(["amx_bf16"], [["H200", 90]])).toEqual(["cpu", "cuda:0"]);
    expect(fastBfloat16(["avx2"], [["A100", 80]])).toEqual(["cuda:0"]);
    expect(fastBfloat16(["avx2"], [["T4", 75]])).toEqual([]);
  });

  it("tells the GPUs of one machine apart, and takes one that does not say for slow", () => {
    const gpus = [
      ["T4", 75],
      ["L4", 89],
      ["GPU", 0],
    ] as const;
    expect(fastBfloat16([], gpus)).toEqual(["cuda:1"]);
  });

  it("is what the engine says of its devices", () => {
    const { bfloat16, bfloat16On, devices } = engine();
    expect(bfloat16On.every((device) => devices.includes(device))).toBe(true);
    expect(bfloat16).toBe(bfloat16On.includes(devices[1] ?? "cpu"));
  });
});

describe("random numbers", () => {
  it("are the same after the same seed", () => {
    seed(7);
    const first = randn([5]).data();
    seed(7);
    expect(randn([5]).data()).toEqual(first);
    seed(8);
    expect(randn([5]).data()).not.toEqual(first);
  });

  it("go on from a saved state: dropout masks, uniform and normal numbers, pooling windows", () => {
    const draw = () => [
      dropout(ones([50]), { training: true }).data(),
      rand([3]).data(),
      randn([17]).data(),
      fractionalMaxPool2d(ones([1, 1, 9, 9]).cumsum(3), { kernel: 2, ratio: 0.7 }).data(),
    ];
    seed(1);
    randn([3]);
    const state = randomState();
    const first = draw();
    setRandomState(state);
    expect(draw()).toEqual(first);
  });

  it("refuse a seed that is no whole number from 0", () => {
    expect(() => seed(-1)).toThrow("seed: expected n to be a whole number from 0, but got -1.");
    expect(() => seed(1.5)).toThrow("seed: expected n to be a whole number from 0, but got 1.5.");
  });
});

/** Blocks of memory are ours to keep where the C library is glibc, unless whoever runs us has decided about them. */
const keeps =
  "glibcVersionRuntime" in (process.report.getReport() as { header: object }).header &&
  !Object.keys(process.env).some((name) => /^(MALLOC_.*_|GLIBC_TUNABLES)$/.test(name));

describe("memory", () => {
  it.runIf(keeps)("of a tensor that is gone serves the next one, without the system clearing its pages again", () => {
    const pages = 16_384; // of 4 KiB, 64 MiB
    const make = () => zeros([pages, 1024]).dispose();
    for (let i = 0; i < 32; i++) make(); // until the heap has found its size, which took up to ten where we looked
    const before = process.resourceUsage().minorPageFault;
    for (let i = 0; i < 8; i++) make();
    expect(process.resourceUsage().minorPageFault - before).toBeLessThan(pages);
  });
});
