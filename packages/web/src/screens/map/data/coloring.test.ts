import { describe, expect, it } from "vitest";
import { colored, coloringsOf } from "./coloring.ts";
import { facesOf } from "./faces.ts";

const faces = facesOf({
  revision: 1,
  expressions: ["neutral", "happiness", "anger"],
  verdicts: ["named", "corrected", "unsure", "none of these", "turned"],
  columns: {
    id: [11, 12, 13, 14, 15, 16],
    photo: [1, 1, 2, 2, 3, 3],
    expression: [0, 1, 1, 1, 0, 1],
    probability: [0.95, 0.8, 1, 0.3, 0.2, 0.6],
    verdict: [0, 0, 1, 2, 3, 0],
    subclass: [0, 1, 2, 2, -1, 1],
    corrected: [0, 0, 1, 0, 0, 0],
    together: [0, 12, 12, 0, 0, 12],
  },
});
const kinds = [0, 1, 1];
const lines = (coloring: Parameters<typeof colored>[1]) => {
  const { entries, groups } = colored(faces, coloring, kinds);
  return { keys: entries.map(({ key, count }) => `${key}: ${count}`), of: Array.from(groups, (group) => entries[group]?.key), entries };
};

describe("what colours stand for", () => {
  it("names a class only where the model does, and has lines only for what is there", () => {
    const { keys, of } = lines("expression");
    expect(keys).toEqual(["neutral: 1", "happiness: 3", "unsure: 1", "none of these: 1"]);
    expect(of).toEqual(["neutral", "happiness", "happiness", "unsure", "none of these", "happiness"]);
  });

  it("gives classes the colours that they have everywhere, each line its own look", () => {
    const { entries } = lines("expression");
    expect(entries[1]).toMatchObject({ color: "light-dark(#dfa700, #da8b00)", shape: "triangle", isClass: true });
    expect(new Set(entries.map(({ color, shape }) => color + shape)).size).toBe(entries.length);
    const subclasses = lines("subclass").entries;
    expect(new Set(subclasses.map(({ color }) => color)).size).toBe(subclasses.length);
  });

  it("tells sub-classes, confidence, corrections and what a person put together", () => {
    expect(lines("subclass").keys).toEqual(["neutral 0: 1", "happiness 0: 2", "happiness 1: 2", "none: 1"]);
    expect(lines("confidence").keys).toEqual(["from 0.5: 1", "from 0.7: 1", "from 0.9: 2", "unsure: 1", "none of these: 1"]);
    expect(lines("correction").keys).toEqual(["corrected: 1", "as found: 5"]);
    expect(lines("together").keys).toEqual(["person 12: 3", "alone: 3"]);
  });

  it("offers what the library can answer", () => {
    expect(coloringsOf(faces)).toEqual(["expression", "subclass", "confidence", "correction", "together"]);
    const plain = { ...faces, subclass: faces.subclass.map(() => -1), together: new Float64Array(6) };
    expect(coloringsOf(plain)).toEqual(["expression", "confidence", "correction"]);
  });
});
