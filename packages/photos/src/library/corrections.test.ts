import { cpSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { search } from "../asking/search.ts";
import { engine, type Place } from "./fixtures/engine.ts";
import { blue, emptyFolder, green, red, writePhotos } from "./fixtures/photos.ts";
import { openReader } from "./fixtures/pixel-reader.ts";
import { type Library, openLibrary } from "./library.ts";

let library: Library;
let place: Place = {};
beforeEach(async () => {
  place = engine.place();
  const folder = await writePhotos(emptyFolder(), { "a.jpg": [red], "b.jpg": [green, blue], "trip/c.jpg": [blue], "trip/d.jpg": [red] });
  library = await openLibrary(folder, { reader: openReader, ...place });
  await indexed();
});
afterEach(() => {
  library.close();
  rmSync(library.root, { recursive: true, force: true });
});

async function indexed(): Promise<void> {
  for await (const _ of library.index());
}

const at = (path: string) => join(library.root, path);
/** The ids of a photo's faces, left to right. */
function facesOf(path: string): number[] {
  const { faces, photos } = library.faceSet({ hidden: true });
  return faces.filter((face) => photos.get(face.photo)?.path === path).map((face) => face.id);
}
const shown = () => {
  const { faces, photos } = library.faceSet();
  return faces.map((face) => photos.get(face.photo)?.path);
};

describe("a correction", () => {
  it("takes what is not a face out of every answer", async () => {
    const [left, right] = facesOf("b.jpg") as [number, number];
    library.correct({ kind: "not a face", face: left });
    expect(library.faceSet().faces.map((face) => face.id)).not.toContain(left);
    expect((await search(library, right, { k: 10 })).hits.map((hit) => hit.face)).not.toContain(left);
    expect((await search(library, right, { k: 10 })).searched).toBe(3);
  });

  it("counts the faces of a photo without what is none, where a filter asks how many there are", () => {
    expect(library.faceSet({ people: { least: 2 } }).faces.map(({ id }) => id)).toEqual(facesOf("b.jpg"));
    library.correct({ kind: "not a face", face: facesOf("b.jpg")[0] as number });
    expect(library.faceSet({ people: { least: 2 } }).faces).toEqual([]);
    expect(library.unmatched({ people: { least: 2, most: 3 }, side: 1 })).toBe("no face has people>=2 and people<=3");
    expect(library.faceSet({ people: { most: 1 } }).faces).toHaveLength(4);
  });

  it("gives a face another label, the last one said, and filters go by it", () => {
    const [face] = facesOf("a.jpg") as [number];
    library.correct({ kind: "label", face, label: "sadness" });
    library.correct({ kind: "label", face, label: "smirk" });
    expect(library.faceSet().faces.find(({ id }) => id === face)?.label).toBe("smirk");
    const found = (expression: string) => library.faceSet({ expression }).faces.map(({ id }) => id);
    expect(found("smirk")).toEqual([face]);
    expect(found("anger")).toEqual(facesOf("trip/d.jpg"));
    expect(() => library.correct({ kind: "label", face, label: "hapiness" })).toThrow(
      'correct: unknown label "hapiness"; did you mean "happiness"?',
    );
  });

  it("joins faces, passes that on, and keeps others apart", () => {
    const ids = ["a.jpg", "trip/c.jpg", "trip/d.jpg"].flatMap(facesOf) as [number, number, number];
    library.correct({ kind: "together", faces: [ids[0], ids[1]] });
    library.correct({ kind: "together", faces: [ids[1], ids[2]] });
    const [left] = facesOf("b.jpg") as [number];
    const apart = library.correct({ kind: "apart", faces: [left, ids[0]] });
    const records = new Map(library.faceSet().faces.map((face) => [face.id, face]));
    expect(records.get(ids[0])?.together).toEqual([ids[1], ids[2]]);
    expect(records.get(left)).toMatchObject({ together: [], apart: [ids[0]] });
    expect(() => library.correct({ kind: "together", faces: [left, ids[2]] })).toThrow(
      `correct: expected faces that may be together, but ${left} and ${ids[0]} were said to be apart.\n  Withdraw that first.`,
    );
    expect(() => library.correct({ kind: "apart", faces: [ids[0], ids[2]] })).toThrow("were said to be together");
    library.withdraw(apart);
    library.correct({ kind: "together", faces: [left, ids[2]] });
    expect(() => library.withdraw(apart)).toThrow(`correct: expected the id of a correction, but ${apart} is none.`);
  });

  it("hides a person, with all faces that go together with it", () => {
    const ids = [...facesOf("a.jpg"), ...facesOf("trip/d.jpg")] as [number, number];
    library.correct({ kind: "together", faces: ids });
    library.correct({ kind: "hide", face: ids[1] });
    expect(shown()).toEqual(["b.jpg", "b.jpg", "trip/c.jpg"]);
    expect(library.faceSet({ hidden: true }).faces).toHaveLength(5);
  });

  it("hides a folder with all that comes into it, and a photo wherever it goes", async () => {
    library.correct({ kind: "hide", path: "trip" });
    library.correct({ kind: "hide", path: "a.jpg" });
    expect(shown()).toEqual(["b.jpg", "b.jpg"]);
    mkdirSync(at("elsewhere"));
    renameSync(at("a.jpg"), at("elsewhere/x.jpg"));
    cpSync(at("b.jpg"), at("trip/new.jpg"));
    await indexed();
    expect(shown()).toEqual(["b.jpg", "b.jpg"]);
    expect(library.corrections().map(({ kind, path }) => [kind, path])).toEqual([
      ["hide", "trip"],
      ["hide", "elsewhere/x.jpg"],
    ]);
    expect(() => library.correct({ kind: "hide", path: "nowhere" })).toThrow(
      'correct: expected a photo or folder of the library, but got "nowhere".',
    );
  });

  it("finds its face again after a move, a copy, a deletion taken back, and every photo read anew", async () => {
    const [left, right] = facesOf("b.jpg") as [number, number];
    library.correct({ kind: "label", face: right, label: "happiness" });
    library.correct({ kind: "not a face", face: left });
    const labels = () =>
      library
        .faceSet({ folder: "." })
        .faces.flatMap(({ label, photo }) => (label === undefined ? [] : [library.faceSet().photos.get(photo)?.path]));
    renameSync(at("b.jpg"), at("moved.jpg"));
    await indexed();
    expect(labels()).toEqual(["moved.jpg"]);
    renameSync(at("moved.jpg"), `${library.root}-away.jpg`);
    await indexed();
    expect(labels()).toEqual([]);
    expect(library.corrections()[0]).toMatchObject({ kind: "label", faces: [] });
    renameSync(`${library.root}-away.jpg`, at("back.jpg"));
    cpSync(at("back.jpg"), at("copy.jpg"));
    await indexed();
    expect(labels()).toEqual(["back.jpg", "copy.jpg"]);
    expect(facesOf("copy.jpg")).toHaveLength(1);
    const other = await openLibrary(library.root, { reader: () => openReader({ model: "other" }), ...place });
    for await (const _ of other.index({ replaceModel: true }));
    other.close();
    expect(labels()).toEqual(["back.jpg", "copy.jpg"]);
    expect(shown()).toEqual(["a.jpg", "back.jpg", "copy.jpg", "trip/c.jpg", "trip/d.jpg"]);
  });

  it("of no known kind, or of nothing in the library, is refused", () => {
    expect(() => library.correct({ kind: "wrong", face: 1 } as never)).toThrow(
      'correct: expected kind to be "not a face", "label", "together", "apart", "hide", but got "wrong".',
    );
    expect(() => library.correct({ kind: "not a face", face: 999 })).toThrow("correct: expected the id of a face, but 999 is none.");
    expect(() => library.correct({ kind: "together", faces: [1, 1] })).toThrow(
      "correct: expected at least 2 faces to be together, but got 1.",
    );
  });
});
