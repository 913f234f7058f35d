import { describe, expect, it } from "vitest";
import { expressions } from "../../../core/src/expressions.ts";
import { MemoryImages } from "../images/memory-images.ts";
import { alignClasses } from "./align-classes.ts";

const faces = (classes: readonly string[], labels: readonly number[], votes?: readonly number[]) => ({
  images: new MemoryImages(new Uint8Array(labels.length), { width: 1, height: 1, channels: 1 }),
  labels: Int32Array.from(labels),
  classes,
  ids: labels.map(String),
  ...(votes && { votes: Float32Array.from(votes) }),
});

describe("labels in the classes of a run", () => {
  it("are found by name, whatever word the data has for an expression", () => {
    const aligned = alignClasses(faces(["sad", "Happy", "afraid"], [0, 1, 2, 1]), expressions, "faces");
    expect([aligned.classes, [...aligned.labels]]).toEqual([expressions, [3, 1, 6, 1]]);
    const words = alignClasses(faces(["happiness", "wink"], [0, 1]), ["wink", "happy"], "faces");
    expect([...words.labels]).toEqual([1, 0]);
  });

  it("take the votes with them", () => {
    const aligned = alignClasses(faces(["sad", "happy"], [0, 1], [0.75, 0.25, 0, 1]), ["happiness", "anger", "sadness"], "faces");
    expect([...(aligned.votes ?? [])]).toEqual([0.25, 0, 0.75, 1, 0, 0]);
  });

  it("may lack classes, and may name classes that no image has", () => {
    expect([...alignClasses(faces(["contempt", "fear"], [1, 1]), ["neutral", "fear"], "faces").labels]).toEqual([1, 1]);
  });

  it("are refused where images are of a class that the run does not know", () => {
    expect(() => alignClasses(faces(["neutral", "contempt"], [0, 1, 1]), ["neutral", "fear"], "CK+ at ck/")).toThrow(
      `CK+ at ck/: expected faces of the run's classes (neutral, fear), but got "contempt" (2 of 3).\n  To leave contempt out: data.contempt=false`,
    );
    expect(() => alignClasses(faces(["wink"], [0]), expressions, "faces")).toThrow('but got "wink" (1 of 1).');
  });

  it("are left alone in a set without labels", () => {
    const gallery = faces([], [-1, -1]);
    expect(alignClasses(gallery, expressions, "LFW")).toBe(gallery);
  });
});
