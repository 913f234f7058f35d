import { describe, expect, it } from "vitest";
import { facesOff } from "../../../answers/src/questions/fixtures/faces-off.ts";
import { album } from "./album.ts";
import { classify } from "./classify.ts";
import { search } from "./search.ts";

describe("faces unlike those that a model learned from", () => {
  it("are said in the answer to every question, and classify is less sure of them", async () => {
    const [like, unlike] = [facesOff(0), facesOff(2)];
    expect((await album(unlike, { size: 3 })).shift).toMatchObject({ unlike: true });
    expect((await search(unlike, "happy")).shift).toMatchObject({ unlike: true });
    expect((await album(like, { size: 3 })).shift).toMatchObject({ unlike: false });
    const [sure, unsure] = [await classify(like), await classify(unlike)];
    const mean = (answer: typeof sure) => answer.faces.reduce((sum, { probability }) => sum + probability, 0) / answer.faces.length;
    expect(mean(sure)).toBeGreaterThan(0.95);
    expect(mean(unsure)).toBeCloseTo(unsure.shift?.expected as number, 6);
    expect(mean(unsure)).toBeLessThan(0.6);
    expect(unsure.faces.map(({ expression }) => expression)).toEqual(sure.faces.map(({ expression }) => expression));
  });
});
