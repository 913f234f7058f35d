import { EngineError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { refuseOther } from "./parity.ts";

const parity = (difference: number) => ({ faces: 256, difference, greatest: 4, cosine: 1 });

describe("a file that embeds otherwise than its network", () => {
  it("is let through within what its weights may be off, and not beyond", () => {
    for (const [weights, allowed] of [
      ["float32", 4e-5],
      ["float16", 8e-3],
      ["int8", 0.2],
    ] as const) {
      expect(() => refuseOther(parity(0.99 * allowed), weights)).not.toThrow();
      expect(() => refuseOther(parity(1.01 * allowed), weights)).toThrow(EngineError);
    }
  });

  it("is refused where it gives what is no number", () => {
    expect(() => refuseOther(parity(Number.NaN), "int8")).toThrow(EngineError);
  });

  it("is let through by how its embeddings point where it computes in int8, though a coordinate be far off", () => {
    const pointing = (cosine: number) => ({ ...parity(1), cosine });
    expect(() => refuseOther(pointing(0.9951), "int8", "int8")).not.toThrow();
    for (const cosine of [0.9949, Number.NaN]) expect(() => refuseOther(pointing(cosine), "int8", "int8")).toThrow(EngineError);
    expect(() => refuseOther(pointing(0.98), "int8", "int8")).toThrow(
      "export: expected the file to embed 256 faces as the network does, with a mean cosine of 0.995, but got 0.9800.\n" +
        "  Nothing was written. Try --compute float32.",
    );
  });

  it("is refused in words that help", () => {
    expect(() => refuseOther(parity(0.5), "int8")).toThrow(
      "export: expected the file to embed 256 faces as the network does, within 0.20, but it is off by 0.50.\n  Nothing was written. Try --weights float32.",
    );
    expect(() => refuseOther(parity(1), "float32")).toThrow(/off by 1\.0\.\n {2}Nothing was written\.$/);
  });
});
