import { OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { type Following, followFaces, nobody, type SeenFace } from "./follow-faces.ts";

const face = (x: number, y = 0, embedding: readonly number[] = [1, 0]): SeenFace => ({
  box: { x, y, width: 40, height: 50 },
  embedding: Float32Array.from(embedding),
});

/** The numbers of the faces, frame by frame. */
function followed(frames: readonly (readonly SeenFace[])[], every = 100): (readonly number[])[] {
  let following: Following = nobody;
  return frames.map((faces, i) => {
    const step = followFaces(following, faces, i * every);
    following = step.following;
    return step.ids;
  });
}

describe("faces are followed", () => {
  it("whatever order the frame has them in", () => {
    expect(
      followed([
        [face(0), face(100)],
        [face(102), face(3)],
        [face(6), face(104)],
      ]),
    ).toEqual([
      [1, 2],
      [2, 1],
      [1, 2],
    ]);
  });

  it("over a gap of a few frames, and not over a longer one", () => {
    const gap = (frames: number) => followed([[face(0)], ...Array.from({ length: frames }, () => []), [face(2)]]).at(-1);
    expect(gap(5)).toEqual([1]);
    expect(gap(7)).toEqual([2]);
  });

  it("past each other, each at its own speed", () => {
    // Both are at 100 at the middle frame; one pixel apart in height.
    const frames = Array.from({ length: 11 }, (_, i) => [face(20 * i, 0), face(200 - 20 * i, 1)]);
    expect(followed(frames).at(-1)).toEqual([1, 2]);
  });

  it("by their embeddings where boxes overlap alike", () => {
    const start = followFaces(nobody, [face(0, 0, [1, 0]), face(20, 0, [0, 1])], 0);
    expect(followFaces(start.following, [face(10, 0, [0, 1])], 100).ids).toEqual([2]);
    expect(followFaces(start.following, [face(10, 0, [1, 0])], 100).ids).toEqual([1]);
  });

  it("faster than their own size, once their speed is known", () => {
    expect(followed([[face(0)], [face(20)], [face(45)], [face(80)], [face(120)]]).at(-1)).toEqual([1]);
  });

  it("as another where nothing overlaps", () => {
    expect(followed([[face(0)], [face(300)]])).toEqual([[1], [2]]);
  });

  it("and it is said who left, once", () => {
    const start = followFaces(nobody, [face(0), face(100)], 0);
    const later = followFaces(start.following, [face(0)], 600);
    expect(later.left).toEqual([]);
    const gone = followFaces(later.following, [face(0)], 800);
    expect(gone.left).toEqual([2]);
    expect(followFaces(gone.following, [face(0)], 900).left).toEqual([]);
  });

  it("with when they came, and in how many frames they were seen", () => {
    const start = followFaces(nobody, [face(0)], 50);
    const { following } = followFaces(start.following, [face(4)], 150);
    expect(following.tracks).toHaveLength(1);
    expect(following.tracks[0]).toMatchObject({ id: 1, since: 50, seen: 150, frames: 2, speed: { x: 0.02, y: 0 } });
  });
});

describe("bad input", () => {
  it("is refused in words", () => {
    const start = followFaces(nobody, [face(0)], 100).following;
    const said = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        return error;
      }
    };
    expect(said(() => followFaces(start, [], 100))).toEqual(
      new OptionError("followFaces: expected a time later than the last frame's 100 ms, but got 100."),
    );
    expect(said(() => followFaces(nobody, [], Number.NaN))).toEqual(
      new OptionError("followFaces: expected a time in milliseconds, but got NaN."),
    );
    expect(String(said(() => followFaces(nobody, [], 0, { overlap: 2 })))).toContain("a number from 0 to 1");
    expect(String(said(() => followFaces(nobody, [], 0, { patience: -1 })))).toContain("milliseconds of 0 or more");
  });
});
