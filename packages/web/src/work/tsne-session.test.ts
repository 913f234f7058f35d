import { Embeddings, placeOnMap, projectByTsne, Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { placeRows, tsneSteps } from "./tsne-session.ts";

const random = new Random(2);
const rows = 60;
const values = Float32Array.from({ length: rows * 3 }, (_, j) => (Math.floor(j / 3) % 3) * 6 + random.normal());

function last(choice: Parameters<typeof tsneSteps>[2]) {
  const steps = tsneSteps(values, 3, choice);
  const seen: number[] = [];
  for (;;) {
    const { done, value } = steps.next();
    if (done) return { seen, end: value };
    seen.push(value.iteration);
  }
}

describe("t-SNE for the page", () => {
  it("makes core's map, step by step, the same for a seed", () => {
    const { seen, end } = last({ seed: 5, iterations: 80 });
    expect(seen).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
    const map = projectByTsne(new Embeddings(values, 3), { iterations: 80, random: new Random(5) });
    expect(end.positions).toEqual(Float32Array.from(map.positions));
    expect(last({ seed: 6, iterations: 80 }).end.positions).not.toEqual(end.positions);
  });

  it("goes on from where a map was left, without tearing it apart", () => {
    const { end } = last({ seed: 5, iterations: 400 });
    const { seen, end: on } = last({ seed: 5, iterations: 450, from: { positions: end.positions, iteration: 400 } });
    expect([seen[0], seen.at(-1)]).toEqual([401, 450]);
    const spread = Math.max(...end.positions) - Math.min(...end.positions);
    const moved = end.positions.map((value, j) => Math.abs(value - (on.positions[j] as number)));
    expect(Math.max(...moved)).toBeLessThan(0.5 * spread);
  });

  it("places unknown rows as core does, and moves no other", () => {
    const { end } = last({ seed: 5, iterations: 100 });
    const known = Uint8Array.from({ length: rows }, (_, row) => (row % 7 === 3 ? 0 : 1));
    const placed = placeRows({ positions: end.positions, known }, values, 3);
    const X = new Embeddings(values, 3);
    const there = Array.from(known.keys()).filter((row) => known[row] === 1);
    const added = Array.from(known.keys()).filter((row) => known[row] !== 1);
    const at = (of: Float32Array, row: number) => [of[2 * row] as number, of[2 * row + 1] as number];
    const expected = placeOnMap(
      { positions: Float64Array.from(there.flatMap((row) => at(end.positions, row))) },
      X.take(there),
      X.take(added),
    );
    expect(there.map((row) => at(placed, row))).toEqual(there.map((row) => at(end.positions, row)));
    expect(added.flatMap((row) => at(placed, row))).toEqual(Array.from(Float32Array.from(expected)));
  });
});
