import { Random } from "@semblant/core";
import { type PictureKernels, pictureKernels } from "@semblant/core/internals";
import { describe, expect, it } from "vitest";
import type { Picture, Point } from "../picture.ts";
import { intoPlanesByKernel, intoPlanesPlainly, planesOf } from "./planes.ts";
import { resizePicture } from "./resize.ts";
import { resizeByKernel } from "./resize-by-kernel.ts";
import { resizePlainly } from "./resize-plainly.ts";
import { squareAbout } from "./square.ts";
import { warp } from "./warp.ts";
import { isWorthKernels, warpByKernel } from "./warp-by-kernel.ts";
import { warpPlainly } from "./warp-plainly.ts";

const kernels = pictureKernels() as PictureKernels;
const random = new Random(7);

function noise(width: number, height: number): Picture {
  return { width, height, data: Uint8Array.from({ length: 3 * width * height }, () => random.integer(256)) };
}

const isSame = (a: ArrayBufferView, b: ArrayBufferView) => bytesIn(a).equals(bytesIn(b));
const bytesIn = ({ buffer, byteOffset, byteLength }: ArrayBufferView) => Buffer.from(buffer, byteOffset, byteLength);

const upright = { x: 1, y: 0 };
const quarters: readonly Point[] = [upright, { x: 0, y: 1 }, { x: -1, y: 0 }, { x: 0, y: -1 }];
const turned = (): Point => {
  const angle = 7 * random.uniform();
  return { x: Math.cos(angle), y: Math.sin(angle) };
};

describe("squares cut by kernels", () => {
  const picture = noise(211, 97);

  function expectSame(of: Picture, center: Point, [side, size]: readonly [number, number], along: Point): void {
    const square = squareAbout(center, side, along);
    const cut = warpByKernel(kernels, of, square, size);
    expect(isSame(cut, warpPlainly(of, square, size)), JSON.stringify({ center, side, size, along })).toBe(true);
  }

  it("are the plain loops' to the byte: larger and smaller, upright and turned, within the picture, across its edges, and outside", () => {
    for (let i = 0; i < 160; i++) {
      const center = { x: 300 * random.uniform() - 40, y: 180 * random.uniform() - 40 };
      const along = i % 3 === 0 ? upright : i % 3 === 1 ? (quarters[i % 4] as Point) : turned();
      expectSame(picture, center, [1 + 300 * random.uniform() ** 2, [1, 6, 17, 48][i % 4] as number], along);
    }
  });

  it("are the same where places fall between pixels, or on them, throughout", () => {
    for (const along of quarters) {
      for (const [side, size] of [
        [48, 48],
        [24, 48],
        [96, 48],
        [144, 48],
        [1e-9, 6],
        [0, 6],
      ] as const) {
        expectSame(picture, { x: 60, y: 40 }, [side, size], along);
        expectSame(picture, { x: 60.5, y: 40.25 }, [side, size], along);
      }
    }
  });

  it("are the same of a picture of one pixel or one row, and black where a place is not a number", () => {
    for (const small of [noise(1, 1), noise(1, 60), noise(60, 1)]) expectSame(small, { x: 1, y: 1 }, [5, 20], turned());
    expectSame(picture, { x: Number.NaN, y: 3 }, [40, 8], upright);
  });

  it("are what warp gives; of squares with more under them than their memory is to hold, plain loops take care", () => {
    const square = squareAbout({ x: 90, y: 50 }, 80, turned());
    expect(isWorthKernels(square, 48)).toBe(true);
    expect(warp(picture, square, 48)).toEqual(warpPlainly(picture, square, 48));
    expect(isWorthKernels(squareAbout({ x: 0, y: 0 }, 20_000), 192)).toBe(false);
    expect(warp(picture, squareAbout({ x: 0, y: 0 }, 20_000), 48)).toHaveLength(48 * 48 * 3);
  });
});

describe("pictures in another size by a kernel", () => {
  it("are the plain loops' to the byte, at any sizes", () => {
    for (let i = 0; i < 60; i++) {
      const most = i % 2 === 0 ? 12 : 150;
      const of = noise(1 + random.integer(most), 1 + random.integer(most));
      const size = { width: 1 + random.integer(most), height: 1 + random.integer(most) };
      const { data } = resizeByKernel(kernels, of, size);
      expect(Buffer.compare(data as Uint8Array, resizePlainly(of, size).data as Uint8Array), JSON.stringify({ ...of, data: 0, size })).toBe(
        0,
      );
    }
  });

  it("are the same of a picture that is handed over in several parts, and what resizePicture gives", () => {
    const of = noise(1500, 900); // 4 MB
    const size = { width: 400, height: 333 };
    expect(isSame(resizePicture(of, size).data, resizePlainly(of, size).data)).toBe(true);
    expect(kernels.memory(0).byteLength).toBeLessThan(8 * 2 ** 20);
  });

  it("keep what is white white", () => {
    const white = { width: 90, height: 70, data: new Uint8Array(3 * 90 * 70).fill(255) };
    expect(resizeByKernel(kernels, white, { width: 31, height: 17 }).data.every((value) => value === 255)).toBe(true);
  });
});

describe("planes by a kernel", () => {
  it.each([
    ["0 to 1", { times: 1, plus: 0, by: 255 }, 0, 1],
    ["−1 to 1", { times: 2, plus: -255, by: 255 }, -1, 1],
    ["as UltraFace has them", { times: 1, plus: -127, by: 128 }, -127 / 128, 1],
  ] as const)("are the plain loops' to the bit: %s", (_name, scaling, black, white) => {
    for (const pixels of [1, 3, 4, 5, 103, 40_000]) {
      const colors = noise(pixels, 1).data;
      const [plain, made] = [new Float32Array(3 * (pixels + 9)), new Float32Array(3 * (pixels + 9))];
      intoPlanesPlainly(colors, scaling, plain, 5);
      intoPlanesByKernel(kernels, { colors, scaling, into: made, at: 5 });
      expect(isSame(made, plain)).toBe(true);
    }
    expect([...planesOf(Uint8Array.of(0, 255, 0), scaling)]).toEqual([black, white, black]);
  });
});
