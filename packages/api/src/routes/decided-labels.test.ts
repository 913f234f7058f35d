import type { Audit, CorrectionRecord, PhotoRecord } from "@semblant/answers";
import { describe, expect, it } from "vitest";
import { decidedLabels } from "./decided-labels.ts";

const box = { x: 0, y: 0, width: 9, height: 9 };
const doubtful = (face: number, path: string, given: string, suggested: string): Audit["doubtful"][number] => {
  return { face, photo: face, path, box, given, suggested, forAPerson: false, doubt: 0.9, witnesses: {} };
};
const audit: Audit = {
  doubtful: [doubtful(1, "happy/a.jpg", "happy", "sad"), doubtful(2, "happy/b.jpg", "happy", "sad")],
  faces: 9,
  threshold: 0.7,
  labels: [
    { label: "happy", expression: "happiness", faces: 5, doubtful: 2 },
    { label: "sad", expression: "sadness", faces: 4, doubtful: 0 },
  ],
  withoutFaces: ["train/sad/c.jpg", "sad/landscape.jpg"],
  turned: [],
  unlabeled: 0,
};
const photo = (id: number, path: string) => ({ id, path }) as PhotoRecord;
const photos = { photos: [photo(3, "train/sad/c.jpg"), photo(4, "sad/landscape.jpg")], faces: [1, 0], unread: [], remarks: [] };
const said = (id: number, kind: CorrectionRecord["kind"], face: number, label?: string): CorrectionRecord => {
  return { id, kind, faces: [face], made: id, ...(label !== undefined && { label }) };
};

describe("labels as a person decided them", () => {
  const lines = (corrections: readonly CorrectionRecord[], only = true) =>
    decidedLabels(audit, { corrections, photos }, only).map(({ path, suggested }) => [path, suggested]);

  it("are in the folders' words; the last word counts", () => {
    expect(lines([said(1, "label", 1, "anger"), said(2, "label", 1, "sadness")])).toEqual([["happy/a.jpg", "sad"]]);
    expect(lines([said(1, "label", 1, "fear")], false)).toEqual([
      ["happy/a.jpg", "fear"],
      ["happy/b.jpg", "sad"],
    ]);
  });

  it("that were kept are no corrections", () => {
    expect(lines([said(1, "label", 1, "happiness")])).toEqual([]);
  });

  it("leave out a photo whose face is none, and not one in which no face was found", () => {
    expect(lines([said(1, "not a face", 8)])).toEqual([["train/sad/c.jpg", ""]]);
    expect(lines([])).toEqual([]);
  });
});
