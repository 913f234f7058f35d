import { describe, expect, it } from "vitest";
import { facesOff } from "./fixtures/faces-off.ts";
import { shiftOf, unlikeInWords } from "./shift.ts";

describe("faces unlike those that a model learned from", () => {
  it("are told apart from those that are like them, from ten on", () => {
    expect(shiftOf(facesOff(0))).toMatchObject({ faces: 40, unlike: false });
    expect(shiftOf(facesOff(2))).toMatchObject({ faces: 40, unlike: true });
    expect(shiftOf(facesOff(2, 9))).toBeUndefined();
    expect(shiftOf(facesOff(2, 40, "none"))).toBeUndefined(); // the card of an earlier version
  });

  it("are not told by those that are turned", () => {
    const set = facesOff(2, 12);
    const turned = { ...set, faces: set.faces.map((face, i) => (i < 3 ? { ...face, turned: true as const } : face)) };
    expect(shiftOf(turned)).toBeUndefined();
  });

  it("are said in words, with the nearest five percent and what to do; others are not", () => {
    const measured = { faces: 40, distance: 0.3, spread: 0.4, expected: 0.617, unlike: true };
    expect(unlikeInWords(measured)).toBe(
      "These faces are unlike those that the model learned from: expect about 60 % of the names to be right.\n" +
        "  Label 5 faces per class, in folders named by it (happy/a.jpg), and run: semblant adapt LABELLED/ --out mine.json\n" +
        "  If they are posed, --model posed may do.",
    );
    expect(unlikeInWords({ ...measured, unlike: false })).toBeUndefined();
    expect(unlikeInWords(undefined)).toBeUndefined();
  });
});
