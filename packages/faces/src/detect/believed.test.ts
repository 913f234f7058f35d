import { describe, expect, it } from "vitest";
import type { DetectedFace } from "../face.ts";
import type { Picture } from "../picture.ts";
import type { Session } from "../runtime.ts";
import { believed } from "./believed.ts";
import { usualLandmarks } from "./detect-faces.ts";

const picture: Picture = { width: 400, height: 300, data: new Uint8Array(400 * 300 * 3) };

interface Seen {
  readonly side: number;
  readonly score: number;
  readonly certainty: number;
}

const boxOf = ({ side, score, certainty }: Seen): DetectedFace => {
  const box = { x: 10, y: 10, width: side, height: side };
  return { box, score, certainty, landmarks: usualLandmarks(box), landmarksFound: certainty > 0 };
};

/** A mesh that says this of whatever it is shown. */
const meshOf = (presence: number): Session => ({
  inputs: ["image"],
  outputs: ["points", "presence"],
  run: async () => ({
    points: { data: new Float32Array(3 * 468), shape: [1, 468, 3] },
    presence: { data: Float32Array.of(presence), shape: [1, 1] },
  }),
  close: async () => {},
});

/** The sides of the boxes that are believed, where the mesh says this, or is not at hand. */
const sidesOf = async (presence: number | undefined, ...boxes: readonly Seen[]) =>
  (await believed(picture, boxes.map(boxOf), presence === undefined ? undefined : meshOf(presence))).map(({ box }) => box.width);

describe("believed", () => {
  const doubtful = { score: 0.96, certainty: 0.5 };
  const sure = { score: 0.999, certainty: 0.5 };

  it("takes a doubtful small box, beside much larger faces, for none where mesh and BlazeFace do not see a face", async () => {
    expect(await sidesOf(-5, { side: 200, ...sure }, { side: 16, ...doubtful })).toEqual([200]);
    expect(await sidesOf(5, { side: 200, ...sure }, { side: 16, ...doubtful })).toEqual([200, 16]);
    expect(await sidesOf(-5, { side: 200, ...sure }, { side: 16, score: 0.96, certainty: 0.7 })).toEqual([200, 16]);
    expect(await sidesOf(undefined, { side: 16, ...doubtful })).toEqual([]);
  });

  it("takes it for a face beside a sure one of like size", async () => {
    expect(await sidesOf(-5, { side: 20, ...sure }, { side: 16, ...doubtful })).toEqual([20, 16]);
    expect(await sidesOf(-5, { side: 16, ...doubtful }, { side: 20, ...doubtful })).toEqual([]);
    expect(await sidesOf(-5, { side: 16, ...sure }, { side: 28, ...doubtful })).toEqual([16]);
  });

  it("asks the mesh alone of a large box, also of a sure one without eyes, nose and mouth", async () => {
    const bare = { side: 61, score: 0.999, certainty: 0 };
    const boxes = [{ ...sure, side: 60 }, { side: 60, score: 0.96, certainty: 0.7 }, bare];
    expect(await sidesOf(-5, ...boxes)).toEqual([60]);
    expect(await sidesOf(5, ...boxes)).toEqual([60, 60, 61]);
    expect(await sidesOf(undefined, ...boxes)).toEqual([60, 60, 61]);
  });
});
