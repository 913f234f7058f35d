import { describe, expect, it } from "vitest";
import { album } from "../asking/album.ts";
import { classify } from "../asking/classify.ts";
import { search } from "../asking/search.ts";
import type { FaceSet } from "../face-sets/face-set.ts";
import { madeModel, madeSet } from "./fixtures/face-set.ts";
import { shiftOf, unlikeInWords } from "./shift.ts";

const names = ["neutral", "happiness", "sadness", "surprise"];
const rates = (right: number) => names.map((_, c) => names.map((_, name) => (c === name ? right : (1 - right) / 3)));
/** Of faces that stray by 1 in six dimensions, four of them off the plane through four means: a spread of 3. */
const shift = {
  center: Array(6).fill(0),
  spread: 3,
  density: { from: -12, slope: 0.1 },
  shares: [0.25, 0.25, 0.25, 0.25],
  confusions: [0, 1].map((distance) => ({ distance, rates: rates(0.9 - distance / 2) })),
};

/** Faces of every look, moved by so much in the last two dimensions, off the plane of the means. */
function faces(off: number, count = 40, known: typeof shift | "none" = shift): FaceSet {
  const looks = Array.from({ length: count }, (_, i) => names[i % 4] as string);
  const set = madeSet(looks.map((look, i) => ({ path: `${i}.jpg`, faces: [{ look }] })));
  const values = set.embeddings.values.map((value, j) => value + (j % 6 >= 4 ? off : 0));
  const { embeddings } = set;
  return {
    ...set,
    embeddings: Object.assign(embeddings.take([...Array(count).keys()]), { values }),
    model: madeModel("m", known === "none" ? undefined : known),
  };
}

describe("faces unlike those that a model learned from", () => {
  it("are told apart from those that are like them, from ten on", () => {
    expect(shiftOf(faces(0))).toMatchObject({ faces: 40, unlike: false });
    expect(shiftOf(faces(2))).toMatchObject({ faces: 40, unlike: true });
    expect(shiftOf(faces(2, 9))).toBeUndefined();
    expect(shiftOf(faces(2, 40, "none"))).toBeUndefined(); // the card of an earlier version
  });

  it("are not told by those that are turned", () => {
    const set = faces(2, 12);
    const turned = { ...set, faces: set.faces.map((face, i) => (i < 3 ? { ...face, turned: true as const } : face)) };
    expect(shiftOf(turned)).toBeUndefined();
  });

  it("are said in the answer to every question, and classify is less sure of them", async () => {
    const [like, unlike] = [faces(0), faces(2)];
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
