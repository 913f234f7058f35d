import { describe, expect, it } from "vitest";
import { isCrop, partOf } from "./crop.ts";

describe("a crop", () => {
  it("is a word, or four shares that lie in the picture", () => {
    expect(["auto", "detect", "source", "whole", "0,0,1,1", "0.2,0.25,0.6,0.6"].filter((crop) => !isCrop(crop))).toEqual([]);
    expect(["", "0,0,1", "0.5,0,0.6,1", "0,0,0,1", "-0.1,0,1,1", "a,b,c,d", ",,,", 3].filter(isCrop)).toEqual([]);
  });

  const own = { left: 1, top: 2, width: 3, height: 4, unit: "pixels" } as const;

  it("takes what the source says, unless told otherwise", () => {
    expect(partOf("here", "source", { pictures: "boxed photos", own })).toBe(own);
    expect(partOf("here", "source", { pictures: "heads" })).toBeUndefined();
    expect(partOf("here", "whole", { pictures: "heads", own })).toBeUndefined();
    expect(partOf("here", "0,0,0.5,1", { pictures: "heads", own })).toEqual({ left: 0, top: 0, width: 0.5, height: 1, unit: "share" });
    expect(() => partOf("here", "half" as "whole", { pictures: "faces", own })).toThrow(
      'here: expected crop to be auto, detect, source, whole, or left,top,width,height as shares of the picture, like 0.2,0.25,0.6,0.6, but got "half".',
    );
  });

  it("is the face that is found, by itself wherever the source is neither faces nor says where they are", () => {
    expect(partOf("here", "detect", { pictures: "faces", own })).toBe("face");
    expect(partOf("here", "auto", { pictures: "heads", own })).toBe("face");
    expect(partOf("here", "auto", { pictures: "boxed photos" })).toBe("face");
    expect(partOf("here", "auto", { pictures: "boxed photos", own })).toBe(own);
    expect(partOf("here", "auto", { pictures: "faces" })).toBeUndefined();
  });
});
