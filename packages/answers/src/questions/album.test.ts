import { describe, expect, it } from "vitest";
import { albumOfFaces } from "./album.ts";
import { classes, type MadePhoto, madeSet } from "./fixtures/face-set.ts";

/** Three days: every look and person, bursts, and photos without faces. */
function holiday(): MadePhoto[] {
  const photos: MadePhoto[] = [];
  for (let day = 0; day < 3; day++) {
    for (let i = 0; i < 10; i++) {
      const second = 86_400 * day + 600 * i;
      const faces = [{ look: classes[(i + day) % 4] as string, person: i % 3 }];
      photos.push({ path: `day ${day}/${i}.jpg`, second, scene: 100 * day + i, faces });
      if (i === 4) photos.push({ path: `day ${day}/${i} again.jpg`, second: second + 2, scene: 100 * day + i, faces });
    }
    photos.push({ path: `day ${day}/sea.jpg`, second: 86_400 * day + 9000, faces: [] });
  }
  return photos;
}

describe("album", () => {
  it("chooses as many pictures as asked, each standing for a part of the album, together for all of it", () => {
    const { pictures, of, coverage, ceiling } = albumOfFaces(madeSet(holiday()), { size: 8 });
    expect(pictures).toHaveLength(8);
    expect(pictures.reduce((sum, { standsFor }) => sum + standsFor.photos, 0)).toBe(33);
    expect(pictures.reduce((sum, { standsFor }) => sum + standsFor.share, 0)).toBeCloseTo(1, 9);
    for (const { photo, standsFor } of pictures) {
      expect(standsFor.ids[0]).toBe(photo);
      expect(standsFor.ids).toHaveLength(standsFor.photos);
    }
    expect(of).toEqual({ photos: 36, faces: 33, withoutFaces: 3, dated: 36, moments: 33 });
    expect(coverage.all).toBeGreaterThan(0.6);
    expect(coverage.all).toBeLessThanOrEqual(ceiling);
  });

  it("shows every look, every person and every day, and no two shots of a burst", () => {
    const { pictures } = albumOfFaces(madeSet(holiday()), { size: 8 });
    expect(new Set(pictures.flatMap(({ faces }) => faces.map(({ expression }) => expression))).size).toBe(4);
    expect(new Set(pictures.map(({ path }) => path.slice(0, 5))).size).toBe(3);
    for (const { path } of pictures) expect(pictures.map((other) => other.path)).not.toContain(path.replace(".jpg", " again.jpg"));
  });

  it("says why each picture is there, in words for looks and not for feelings", () => {
    const { pictures } = albumOfFaces(madeSet(holiday()), { size: 6 });
    const [first] = [...pictures].sort((a, b) => a.rank - b.rank);
    expect(first?.why).toMatch(/^Typical of \d+ (neutral|happy|sad|surprised)-looking faces/);
    for (const { why } of pictures) {
      expect(why).toMatch(/^[A-Z].*\.$/);
      expect(why).not.toMatch(/\b(feel|happy|sad)\b(?!-looking)/);
    }
  });

  it("puts pictures in the order they were taken where all say when, else the best summary first", () => {
    const { pictures } = albumOfFaces(madeSet(holiday()), { size: 6 });
    expect(pictures.map(({ taken }) => taken)).toEqual(pictures.map(({ taken }) => taken as number).sort((a, b) => a - b));
    const untimed = albumOfFaces(madeSet(holiday().map(({ second: _second, ...photo }) => photo)), { size: 6 });
    expect(untimed.pictures.map(({ rank }) => rank)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(untimed.coverage.time).toBe(0);
    expect(untimed.of.dated).toBe(0);
  });

  it("lets photos without faces stand where that is asked for", () => {
    expect(albumOfFaces(madeSet(holiday()), { size: 36 }).pictures.some(({ path }) => path.endsWith("sea.jpg"))).toBe(false);
    const { pictures } = albumOfFaces(madeSet(holiday()), { size: 36, withoutFaces: true });
    expect(pictures.find(({ path }) => path.endsWith("sea.jpg"))?.why).toBe("A picture without faces.");
  });

  it("keeps the pictures it is told to", () => {
    const { pictures } = albumOfFaces(madeSet(holiday()), { size: 3, keep: ["day 1/7.jpg"] });
    expect(pictures.find(({ path }) => path === "day 1/7.jpg")).toMatchObject({ rank: 1, why: "Asked for." });
  });

  it("prefers a sharp face with open eyes to a poor shot of the same moment", () => {
    const shot = (path: string, quality: object, second: number) => ({
      path,
      second,
      scene: 1,
      faces: [{ look: "happiness", quality }],
    });
    const set = madeSet([shot("a.jpg", { sharpness: 0.1 }, 0), shot("b.jpg", {}, 1), shot("c.jpg", { eyesOpen: 0 }, 2)]);
    expect(albumOfFaces(set, { size: 3 }).pictures.map(({ path }) => path)).toEqual(["b.jpg"]);
  });

  it("gives the same answer whatever the order of the photos, and can be written as JSON", () => {
    const answer = albumOfFaces(madeSet(holiday()), { size: 5 });
    expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    expect(albumOfFaces(madeSet(holiday()), { size: 5 })).toEqual(answer);
  });

  it("says what is wrong with options and empty sets", () => {
    const set = madeSet(holiday());
    expect(() => albumOfFaces(set, { keep: ["nowhere.jpg"] })).toThrow(
      'album: expected keep to be photos of the library, by their paths in it, but got "nowhere.jpg".',
    );
    expect(() => albumOfFaces(set, { sise: 3 } as object)).toThrow('album: unknown option "sise"; did you mean "size"?');
    expect(() => albumOfFaces(madeSet([{ path: "sea.jpg", faces: [] }]))).toThrow(
      "album: expected faces, but none was found in 1 photo of /photos.",
    );
  });
});
