import { Random } from "@semblant/core";
import { liveTensors, setThreads } from "@semblant/torch";
import { beforeAll, describe, expect, it } from "vitest";
import { paperAugmentation } from "../augmentation/presets.ts";
import { stripes } from "../fixtures/stripes.ts";
import { balanced } from "../samplers/balanced.ts";
import { Batches } from "./batches.ts";

beforeAll(() => setThreads(1));

const images = stripes().train;

function batches(): Batches {
  const random = new Random(7);
  return new Batches({
    images,
    targets: "labels",
    sampler: balanced(images.labels, { perClass: 2, random: random.fork("sampler") }),
    augmentation: paperAugmentation,
    random: random.fork("augmentation"),
    input: { size: 16, channels: 1, mean: [0.5], std: [0.2] },
    device: "cpu",
  });
}

/** The values of the next batch. */
function taken(from: Batches): number[] {
  const { X, known } = from.take();
  const values = [...X.data(), ...known.data()].map(Number);
  X.dispose();
  known.dispose();
  return values;
}

describe("batches", () => {
  it("are the same, made before they are asked for or then", () => {
    const [early, late] = [batches(), batches()];
    for (let i = 0; i < 4; i++) {
      if (i !== 2) early.prepare();
      early.prepare();
      expect(taken(early)).toEqual(taken(late));
    }
    expect(early.state()).toEqual(late.state());
  });

  it("stand where the next one is yet to be taken, though it is made", () => {
    const first = batches();
    taken(first);
    const state = first.state();
    first.prepare();
    expect(first.state()).toEqual(state);
    const second = batches();
    second.prepare();
    second.resume(state);
    expect([taken(second), taken(second)]).toEqual([taken(first), taken(first)]);
  });

  it("throw when they are taken what went wrong when they were made", () => {
    const source = batches();
    const broken = {
      ...images.images,
      gather: () => {
        throw new Error("no such picture");
      },
    };
    const failing = new Batches({
      images: { ...images, images: broken },
      targets: "labels",
      sampler: balanced(images.labels, { perClass: 2, random: new Random(0) }),
      augmentation: paperAugmentation,
      random: new Random(0),
      input: { size: 16, channels: 1, mean: [0.5], std: [0.2] },
      device: "cpu",
    });
    failing.prepare();
    expect(() => failing.take()).toThrow("no such picture");
    source.dispose();
  });

  it("leave no tensor behind that nobody took", () => {
    const before = liveTensors();
    const source = batches();
    source.prepare();
    expect(liveTensors()).toBe(before + 2);
    source.dispose();
    expect(liveTensors()).toBe(before);
  });
});
