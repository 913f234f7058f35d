import { Embeddings, Random } from "@semblant/core";
import { describe, expect, it } from "vitest";
import { type AdaptFacesOptions, adaptFaces, type LabelledFaces } from "./adapt.ts";
import { classes, madeModel } from "./fixtures/face-set.ts";

const { card } = madeModel();
/** Faces of another camera: all are moved by 8 along one direction, so that all look surprised to the model. */
const moved = 8;

/** Faces of persons, as many of each look; "smirk" is a look that the model does not know. */
function faces(looks: readonly string[], { persons = ["ann", "bob", "cat", "dan"], each = 1, seed = 1 } = {}): LabelledFaces {
  const random = new Random(seed);
  const all = persons.flatMap((person) => looks.flatMap((look) => Array.from({ length: each }, () => ({ person, look }))));
  const values = all.flatMap(({ look }) => {
    const place = look === "smirk" ? 4 : classes.findIndex((name) => look.startsWith(name.slice(0, 3)));
    return Array.from({ length: 6 }, (_, d) => (d === place ? 7 : 0) + (d === 3 ? moved : 0) + random.normal());
  });
  const given = all.map(({ look }) => look);
  return { data: "mine", embeddings: new Embeddings(Float32Array.from(values), 6), given, people: all.map(({ person }) => person) };
}

function adapted(of: LabelledFaces, options: AdaptFacesOptions = {}) {
  const steps = adaptFaces(card, of, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

describe("adaptFaces", () => {
  it("names faces of other persons better than the model did, and says so with intervals", () => {
    const {
      before,
      after,
      better,
      difference,
      persons,
      faces: n,
      notes,
      gained,
      lost,
      adaptation,
    } = adapted(faces(["neutral", "happy", "sad", "surprised"], { each: 3 }));
    expect({ n, persons, notes, better }).toEqual({ n: 48, persons: 4, notes: [], better: true });
    expect(after.accuracy.value).toBeGreaterThan(before.accuracy.value);
    expect(difference.value).toBeCloseTo(after.accuracy.value - before.accuracy.value, 9);
    expect(gained + lost).toBeGreaterThan(0);
    expect(adaptation).toMatchObject({ network: { name: "made by hand", checksum: "made-by-hand" }, classes, persons: 4 });
    expect(adaptation.gaussians.parents).toEqual([0, 1, 2, 3]);
    expect(adaptation.gaussians.whitening).toHaveLength(21);
    expect(adaptation.measured.after.metrics.accuracy?.value).toBeCloseTo(after.accuracy.value, 4);
    expect(adaptation.measured.after.recall).toHaveProperty("neutral");
  });

  it("is the same for the same seed", () => {
    const of = faces(["neutral", "happy", "sad"], { each: 2 });
    expect(adapted(of, { seed: 5 }).adaptation).toEqual(adapted(of, { seed: 5 }).adaptation);
  });

  it("never names a class without faces, if asked", () => {
    const of = faces(["neutral", "happy"], { each: 2 });
    expect(adapted(of).adaptation.gaussians.priors.every((prior) => prior > 0)).toBe(true);
    expect(adapted(of, { only: true }).adaptation.gaussians.priors.filter((prior) => prior > 0)).toHaveLength(2);
  });

  it("takes labels that the model does not know as new classes, if they are named", () => {
    const of = faces(["neutral", "happy", "smirk"], { each: 2 });
    expect(() => adapted(of)).toThrow(
      'adapt: expected labels that the model knows (neutral, happiness, sadness, surprise), but got "smirk" (8 faces).\n' +
        "  To take it as a new class: --new smirk",
    );
    for (const newClasses of [["smirk"], ["Smirk"], "all"] as const) {
      const { classes: all, newClasses: added, after } = adapted(of, { newClasses });
      expect([all, added]).toEqual([[...classes, "smirk"], ["smirk"]]);
      expect(after.perClass.find(({ name }) => name === "smirk")?.recall.value).toBe(100);
    }
    const both = { ...of, given: of.given.map((word, i) => (word === "smirk" && i % 2 === 0 ? "Smirk" : word)) };
    for (const newClasses of [["smirk"], ["Smirk", "smirk"], "all"] as const) {
      const { newClasses: added, after } = adapted(both, { newClasses });
      expect([added, after.perClass.find(({ name }) => name === "smirk")?.n]).toEqual([["smirk"], 8]); // one class, however it is spelled
    }
    expect(() => adapted(of, { newClasses: ["smirk", "happy"] })).toThrow('adapt: expected a new class, but "happy" is happiness already.');
    expect(() => adapted(of, { newClasses: ["smrk"] })).toThrow(
      'adapt: expected the new class to be one of the labels that the model does not know (smirk), but got "smrk".',
    );
    const odd = { ...of, given: of.given.map((word) => (word === "smirk" ? "a, b" : word)) };
    expect(() => adapted(odd)).toThrow('but got "a, b" (8 faces).\n  To take it as a new class: --new all');
    expect(() => adapted(odd, { newClasses: "all" })).toThrow('adapt: expected a name that a search can ask for, but got "a, b".');
  });

  it("says where there are too few faces, or one class only", () => {
    const few = faces(["neutral", "happy", "sad"], { persons: ["ann", "bob"] });
    expect(() => adapted(few)).toThrow(
      "adapt: expected at least 3 faces per class, but neutral has 2, happiness has 2 and sadness has 2.\n" +
        "  Label more of them, or leave them out.",
    );
    expect(() => adapted(faces(["happy"]))).toThrow("adapt: expected faces of at least 2 classes, but all are happiness.");
    expect(() => adapted(faces(["happy", "sad"]), { seed: -1 })).toThrow("adapt: expected seed to be a whole number from 0, but got -1.");
  });

  it("does it for faces of one person or of nobody known, and says what that means", () => {
    const alone = faces(["neutral", "happy", "sad"], { persons: ["ann"], each: 4 });
    expect(adapted(alone)).toMatchObject({
      persons: 12,
      notes: ["All faces are of one person (ann): nobody can say how well it names others."],
    });
    const { persons, notes } = adapted({ ...alone, people: alone.people.map(() => "") });
    expect(persons).toBe(12);
    expect(notes).toEqual([
      "Nothing says who is in a picture: each counts as a person of its own. " +
        "Where several are of one person, others will be named less well than is said here.",
    ]);
  });

  it("refuses an adapted model, whose network is to be adapted", () => {
    const again = { ...card, name: "mine", provenance: { adaptation: "00000001" } };
    expect(() => adaptFaces(again, faces(["happy", "sad"])).next()).toThrow(
      'adapt: expected a model as it was trained, but got "mine".\n  Adapt its network again, to all of your faces at once.',
    );
  });
});
