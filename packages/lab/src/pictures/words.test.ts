import { OptionError } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { madeSet } from "../../../answers/src/questions/fixtures/face-set.ts";
import { classOfWord, lookOf } from "../../../answers/src/questions/looks.ts";
import { searchByWords } from "../../../answers/src/questions/search.ts";
import { areWords } from "../../../answers/src/questions/search-words.ts";
import { learnClass } from "../../../answers/src/questions/teach.ts";
import { withTaught } from "../../../answers/src/taught/taught-classes.ts";
import { pathOfModel } from "../../../photos/src/models/read-model.ts";
import { knowingTaught } from "../../../photos/src/taught/knowing-taught.ts";
import { wordsFor } from "../models/model-words.ts";
import { seriesStyles } from "./series.ts";

const set = madeSet(
  Array.from({ length: 60 }, (_, i) => ({
    path: `${i}.jpg`,
    faces: [{ look: i < 48 ? (["neutral", "happiness"][i % 2] as string) : "bored" }],
  })),
);
/** What every object inherits: words like any others where people write them. */
const inherited = Object.getOwnPropertyNames(Object.prototype);

describe("words that every object knows", () => {
  it("are unknown to a search, a class and a model", () => {
    for (const word of inherited) {
      expect(areWords(word, set.model.classes)).toBe(false);
      expect(() => searchByWords(set, word)).toThrow(OptionError);
      expect(() => classOfWord("best", "expression", word, set.model)).toThrow(OptionError);
      expect(pathOfModel(word)).toBe(word);
      expect(wordsFor(word).licence).toBe(`Trained on ${word}: its terms say whether weights may be given out and to whom.`);
      expect(lookOf(word)).toBe(`${word}-looking`);
      expect(seriesStyles([{ name: word }])[0]?.color).toMatch(/^#/);
    }
    expect(() => searchByWords(set, "__proto__")).toThrow(/^search: unknown word "__proto__"; known: neutral, /);
  });

  it("may be classes of a model, and are searched for like others", () => {
    for (const name of ["constructor", "valueOf"]) {
      const { taught } = learnClass(set, name, [49, 50, 51, 52]);
      const knowing = { ...set, model: withTaught(set.model, [taught]) };
      expect(searchByWords(knowing, name, { k: 5 }).hits.every(({ face }) => face > 48)).toBe(true);
      expect(searchByWords(knowing, "happy", { k: 1 }).hits).toHaveLength(1);
    }
    expect(knowingTaught(set).model.classes).toEqual(set.model.classes);
  });
});

describe("a name to teach", () => {
  it("is one that a search can ask for", () => {
    for (const name of [
      "__proto__",
      "a, b",
      "happy/2",
      "12",
      "not sad",
      "mouth open",
      "x-looking",
      "=1+1",
      "a\u001bb",
      "a\nb",
      "x".repeat(101),
    ]) {
      expect(() => learnClass(set, name, [49, 50, 51])).toThrow(/^teach: expected a name that a search can ask for, but got "/);
    }
    expect(() => learnClass(set, "__proto__", [49])).toThrow(
      'teach: expected a name that a search can ask for, but got "__proto__".\n  Take a word of at most 100 characters, without comma or slash, like smirk.',
    );
    for (const name of ["smirk", "Grüße", "笑顔", "2nd smile", "half asleep"]) expect(learnClass(set, name, [49, 50, 51]).name).toBe(name);
  });
});
