import { describe, expect, it } from "vitest";
import { isPersonFolder, whoInName } from "./who-in-name.ts";

describe("who is in a picture", () => {
  it.each([
    ["anger/S010_004_00000017.png", "S010", "S010_004", "CK+ file names"],
    ["s010_004_00000017.PNG", "S010", "S010_004", "CK+ file names"],
    ["S005/001/S005_001_00000011.png", "S005", "S005_001", "CK+ file names"],
    ["afraid/AF01AFS.JPG", "F01", "AF01AF", "KDEF file names"],
    ["BM31SUHR.jpg", "M31", "BM31SU", "KDEF file names"],
    ["F0001/F0001_AN03WH_F2D.bmp", "F0001", "F0001_AN", "BU-3DFE file names"],
    ["KA.AN1.39.tiff", "KA", undefined, "JAFFE file names"],
    ["Rafd045_01_Caucasian_female_angry_left.jpg", "01", "01_ANGRY_LEFT", "RaFD file names"],
    ["train/S010/happy.png", "S010", undefined, "folder names"],
    ["subject_12/video3/000.jpg", "SUBJECT_12", "SUBJECT_12/video3", "folder names"],
    ["happy/S010_004/00000017.png", "S010", "S010_004", "folder names"],
  ])("is said by %s", (path, subject, sequence, by) => {
    expect(whoInName(path)).toEqual({ subject, ...(sequence !== undefined && { sequence }), by });
  });

  it.each([
    "happy/0001.png",
    "fer0032298.png",
    "George_W_Bush_0001.jpg",
    "train_00001_aligned.jpg",
    "IMG_2041.JPG",
    "S1/a.png",
    "__proto__",
    "",
  ])("is not made up from %s", (path) => {
    expect(whoInName(path)).toBeUndefined();
  });

  it("is said by folders for people, which are called so", () => {
    expect(["S010", "P001", "subject 3", "actor-03"].map(isPersonFolder)).toEqual([true, true, true, true]);
    expect(["happy", "train", "1", "images"].map(isPersonFolder)).toEqual([false, false, false, false]);
  });
});
