import { DataError, EngineError, OptionError } from "@semblant/core";
import type { ProcessGroup } from "@semblant/torch";
import { describe, expect, it } from "vitest";
import { difference, type Facts, refuseOtherFacts } from "./same-facts.ts";

const facts: Facts = {
  versions: { Semblant: "1.0.0", libtorch: "2.4.1" },
  settings: { network: { name: "resnet18", channels: 1 }, perClass: 30, clip: null },
  data: { classes: ["happiness", "sadness"], "training images": 60, pixels: "ab", labels: "cd" },
};

describe("difference", () => {
  it("is undefined between ranks that have all alike", () => {
    expect(difference(facts, structuredClone(facts), 1)).toBeUndefined();
  });

  it("tells versions before settings, and settings before data", () => {
    const other = { versions: { ...facts.versions, libtorch: "1.13.1" }, settings: { ...facts.settings, perClass: 8 }, data: {} };
    expect(difference(facts, other, 2)).toEqual(
      new EngineError(
        "train: expected libtorch 2.4.1 on every rank, as on rank 0, but rank 2 has 1.13.1.\n  Install the same version everywhere.",
      ),
    );
    expect(difference(facts, { ...other, versions: facts.versions }, 2)).toEqual(
      new OptionError(
        "train: expected perClass to be 30 on every rank, as on rank 0, but rank 2 has 8.\n  Start every rank with the same settings.",
      ),
    );
  });

  it("names a setting by its section, and one that a rank lacks", () => {
    const color = { ...facts, settings: { ...facts.settings, network: { name: "resnet18", channels: 3 } } };
    expect(difference(facts, color, 1)?.message).toBe(
      "train: expected network.channels to be 1 on every rank, as on rank 0, but rank 1 has 3.\n  Start every rank with the same settings.",
    );
    const { clip: _clip, ...without } = facts.settings;
    expect(difference(facts, { ...facts, settings: without }, 1)?.message).toBe(
      "train: expected clip to be null on every rank, as on rank 0, but rank 1 has nothing.\n  Start every rank with the same settings.",
    );
  });

  it("says what of the data is another", () => {
    const of = (data: Facts["data"]) => difference(facts, { ...facts, data: { ...facts.data, ...data } }, 3);
    const end = "\n  Give every rank the same data.";
    expect(of({ "training images": 59, pixels: "xy" })).toEqual(
      new DataError(`train: expected the data of rank 0 on every rank, but rank 3 has 59 training images, not 60.${end}`),
    );
    expect(of({ pixels: "xy", labels: "z" })?.message).toBe(
      `train: expected the data of rank 0 on every rank, but rank 3 has other pixels.${end}`,
    );
    expect(of({ labels: "z" })?.message).toBe(`train: expected the data of rank 0 on every rank, but rank 3 has other labels.${end}`);
    expect(of({ classes: ["happiness"] })?.message).toBe(
      `train: expected the data of rank 0 on every rank, but rank 3 has other classes.${end}`,
    );
  });
});

describe("refuseOtherFacts", () => {
  it("says the same on every rank: what the first unlike rank has otherwise", () => {
    const ranks = [facts, facts, { ...facts, settings: { ...facts.settings, perClass: 8 } }, { ...facts, data: {} }];
    const said = ranks.map((own, rank) => {
      const group = { rank, size: 4, exchange: () => ranks.map((each) => JSON.stringify(each)) } as unknown as ProcessGroup;
      try {
        return refuseOtherFacts(group, own);
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(new Set(said)).toEqual(
      new Set([
        "train: expected perClass to be 30 on every rank, as on rank 0, but rank 2 has 8.\n  Start every rank with the same settings.",
      ]),
    );
  });
});
