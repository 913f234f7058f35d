import { describe, expect, it } from "vitest";
import { Random } from "../random.ts";
import { type InvertedLists, makeLists } from "./inverted-lists.ts";
import { QuantizedRows, widthOf } from "./quantized-rows.ts";
import { codeMemory } from "./wasm-codes.ts";

const d = 24;
const n = 4000;
const random = new Random(2);
const middles = Float32Array.from({ length: 30 * d }, () => random.normal());
const X = Float32Array.from(
  { length: n * d },
  (_, i) => (middles[(Math.floor(i / d) % 30) * d + (i % d)] as number) + 0.3 * random.normal(),
);

const empty = () => new QuantizedRows(d, codeMemory(widthOf(d)));

function made(): { rows: QuantizedRows; lists: InvertedLists } {
  const rows = empty();
  rows.add(Array.from(Array(n).keys()), X);
  return { rows, lists: ended(makeLists(rows, empty(), 40, new Random(3))) };
}

function ended<T>(work: Generator<number, T>): T {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}

describe("InvertedLists", () => {
  it("hold every row once, in the list of its nearest centre", () => {
    const { rows, lists } = made();
    expect([...lists.rowsNear(X.slice(0, d), lists.centres.length, n)].sort((a, b) => a - b)).toEqual(Array.from(Array(n).keys()));
    for (const row of [0, 100, 3999]) {
      expect(lists.listOf[row]).toBe(lists.centres.closestTo(rows, row));
      expect(lists.rowsNear(X.slice(row * d, (row + 1) * d), 1, n)).toContain(row);
    }
  });

  it("have most of the nearest in few lists", () => {
    const { rows, lists } = made();
    let [found, looked] = [0, 0];
    for (let row = 0; row < n; row += 80) {
      const query = X.slice(row * d, (row + 1) * d);
      const near = lists.rowsNear(query, 4, n);
      looked += near.length;
      const among = new Set(near);
      const middle = ({ least, most }: { least: number; most: number }) => least + most;
      const nearest = rows
        .candidates(query, 11)
        .sort((a, b) => middle(a) - middle(b))
        .slice(0, 11);
      found += nearest.filter((one) => among.has(one.row)).length;
    }
    expect(found / (50 * 11)).toBeGreaterThan(0.95);
    expect(looked / 50).toBeLessThan(n / 4);
  });

  it("look at rows that came later, and take them in without moving their centres", () => {
    const { rows, lists } = made();
    rows.add(
      [n],
      X.slice(0, d).map((value) => value + 1e-3),
    );
    expect(lists.rowsNear(X.slice(90 * d, 91 * d), 1, rows.length)).toContain(n);
    const more = ended(lists.extended(rows));
    expect(more.centres).toBe(lists.centres);
    expect([...more.listOf]).toEqual([...lists.listOf, lists.listOf[0]]);
  });

  it("go on with the rows that are kept", () => {
    const { rows, lists } = made();
    const kept = lists.kept(rows.keep((id) => id % 2 === 0));
    expect([...kept.listOf]).toEqual([...lists.listOf].filter((_, row) => row % 2 === 0));
  });

  it("are the same of the same rows", () => {
    expect([...made().lists.listOf]).toEqual([...made().lists.listOf]);
  });
});
