import { Random } from "@semblant/core";
import { liveTensors, setThreads } from "@semblant/torch";
import { beforeAll, describe, expect, it } from "vitest";
import { paperAugmentation } from "../augmentation/presets.ts";
import type { Place } from "../distributed/parts.ts";
import { stripes } from "../fixtures/stripes.ts";
import { balanced } from "../samplers/balanced.ts";
import { Batches } from "./batches.ts";

beforeAll(() => setThreads(1));

const images = stripes().train;

function batches(place?: Place): Batches {
  const random = new Random(7);
  return new Batches({
    images,
    targets: "labels",
    sampler: balanced(images.labels, { perClass: 2, random: random.fork("sampler") }),
    augmentation: paperAugmentation,
    random: random.fork("augmentation"),
    input: { size: 16, channels: 1, mean: [0.5], std: [0.2] },
    device: "cpu",
    place,
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

  it("are made in parts by several ranks: side by side they are the whole, and all know what is known of it", () => {
    const whole = batches();
    const ranks = [0, 1, 2, 3].map((rank) => batches({ rank, size: 4 }));
    for (let i = 0; i < 3; i++) {
      const all = whole.take();
      const parts = ranks.map((rank) => rank.take());
      expect(parts.map(({ X }) => X.shape[0])).toEqual([2, 2, 1, 1]); // two of each of three classes
      expect(parts.map(({ images }) => images)).toEqual([6, 6, 6, 6]);
      for (const { known } of parts) expect([...known.data()]).toEqual([...all.known.data()]);
      const pixels = parts.flatMap(({ X }) => [...X.contiguous().data()].map(Number));
      [...all.X.contiguous().data()].map(Number).forEach((value, k) => {
        expect(pixels[k]).toBeCloseTo(value, 5);
      });
      for (const { X, known } of [all, ...parts]) [X, known].map((tensor) => tensor.dispose());
    }
    expect(ranks.map((rank) => rank.state())).toEqual(ranks.map(() => whole.state()));
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
