import { Random } from "@semblant/core";
import { rand, type Tensor, tensor } from "@semblant/torch";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Affine, compose, cornerShift, identity, mirror, rotation, scaling, translation, warp } from "./affine.ts";

const values = (images: Tensor) => Array.from(images.data() as Float32Array);
const at = ([a, b, tx, c, d, ty]: Affine, [x, y]: readonly [number, number]) =>
  [a * x + b * y + tx, c * x + d * y + ty] as [number, number];

function expectSame(actual: Tensor, expected: Tensor, digits = 4): void {
  expect(actual.shape).toEqual(expected.shape);
  const [a, b] = [values(actual), values(expected)];
  a.forEach((value, i) => {
    expect(value).toBeCloseTo(b[i] as number, digits);
  });
}

describe("affine maps", () => {
  it("compose: the inner one first", () => {
    const coordinate = fc.float({ min: -2, max: 2, noNaN: true });
    const map = fc.tuple(coordinate, coordinate, coordinate, coordinate, coordinate, coordinate);
    fc.assert(
      fc.property(map, map, fc.tuple(coordinate, coordinate), (outer, inner, point) => {
        const [x, y] = at(compose(outer, inner), point);
        const [u, v] = at(outer, at(inner, point));
        expect(x).toBeCloseTo(u, 10);
        expect(y).toBeCloseTo(v, 10);
      }),
    );
  });

  it("shift three corners by what is given", () => {
    const map = cornerShift([0.1, 0.2], [-0.3, 0], [0, 0.05]);
    expect(at(map, [-1, -1]).map((x) => x.toFixed(9))).toEqual(["-0.900000000", "-0.800000000"]);
    expect(at(map, [1, -1]).map((x) => x.toFixed(9))).toEqual(["0.700000000", "-1.000000000"]);
    expect(at(map, [-1, 1]).map((x) => x.toFixed(9))).toEqual(["-1.000000000", "1.050000000"]);
  });
});

describe("warp", () => {
  const images = rand([3, 2, 12, 12]);
  const each = (map: Affine) => [map, map, map];

  it("changes nothing by the identity", () => {
    expectSame(warp(images, each(identity), 12), images);
  });

  it("mirrors left to right, and back when done twice", () => {
    const once = warp(images, each(mirror), 12);
    expectSame(once, images.flip(3));
    expectSame(warp(once, each(mirror), 12), images);
  });

  it("turns a quarter to where the pixels are expected", () => {
    const corner = tensor([
      [
        [
          [1, 2],
          [3, 4],
        ],
      ],
    ]);
    // Looking a quarter turn further round sends the output's top left (−½, −½) to (½, −½): the input's top right.
    expectSame(
      warp(corner, [rotation(Math.PI / 2)], 2),
      tensor([
        [
          [
            [2, 4],
            [1, 3],
          ],
        ],
      ]),
    );
  });

  it("repeats the border where it looks outside", () => {
    const row = tensor([
      [
        [
          [1, 2],
          [1, 2],
        ],
      ],
    ]);
    expectSame(
      warp(row, [translation(1, 0)], 2),
      tensor([
        [
          [
            [2, 2],
            [2, 2],
          ],
        ],
      ]),
    );
  });

  it("magnifies the middle", () => {
    const line = tensor([
      [
        [
          [0, 1, 2, 3],
          [0, 1, 2, 3],
          [0, 1, 2, 3],
          [0, 1, 2, 3],
        ],
      ],
    ]);
    const [first, , , last] = values(warp(line, [scaling(0.5)], 4)) as [number, number, number, number];
    expect(first).toBeCloseTo(0.75, 5);
    expect(last).toBeCloseTo(2.25, 5);
  });

  it("gives a batch of n what n single calls give", () => {
    const random = new Random(1);
    const maps = Array.from({ length: 3 }, () =>
      compose(rotation(random.uniform(-1, 1)), translation(random.uniform(-0.3, 0.3), random.uniform(-0.3, 0.3))),
    );
    const together = warp(images, maps, 10);
    maps.forEach((map, i) => {
      expectSame(together.slice(0, i, i + 1), warp(images.slice(0, i, i + 1), [map], 10), 6);
    });
  });
});
