import { describe, expect, it } from "vitest";
import type { PhotoRow } from "../../client/photos.ts";
import type { FaceColumns } from "../../client/shapes.ts";
import { choiceOf, choosePhotos, everything, foldersOf, monthsOf, searchOf } from "./choose.ts";

const photo = (id: number, path: string, { taken = null as number | null, faces = 1 } = {}): PhotoRow => ({
  id,
  path,
  taken,
  faces,
  ratio: 1,
  version: "v",
});
const day = (text: string) => Date.parse(`${text}T12:00:00Z`);
const photos = [
  photo(1, "b/x.jpg", { taken: day("2024-05-02") }),
  photo(2, "a/c/y.jpg", { taken: day("2024-06-09"), faces: 0 }),
  photo(3, "a/z.jpg"),
  photo(4, "a/c/w.jpg", { taken: day("2024-05-30") }),
];
const ids = (chosen: readonly PhotoRow[]) => chosen.map(({ id }) => id);

describe("the choice of photos", () => {
  it("is ordered by time, those of no known time last, or by path", () => {
    expect(ids(choosePhotos(photos, everything, undefined))).toEqual([2, 4, 1, 3]);
    expect(ids(choosePhotos(photos, { ...everything, sort: "old" }, undefined))).toEqual([1, 4, 2, 3]);
    expect(ids(choosePhotos(photos, { ...everything, sort: "path" }, undefined))).toEqual([4, 2, 3, 1]);
  });

  it("is that of a folder with those below it, and of photos with or without faces", () => {
    expect(ids(choosePhotos(photos, { ...everything, folder: "a" }, undefined))).toEqual([2, 4, 3]);
    expect(ids(choosePhotos(photos, { ...everything, faces: "none" }, undefined))).toEqual([2]);
    expect(ids(choosePhotos(photos, { ...everything, faces: "some" }, undefined))).toEqual([4, 1, 3]);
  });

  it("of an expression takes the faces that are named so, and no unsure ones", () => {
    const columns = { id: [7, 8, 9], photo: [1, 3, 4], expression: [1, 1, 0], verdict: [0, 2, 0] };
    const faces = { expressions: ["neutral", "fear"], verdicts: ["named", "corrected", "unsure"], columns } as unknown as FaceColumns;
    expect(ids(choosePhotos(photos, { ...everything, expression: "fear" }, faces))).toEqual([1]);
    expect(ids(choosePhotos(photos, { ...everything, expression: "joy" }, faces))).toEqual([]);
  });

  it("stands in the address, and comes back from it", () => {
    const choice = { folder: "a & b/ü", expression: "fear", faces: "some", sort: "old" } as const;
    expect(choiceOf(new URLSearchParams(searchOf(choice)))).toEqual(choice);
    expect(searchOf(everything)).toBe("");
    expect(searchOf(everything, { face: "3" })).toBe("?face=3");
    expect(choiceOf(new URLSearchParams("sort=<b>&faces=x"))).toEqual(everything);
  });

  it("knows the folders, and where months begin", () => {
    expect(foldersOf(photos)).toEqual(["a", "a/c", "b"]);
    expect(monthsOf(choosePhotos(photos, everything, undefined)).map(({ from, time }) => [from, time === null])).toEqual([
      [0, false],
      [1, false],
      [3, true],
    ]);
  });
});
