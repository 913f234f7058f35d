import { describe, expect, it } from "vitest";
import { architectures, methods, table1, table2 } from "./published.ts";

const rows = Object.values(table2).flatMap((networks) => Object.values(networks));

describe("the paper's tables", () => {
  it("has every method and network of Table 2, each accuracy a whole number of 3,137 faces", () => {
    expect(Object.keys(table2)).toEqual(Object.keys(methods));
    for (const networks of Object.values(table2)) expect(Object.keys(networks)).toEqual(Object.keys(architectures));
    for (const { accuracy } of rows) {
      const correct = Math.round((accuracy / 100) * 3137);
      expect((100 * correct) / 3137).toBeCloseTo(accuracy, 3);
    }
  });

  it("has the F1 of Table 2 that its precision and recall give", () => {
    for (const { macroPrecision: p, macroRecall: r, paperF1 } of rows)
      expect(Math.abs((2 * p * r) / (p + r) - paperF1)).toBeLessThan(0.0015);
  });

  it("has the means that Table 1 prints under its columns", () => {
    const mean = (method: "triplet" | "sgm") => {
      const nets = Object.values(table1[method]);
      return Object.keys(nets[0] as object).map((set) => nets.reduce((sum, net) => sum + net[set as "FER+"], 0) / nets.length);
    };
    const printed = { triplet: [62.407, 11.343, 25.962, 70.468, 30.701], sgm: [61.075, 10.125, 25.729, 69.689, 31.111] };
    for (const method of ["triplet", "sgm"] as const) {
      mean(method).forEach((value, i) => {
        expect(value).toBeCloseTo(printed[method][i] as number, 2);
      });
    }
  });
});
