import type { ReadFace } from "@semblant/faces";
import { describe, expect, it } from "vitest";
import type { ReadPicture } from "../../../work/faces-shapes.ts";
import { Recording } from "./recording.ts";

/** A picture of 100 × 100 pixels with faces at these places; each as happy as said. */
function picture(...faces: (readonly [x: number, happy: number])[]): ReadPicture {
  return {
    width: 100,
    height: 100,
    faces: faces.map(([x]) => ({ box: { x, y: 10, width: 20, height: 20 }, embedding: Float32Array.of(1) }) as unknown as ReadFace),
    answers: faces.map(([, happy]) => ({
      distribution: Float64Array.of(1 - happy, happy),
      predicted: 1,
      verdict: "named",
      subclass: -1,
      logDensity: 0,
    })),
  };
}

const ids = (recording: Recording, shown: ReadPicture, time: number) => recording.add(shown, time).sightings.map(({ face }) => face);

describe("a recording", () => {
  it("follows faces, and keeps when each was seen", () => {
    const recording = new Recording();
    recording.add(picture([0, 0.5], [60, 0.5]), 0);
    expect(ids(recording, picture([62, 0.5], [1, 0.5]), 200)).toEqual([1, 2]);
    expect([...recording.faces.values()].map(({ id, first, last, pictures }) => [id, first, last, pictures])).toEqual([
      [1, 0, 200, 2],
      [2, 0, 200, 2],
    ]);
    expect(recording.moments[1]?.sightings[0]?.place).toEqual({ x: 0.01, y: 0.1, width: 0.2, height: 0.2 });
  });

  it("follows on where pictures are read slowly, and not over a jump", () => {
    const recording = new Recording();
    for (let i = 0; i < 5; i++) expect(ids(recording, picture([i, 0.5]), 1200 * i)).toEqual([1]);
    expect(ids(recording, picture(), 6000)).toEqual([]);
    expect(ids(recording, picture([5, 0.5]), 7200)).toEqual([1]);
    expect(ids(recording, picture([5, 0.5]), 30_000)).toEqual([2]);
  });

  it("takes faces for others where the video was wound back", () => {
    const recording = new Recording();
    recording.add(picture([0, 0.5]), 5000);
    expect(ids(recording, picture([0, 0.5]), 1000)).toEqual([2]);
    expect(recording.moments.map(({ time }) => time)).toEqual([1000, 5000]);
  });

  it("smooths what a face looks like, and keeps what each picture said", () => {
    const recording = new Recording();
    recording.add(picture([0, 0.9]), 0);
    const [sighting] = recording.add(picture([0, 0.1]), 300).sightings;
    expect(sighting?.steady[1]).toBeCloseTo(0.5, 10);
    expect(sighting?.distribution[1]).toBeCloseTo(0.1, 10);
  });

  it("knows which pictures it has", () => {
    const recording = new Recording();
    recording.add(picture(), 1000);
    expect([990, 1000, 1040, 1041].map((time) => recording.isRead(time))).toEqual([true, true, true, false]);
  });
});
