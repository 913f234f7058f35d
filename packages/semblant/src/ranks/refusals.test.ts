import { OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { refuseMoreThanCores, refuseTwoStarts } from "./refusals.ts";

const train = (workers?: number) => ({ command: "train", workers }) as const;

describe("processes that share a training", () => {
  it("are started by a launcher or by --workers, not by both", () => {
    expect(refuseTwoStarts(train(), 2)).toBeUndefined();
    expect(refuseTwoStarts(train(1), 1)).toBeUndefined();
    expect(() => refuseTwoStarts(train(2), 2)).toThrow(
      new OptionError(
        "train: expected either a launcher or --workers, but got both: WORLD_SIZE is 2, and --workers 2.\n" +
          "  Whoever set WORLD_SIZE starts the processes: leave --workers out.",
      ),
    );
    expect(() => refuseTwoStarts({ command: "subdivide", workers: 4 }, 2)).toThrow("subdivide: expected either a launcher or --workers");
    expect(() => refuseTwoStarts(train(2), 1)).toThrow("but got both: WORLD_SIZE is 1, and --workers 2.");
    expect(() => refuseTwoStarts(train(1), 2)).toThrow("but got both: WORLD_SIZE is 2, and --workers 1.");
  });

  it("are no more than the machine has cores", () => {
    expect(refuseMoreThanCores(train(), 1)).toBeUndefined();
    expect(refuseMoreThanCores(train(2), 2)).toBeUndefined();
    expect(() => refuseMoreThanCores(train(100), 2)).toThrow(
      new OptionError(
        "train: expected --workers to be at most 2, the cores of this machine, but got 100.\n" +
          "  More processes would only wait for each other. Other machines can help: see docs/how-to/train-on-several-machines.md.",
      ),
    );
  });
});
