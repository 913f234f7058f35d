import { describe, expect, it } from "vitest";
import { madeSet } from "./fixtures/face-set.ts";
import { searchByEmbedding, searchByWords } from "./search.ts";
import { areWords, meaningOf } from "./search-words.ts";

const set = madeSet([
  {
    path: "a.jpg",
    faces: [
      { look: "happiness", quality: { mouthOpen: 0.9 } },
      { look: "sadness", quality: { mouthOpen: 0.1 } },
    ],
  },
  { path: "b.jpg", faces: [{ look: "happiness", quality: { mouthOpen: 0.2 } }] },
  { path: "c.jpg", faces: [{ look: "sadness", label: "happiness", quality: { mouthOpen: 0.5 } }] },
  { path: "d.jpg", faces: [{ look: "surprise" }] },
]);
const [happyOpen, sad, happyShut, corrected, surprised] = set.faces.map(({ id }) => id) as [number, number, number, number, number];
const faces = (hits: readonly { face: number }[]) => hits.map(({ face }) => face);

describe("searchByEmbedding", () => {
  it("finds the nearest faces first, without those that are not wanted", () => {
    const { hits, searched, exact } = searchByEmbedding(set, set.embeddings.row(0), { k: 2, except: [happyOpen] });
    expect(faces(hits)[0]).toBe(happyShut);
    expect([hits.length, searched, exact]).toEqual([2, 4, true]);
    expect(hits[0]?.distance).toBeLessThan(hits[1]?.distance as number);
    expect(hits[0]).toMatchObject({ path: "b.jpg", expression: "happiness", looks: "happy-looking", verdict: "named" });
  });

  it("finds as many as there are, and none in an empty set", () => {
    expect(searchByEmbedding(set, set.embeddings.row(0), { k: 99 }).hits).toHaveLength(5);
    expect(searchByEmbedding(madeSet([]), set.embeddings.row(0))).toMatchObject({ hits: [], searched: 0 });
    expect(() => searchByEmbedding(set, set.embeddings.row(0), { k: 1.5 })).toThrow(
      "search: expected k to be a whole number above 0, but got 1.5.",
    );
  });
});

describe("searchByWords", () => {
  it("multiplies what each word says, and believes corrections", () => {
    const happy = searchByWords(set, "smiling, mouth open", { k: 3 });
    expect(faces(happy.hits)).toEqual([happyOpen, corrected, happyShut]);
    expect(happy.hits.map(({ fit }) => Number(fit?.toFixed(1)))).toEqual([0.9, 0.5, 0.2]);
    expect(faces(searchByWords(set, "not happy, mouth closed", { k: 1 }).hits)).toEqual([sad]);
    expect(faces(searchByWords(set, "surprised-looking", { k: 1 }).hits)).toEqual([surprised]);
  });

  it("knows sub-classes by number, and says how many there are", () => {
    expect(searchByWords(set, "sadness/1", { k: 1 }).hits[0]?.face).toBe(sad);
    expect(() => searchByWords(set, "sadness/2")).toThrow('search: expected a sub-class from sadness/1 to sadness/1, but got "sadness/2".');
  });

  it("refuses words that it does not know, with the nearest that it does", () => {
    expect(() => searchByWords(set, "suprised")).toThrow('search: unknown word "suprised"; did you mean "surprised"?');
    expect(() => searchByWords(set, "bored")).toThrow(
      'search: unknown word "bored"; known: neutral, happiness, sadness, surprise, mouth open, mouth closed, eyes open, eyes closed, frontal, sharp',
    );
    expect(() => searchByWords(set, " , ")).toThrow('search: expected words with commas between, but got " , ".');
  });

  it("tells words from names of files", () => {
    expect(["happy", "Not  Sad, mouth open", "happiness/2"].every((text) => areWords(text, set.model.classes))).toBe(true);
    expect(["me.jpg", "happy.jpg", "happy, x"].some((text) => areWords(text, set.model.classes))).toBe(false);
    expect(meaningOf("no smile", set)).toEqual([{ kind: "class", negated: true, name: "happiness" }]);
  });
});
