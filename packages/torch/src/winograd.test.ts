import { beforeAll, describe, expect, it } from "vitest";
import { randn, zeros } from "./creation.ts";
import { seed, setThreads } from "./engine.ts";
import { conv2d } from "./functional.ts";
import { tidy } from "./scopes.ts";
import type { Tensor } from "./tensor.ts";
import { readyConvolution } from "./winograd.ts";

beforeAll(() => setThreads(1));

const off = (a: Tensor, b: Tensor): number => a.sub(b).abs().amax().item() / b.abs().amax().item();

describe("readyConvolution", () => {
  it.each([
    [1, 16, 16, 1, 1],
    [2, 16, 48, 3, 3],
    [3, 48, 16, 7, 5],
    [2, 32, 80, 12, 13],
    [5, 272, 32, 4, 9],
    [1, 16, 32, 40, 2],
  ])("gives what conv2d gives: %i images of %i channels, %i filters, %i × %i", (images, channels, filters, height, width) => {
    seed(0);
    tidy(() => {
      const [x, weight, bias] = [randn([images, channels, height, width]), randn([filters, channels, 3, 3]), randn([filters])];
      const addend = randn([images, filters, height, width]);
      const ready = readyConvolution(weight, bias);
      const plain = conv2d(x, weight, { bias, padding: 1 });
      expect(off(ready?.forward(x) as Tensor, plain)).toBeLessThan(5e-6);
      expect(off(ready?.forward(x.contiguous("channelsLast"), { addend, relu: true }) as Tensor, plain.add(addend).relu())).toBeLessThan(
        5e-6,
      );
      ready?.dispose();
    });
  });

  it("keeps what is no number", () => {
    tidy(() => {
      const x = zeros([1, 16, 3, 3]).fillInPlace(Number.NaN);
      const y = readyConvolution(randn([16, 16, 3, 3]))?.forward(x, { relu: true }) as Tensor;
      expect(y.isFinite().any().item()).toBe(0);
    });
  });

  it("is null where it cannot be done", () => {
    tidy(() => {
      expect(readyConvolution(zeros([16, 16, 5, 5]))).toBeNull();
      expect(readyConvolution(zeros([16, 3, 3, 3]))).toBeNull();
      expect(readyConvolution(zeros([16, 16, 3, 3], { dtype: "float64" }))).toBeNull();
    });
  });

  it("refuses images of other channels", () => {
    tidy(() => {
      const ready = readyConvolution(zeros([16, 16, 3, 3]));
      expect(() => ready?.forward(zeros([1, 32, 3, 3]))).toThrow(
        "readyConvolution: expected images of 16 channels, but got (1, 32, 3, 3).",
      );
    });
  });
});
