import { describe, expect, it } from "vitest";
import { addressOf, bodyOf, isAsked, nothing, questionOf, weigh, withWord } from "./question.ts";

describe("a question", () => {
  it("comes back out of its address", () => {
    const asked = { ...nothing, words: "happy, mouth open", like: [3, 4], unlike: [9], folder: "2024/May & June", people: "one" as const };
    expect(questionOf(new URLSearchParams(addressOf(asked)))).toEqual(asked);
    expect(addressOf(nothing)).toBe("");
  });

  it("takes a face before words, and no ids that are none", () => {
    const asked = questionOf(new URLSearchParams("face=12&words=happy&like=1,x,1,-2,1.5&people=9"));
    expect(asked).toEqual({ ...nothing, face: 12, like: [1] });
  });

  it("is asked with words, a face, a picture or faces to be like, and not with faces to be less like alone", () => {
    expect(isAsked({ ...nothing, words: " " })).toBe(false);
    expect(isAsked({ ...nothing, unlike: [1] })).toBe(false);
    expect(isAsked({ ...nothing, face: 1 })).toBe(true);
    expect(isAsked({ ...nothing, like: [1] })).toBe(true);
    expect(isAsked(nothing, [0.5])).toBe(true);
  });

  it("asks the API for what was given only", () => {
    expect(bodyOf({ ...nothing, words: " sad " }, { k: 48 })).toEqual({ k: 48, words: "sad" });
    expect(bodyOf({ ...nothing, face: 3, unlike: [4], people: "several", folder: "a" }, { k: 12 })).toEqual({
      k: 12,
      face: 3,
      unlike: [4],
      filter: { folder: "a", people: { least: 2 } },
    });
    expect(bodyOf({ ...nothing, words: "sad" }, { k: 1, embedding: [1] })).toEqual({ k: 1, embedding: [1] });
  });

  it("never has a face both ways", () => {
    const liked = weigh({ ...nothing, unlike: [7] }, 7, "like");
    expect(liked).toEqual({ ...nothing, like: [7] });
    expect(weigh(liked, 7, "like")).toEqual(nothing);
  });

  it("takes words one after the other, each once", () => {
    expect(withWord("", "happy")).toBe("happy");
    expect(withWord("happy,", "mouth open")).toBe("happy, mouth open");
    expect(withWord("happy, mouth open", "happy")).toBe("happy, mouth open");
  });
});
