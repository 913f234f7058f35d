import { Embeddings } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { modelOfCard } from "../face-sets/model-of-card.ts";
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

  it("refuses an embedding that is near nothing", () => {
    expect(() => searchByEmbedding(set, set.embeddings.row(0).slice().fill(Number.NaN, 3, 4))).toThrow(
      "search: expected an embedding of finite numbers, but got NaN at 3.",
    );
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

  it("finds what is none of these by no class, and by what was measured", () => {
    const strange = madeSet([
      { path: "a.jpg", faces: [{ look: "bored", stray: 9, quality: { mouthOpen: 0.9 } }] },
      { path: "b.jpg", faces: [{ look: "sadness", quality: { mouthOpen: 0.1 } }] },
    ]);
    const [none, sad] = strange.faces.map(({ id }) => id) as [number, number];
    const fits = (words: string) => new Map(searchByWords(strange, words).hits.map(({ face, fit }) => [face, fit]));
    expect(strange.model.classify(strange.embeddings)[0]?.verdict).toBe("none of these");
    for (const words of ["neutral", "happy", "sad", "surprised", "sadness/1"]) expect(fits(words).get(none)).toBe(0);
    expect(fits("mouth open").get(none)).toBe(0.9);
    expect(fits("not sad").get(none)).toBe(1);
    expect(fits("sad").get(sad)).toBeGreaterThan(0.9);
  });

  it("knows sub-classes by number, and says how many there are", () => {
    expect(searchByWords(set, "sadness/1", { k: 1 }).hits[0]?.face).toBe(sad);
    const { card } = set.model;
    const kinds = {
      means: [...card.gaussians.means, [0, 9, 3, 0, 0, 0]],
      sigmas: Array(5).fill(1),
      priors: Array(5).fill(0.2),
      parents: [0, 1, 2, 3, 1],
    };
    expect(() => searchByWords({ ...set, model: modelOfCard({ ...card, kinds }) }, "happiness/3")).toThrow(
      'search: expected a sub-class from happiness/1 to happiness/2, but got "happiness/3".',
    );
    expect(() => searchByWords(set, "sadness/2")).toThrow(
      'search: expected a class with sub-classes, but sadness has none in this model, to find "sadness/2".',
    );
  });

  it("finds a sub-class by the Gaussians that tell sub-classes apart, where others name faces", () => {
    const { card } = set.model;
    const means = [...card.gaussians.means, [0, 9, 3, 0, 0, 0], [0, 9, -3, 0, 0, 0]];
    const kinds = { means, sigmas: Array(6).fill(1), priors: [0.25, 0, 0.25, 0.25, 0.125, 0.125], parents: [0, 1, 2, 3, 1, 1] };
    const model = modelOfCard({ ...card, kinds });
    const rows = [Float32Array.of(0, 9, 3, 0, 0, 0), Float32Array.of(0, 9, -3, 0, 0, 0)];
    const embeddings = new Embeddings(Float32Array.from(rows.flatMap((row) => [...row])), 6);
    const two = { ...set, faces: set.faces.slice(0, 2), embeddings, model };
    expect(faces(searchByWords(two, "happiness/2", { k: 1 }).hits)).toEqual([happyOpen]);
    expect(faces(searchByWords(two, "happiness/3", { k: 1 }).hits)).toEqual([sad]);
    const [{ fit = 0 } = {}] = searchByWords(two, "happiness/2", { k: 1 }).hits;
    const happy = model.classify(embeddings)[0]?.distribution[1] as number;
    expect(fit).toBeLessThanOrEqual(happy); // a sub-class is no likelier than its class
    const [first, second] = ["happiness/2", "happiness/3"].map(
      (words) => searchByWords(two, words).hits.find(({ face }) => face === happyOpen)?.fit,
    );
    expect((first as number) + (second as number)).toBeCloseTo(happy, 10);
    expect(model.classify(embeddings).map(({ predicted, subclass }) => [predicted, subclass])).toEqual([
      [1, 4],
      [1, 5],
    ]);
    expect(model.classify(embeddings)[0]?.distribution).toEqual(set.model.classify(embeddings)[0]?.distribution);
  });

  it("refuses words that it does not know, with the nearest that it does", () => {
    expect(() => searchByWords(set, "old")).toThrow('search: unknown word "old"; known: neutral, '); // two edits from "sad" are no slip
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
