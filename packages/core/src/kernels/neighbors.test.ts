import { afterAll, describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { compared, type NotCompared } from "../retrieval/compared.ts";
import { nearestPlainly } from "../retrieval/nearest-plainly.ts";
import { findNeighbors } from "../retrieval/neighbors.ts";
import { chooseKernels, type Instructions, kernels } from "./loaded.ts";
import { nearestByKernel, type TileBytes } from "./neighbors.ts";

type Asked = NotCompared & { readonly k: number; readonly tiles?: TileBytes };

/** Rows and squared distances by the kernel and by the plain code. */
function both(queries: Embeddings, gallery: Embeddings, { k, tiles, ...not }: Asked) {
  const ready = compared("test", queries, gallery, not);
  const { columns } = gallery;
  const empty = () => ({ rows: new Int32Array(queries.rows * k).fill(-1), squares: new Float64Array(queries.rows * k).fill(Infinity) });
  const [plain, kernel] = [empty(), empty()];
  nearestPlainly(ready, { columns, k }, plain);
  const { ownRow, apart } = ready;
  expect(nearestByKernel({ queries: queries.values, gallery: gallery.values, columns, k, ownRow, apart }, kernel, tiles)).toBe(true);
  return { plain, kernel };
}

function expectSame(queries: Embeddings, gallery: Embeddings, asked: Asked): void {
  const { plain, kernel } = both(queries, gallery, asked);
  expect(Buffer.from(kernel.rows.buffer).equals(Buffer.from(plain.rows.buffer))).toBe(true);
  expect(Buffer.from(kernel.squares.buffer).equals(Buffer.from(plain.squares.buffer))).toBe(true);
}

const cloud = (rows: number, columns: number, value: (random: Random, i: number) => number = (random) => random.normal()) => {
  const random = new Random(rows + columns);
  return new Embeddings(
    Float32Array.from({ length: rows * columns }, (_, i) => value(random, i)),
    columns,
  );
};

const powers = (random: Random) => random.normal() * 2 ** (random.integer(200) - 100);
const clouds: readonly (readonly [string, Embeddings, Embeddings])[] = [
  ["one column", cloud(50, 1), cloud(700, 1)],
  ["65 columns", cloud(70, 65), cloud(500, 65)],
  ["three columns and rows that fill no panel", cloud(13, 3), cloud(11, 3)],
  ["whole numbers, so that many are equally far", cloud(40, 4, (r) => r.integer(3)), cloud(900, 4, (r) => r.integer(3))],
  ["rows that are all the same", cloud(30, 7, () => 0.1), cloud(300, 7, () => 0.1)],
  ["a cloud far from the origin", cloud(40, 16, (r) => 1e4 + r.normal() / 100), cloud(400, 16, (r) => 1e4 + r.normal() / 100)],
  [
    "two tight clouds far apart",
    cloud(40, 8, (r, i) => (i % 16 < 8 ? 0 : 500) + r.normal() / 1e4),
    cloud(400, 8, (r, i) => (i % 16 < 8 ? 0 : 500) + r.normal() / 1e4),
  ],
  ["huge numbers", cloud(20, 6, (r) => 1e38 * r.normal()), cloud(200, 6, (r) => 1e38 * r.normal())],
  ["tiny numbers", cloud(20, 6, (r) => 1e-43 * r.normal()), cloud(200, 6, (r) => 1e-43 * r.normal())],
  ["numbers of every size", cloud(50, 5, powers), cloud(600, 5, powers)],
  ["NaN and infinite values here and there", cloud(60, 9, patchy), cloud(600, 9, patchy)],
];

function patchy(random: Random): number {
  const draw = random.integer(60);
  return draw === 0 ? Number.NaN : draw === 1 ? Infinity : draw === 2 ? -Infinity : random.normal();
}

describe.each<[Instructions, number]>([
  ["relaxed", 1],
  ["simd", 1],
  ["relaxed", 3],
])("neighbours by the kernel, %s instructions and %i threads", (instructions, threads) => {
  const here = () => {
    chooseKernels({ instructions, threads });
    return kernels() !== undefined;
  };
  afterAll(() => chooseKernels({}));

  it.each(clouds)("are those of the plain code to the bit: %s", (_, queries, gallery) => {
    if (!here()) return;
    for (const k of [1, 11]) expectSame(queries, gallery, { k });
    expectSame(gallery, gallery, { k: 3, excludeSelf: true });
    expectSame(queries, gallery, { k: gallery.rows });
  });

  it("leave out the query itself and its recording", () => {
    if (!here()) return;
    const gallery = cloud(800, 12);
    const sequences = Array.from({ length: 800 }, (_, i) => (i % 5 === 0 ? "" : `s${i % 40}`));
    const X = new Embeddings(gallery.values, 12, { sequences });
    expectSame(X, X, { k: 9, excludeSelf: true });
    const some = X.take([5, 6, 7, 700]);
    expectSame(some, X, { k: 9, itself: Int32Array.of(5, -1, 7, 700) });
    expectSame(some, X, { k: 9, leaveOut: "nothing" });
  });

  it("are the same when queries and gallery are cut into several tiles", () => {
    if (!here()) return;
    expectSame(cloud(90, 10), cloud(700, 10), { k: 5, tiles: { queries: 2_000, gallery: 20_000 } });
    expectSame(cloud(9, 300), cloud(50, 300), { k: 5, tiles: { queries: 1, gallery: 1 } });
  });

  it("are the same when threads help with a large search", () => {
    if (!here()) return;
    expectSame(cloud(1_000, 32), cloud(20_000, 32), { k: 11 });
  });
});

describe("where there are no kernels", () => {
  afterAll(() => chooseKernels({}));

  it("neighbours are found all the same", () => {
    const [queries, gallery] = [cloud(60, 40), cloud(1_000, 40)];
    const fast = findNeighbors(queries, gallery, { k: 4 });
    chooseKernels({ instructions: "none" });
    expect(kernels()).toBeUndefined();
    expect(findNeighbors(queries, gallery, { k: 4 })).toEqual(fast);
  });
});
