import { describe, expect, it } from "vitest";
import { albumOfFaces } from "./album.ts";
import { type AskedOfFaces, askFaces, type QuestionOfFaces } from "./ask.ts";
import { auditFaces } from "./audit.ts";
import { bestOfFaces } from "./best.ts";
import { classifyFaces } from "./classify.ts";
import { clusterFaces } from "./cluster.ts";
import { columnsOfFaces } from "./face-columns.ts";
import { classes, madeSet } from "./fixtures/face-set.ts";
import { searchByEmbedding, searchByWords } from "./search.ts";
import { learnClass } from "./teach.ts";

const set = madeSet(
  Array.from({ length: 60 }, (_, i) => {
    const look = i < 48 ? (classes[i % 4] as string) : "bored";
    return { path: `${look}/${i}.jpg`, second: 10 * i, scene: i >> 1, faces: [{ look }] };
  }),
);
const bored = [50, 51, 52, 53];
const embedding = set.embeddings.row(1);

/** Each question once, and what its own function says. */
const questions: { readonly [Q in QuestionOfFaces]: readonly [AskedOfFaces<Q>, () => unknown] } = {
  album: [{ question: "album", options: { size: 3, seed: 5 } }, () => albumOfFaces(set, { size: 3, seed: 5 })],
  best: [{ question: "best", options: { expression: "sadness" } }, () => bestOfFaces(set, { expression: "sadness" })],
  cluster: [{ question: "cluster", options: { k: 3 } }, () => clusterFaces(set, { k: 3 })],
  classify: [{ question: "classify" }, () => classifyFaces(set)],
  audit: [{ question: "audit", options: { threshold: 0.1 } }, () => auditFaces(set, { threshold: 0.1 })],
  columns: [{ question: "columns" }, () => columnsOfFaces(set)],
  teach: [{ question: "teach", name: "bored", faces: bored }, () => learnClass(set, "bored", bored)],
  "search by words": [{ question: "search by words", words: "happy", options: { k: 4 } }, () => searchByWords(set, "happy", { k: 4 })],
  "search by embedding": [
    { question: "search by embedding", embedding, options: { k: 2, except: [2] } },
    () => searchByEmbedding(set, embedding, { k: 2, except: [2] }),
  ],
};

describe("askFaces", () => {
  it.each(Object.entries(questions))("answers %s as its own function does, in plain data both ways", (_, [asked, own]) => {
    const answer = askFaces(set, structuredClone(asked));
    expect(answer).toEqual(own());
    expect(structuredClone(answer)).toEqual(answer);
  });

  it("knows the type of the answer by the question", () => {
    const [first] = askFaces(set, { question: "search by words", words: "happy", options: { k: 1 } }).hits;
    expect(first?.expression).toBe("happiness");
    expect(askFaces(set, { question: "album", options: { size: 2 } }).pictures).toHaveLength(2);
  });

  it("refuses a question that is none, also where every object has its name", () => {
    for (const question of ["mood", "constructor", undefined]) {
      expect(() => askFaces(set, { question } as unknown as AskedOfFaces)).toThrow(
        "ask: expected question to be one of album, best, cluster, classify, audit, columns, teach, search by words, search by embedding, " +
          `but got ${question === undefined ? "nothing" : `"${question}"`}.`,
      );
    }
  });

  it("refuses options as the question does", () => {
    const wrong = { question: "album", options: { sise: 3 } } as unknown as AskedOfFaces;
    expect(() => askFaces(set, wrong)).toThrow(/album: .*sise/);
  });
});
