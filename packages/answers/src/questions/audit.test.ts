import { describe, expect, it } from "vitest";
import { auditFaces, correctionsCsv } from "./audit.ts";
import { classes, type MadePhoto, madeSet } from "./fixtures/face-set.ts";

const folders: Record<string, string> = { neutral: "Neutral", happiness: "happy", sadness: "sad", surprise: "surprise" };
const wrong = [3, 17, 42];

/** Fifteen faces per class, three in another class's folder. */
function labelled(folderOf: (i: number, look: string) => string = (_, look) => folders[look] as string): MadePhoto[] {
  return Array.from({ length: 60 }, (_, i) => {
    const look = classes[i % 4] as string;
    const given = wrong.includes(i) ? (classes[(i + 1) % 4] as string) : look;
    return { path: `${folderOf(i, given)}/${String(i).padStart(2, "0")}.jpg`, faces: [{ look }] };
  });
}

describe("audit", () => {
  it("lists the faces in the wrong folder first, and says what they look like in the folders' own words", () => {
    const { doubtful, faces, labels } = auditFaces(madeSet(labelled()));
    const found = doubtful.slice(0, 3);
    expect(found.map(({ path }) => Number(path.slice(-6, -4))).sort((a, b) => a - b)).toEqual(wrong);
    for (const { path, given, suggested, doubt, witnesses } of found) {
      expect(path.startsWith(`${given}/`)).toBe(true);
      expect(suggested).toBe(folders[classes[Number(path.slice(-6, -4)) % 4] as string]);
      expect(doubt).toBeGreaterThan(0.9);
      expect(Object.keys(witnesses).sort()).toEqual(["gaussians", "model", "neighbors"]);
    }
    expect(doubtful.length).toBeLessThan(6);
    expect(faces).toBe(60);
    expect(labels.find(({ label }) => label === "happy")).toMatchObject({ expression: "happiness", faces: 14 });
  });

  it("judges no face that is turned, and names it", () => {
    const photos = labelled().map((photo, i) => (i === 3 ? { ...photo, faces: [{ look: "surprise", turned: true as const }] } : photo));
    const { doubtful, faces, turned } = auditFaces(madeSet(photos));
    expect(turned).toEqual([photos[3]?.path]);
    expect(faces).toBe(59);
    expect(doubtful.map(({ path }) => path)).not.toContain(photos[3]?.path);
  });

  it("lets no frame of a video be borne out by the frames beside it, which have the same wrong label", () => {
    // Six frames of one video in the wrong folder, nearer to each other than to anything else.
    const photosOf = (frame: (n: number) => string): MadePhoto[] => [
      ...labelled(),
      ...[1, 2, 3, 4, 5, 6].map((n) => ({ path: `happy/${frame(n)}.png`, faces: [{ look: "sadness", stray: 0.01 }] })),
    ];
    const borneOut = (photos: MadePhoto[]) => {
      const frames = auditFaces(madeSet(photos), { k: 3, threshold: 0 }).doubtful.filter(({ path }) => path.endsWith(".png"));
      return Math.max(...frames.map(({ witnesses }) => witnesses.neighbors as number));
    };
    expect(borneOut(photosOf((n) => `S010_004_0000001${n}`))).toBe(0);
    expect(borneOut(photosOf((n) => `photo ${n}`))).toBe(1);
  });

  it("asks the folder's own faces about labels that the model does not know", () => {
    const { doubtful, labels } = auditFaces(madeSet(labelled((_, look) => `kind ${classes.indexOf(look as "neutral")}`)));
    expect(
      doubtful
        .slice(0, 3)
        .map(({ path }) => Number(path.slice(-6, -4)))
        .sort((a, b) => a - b),
    ).toEqual(wrong);
    expect(doubtful[0]?.witnesses).not.toHaveProperty("model");
    expect(labels[0]).not.toHaveProperty("expression");
  });

  it("asks the model alone about labels that few faces have", () => {
    const set = madeSet([
      { path: "happy/a.jpg", faces: [{ look: "sadness", stray: 0.1 }] },
      { path: "happy/b.jpg", faces: [{ look: "happiness", stray: 0.1 }] },
      { path: "sad/c.jpg", faces: [{ look: "sadness", stray: 0.1 }] },
    ]);
    const { doubtful } = auditFaces(set);
    expect(doubtful.map(({ path, suggested, witnesses }) => [path, suggested, Object.keys(witnesses)])).toEqual([
      ["happy/a.jpg", "sad", ["model"]],
    ]);
  });

  it("reads labels below folders of splits, asks about the largest face, and counts what has none", () => {
    const set = madeSet([
      {
        path: "train/happy/a.jpg",
        faces: [
          { look: "happiness", side: 20 },
          { look: "sadness", side: 200, stray: 0.1 },
        ],
      },
      { path: "test/sad/b.jpg", faces: [{ look: "sadness", stray: 0.1 }] },
      { path: "test/sad/wall.jpg", faces: [] },
      { path: "loose.jpg", faces: [{ look: "sadness" }] },
    ]);
    expect(auditFaces(set)).toMatchObject({
      doubtful: [{ given: "happy", suggested: "sad" }],
      faces: 2,
      withoutFaces: ["test/sad/wall.jpg"],
      unlabeled: 1,
    });
  });

  it("does not let a face vouch for itself", () => {
    const set = madeSet(labelled());
    const everyone = auditFaces(set, { k: 1, threshold: 0 });
    for (const i of wrong) {
      expect(everyone.doubtful.find(({ path }) => Number(path.slice(-6, -4)) === i)?.witnesses.neighbors).toBe(0);
    }
  });

  it("lists by a threshold, and takes labels from elsewhere", () => {
    const set = madeSet(labelled());
    expect(auditFaces(set, { threshold: 1 }).doubtful.length).toBeLessThanOrEqual(auditFaces(set, { threshold: 0.5 }).doubtful.length);
    const one = auditFaces(set, { labelOf: ({ id }) => (id === 102 ? "sad" : undefined) });
    expect(one.doubtful).toMatchObject([{ given: "sad", suggested: "happiness" }]);
  });

  it("writes corrections that a training reads, paths with commas in quotes", () => {
    const [face] = auditFaces(madeSet(labelled())).doubtful;
    const text = correctionsCsv([
      { ...(face as NonNullable<typeof face>), path: 'happy/a, "b".jpg', suggested: "sad", given: "happy", doubt: 0.987 },
    ]);
    expect(text).toBe('path,label,given,doubt,looks\n"happy/a, ""b"".jpg",sad,happy,0.987,sad\n');
  });

  it("suggests what the model believes, and leaves a face to a person where the folder has no label for that", () => {
    const plain = Array.from({ length: 12 }, (_, i) => ({
      path: `${i % 2 ? "sad" : "happy"}/plain${i}.jpg`,
      faces: [{ look: "neutral" }],
    }));
    const set = madeSet([...labelled().filter(({ path }) => !path.startsWith("Neutral/")), ...plain]);
    const { doubtful } = auditFaces(set);
    const outside = doubtful.filter(({ path }) => path.includes("plain"));
    expect(outside.length).toBeGreaterThan(2);
    for (const { suggested, forAPerson } of outside) expect([suggested, forAPerson]).toEqual(["neutral", true]);
    const lines = correctionsCsv(outside).trim().split("\n").slice(1);
    for (const line of lines) expect(line).toMatch(/^(sad|happy)\/plain\d+\.jpg,\1,\1,[01]\.\d{3},neutral$/);
    const inside = doubtful.filter((face) => !outside.includes(face));
    for (const { suggested } of inside) expect(["happy", "sad", "surprise"]).toContain(suggested);
    expect(inside.some(({ forAPerson }) => forAPerson)).toBe(false);
  });

  it("hears the folder's other faces where they favour a label that the model does not know", () => {
    const folder = (i: number) => (i % 3 === 0 ? "bored" : i % 3 === 1 ? "happy" : "sad");
    const look = (i: number) => ["bored", "happiness", "sadness"][i % 3] as string;
    const made = Array.from({ length: 45 }, (_, i) => ({ path: `${i === 3 ? "happy" : folder(i)}/${i}.jpg`, faces: [{ look: look(i) }] }));
    expect(auditFaces(madeSet(made)).doubtful[0]).toMatchObject({ path: "happy/3.jpg", suggested: "bored", forAPerson: false });
  });

  it("says what it cannot audit", () => {
    expect(() => auditFaces(madeSet([{ path: "a.jpg", faces: [{ look: "sadness" }] }]))).toThrow(
      "audit: expected faces with labels, in folders named by them (happy/a.jpg), but no face has one.",
    );
    expect(() => auditFaces(madeSet([{ path: "happy/a.jpg", faces: [] }]))).toThrow("but no face was found in any photo.");
    expect(() => auditFaces(madeSet([{ path: "x/a.jpg", faces: [{ look: "sadness" }] }]))).toThrow(
      'but all are "x", which the model does not know.',
    );
    expect(() => auditFaces(madeSet(labelled()), { threshold: 7 })).toThrow(
      "audit: expected threshold to be a number from 0 to 1, but got 7.",
    );
  });
});
