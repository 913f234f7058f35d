import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Embeddings } from "../embeddings/embeddings.ts";
import { Random } from "../random.ts";
import { hashDistance } from "./near-duplicates.ts";
import { type SummaryRows, summarizeRows } from "./summarize-rows.ts";

const day = 86_400_000;

/** An album of made-up photos: `kinds` expressions, people in as many clothes, days, and bursts of near-duplicates. */
function madeUp(seed: number, { count = 40, kinds = 3, people = 4, days = 3, burst = 0.3 } = {}) {
  const random = new Random(seed);
  const photos: { perceptualHash: bigint; quality: number; taken: number }[] = [];
  const facts: { kind: number; person: number; day: number }[] = [];
  for (let i = 0; i < count; i++) {
    const before = photos.at(-1);
    if (before && random.uniform() < burst) {
      photos.push({
        perceptualHash: before.perceptualHash ^ (1n << BigInt(random.integer(64))),
        quality: random.uniform(),
        taken: before.taken + 2000,
      });
      facts.push(facts.at(-1) as (typeof facts)[number]);
      continue;
    }
    const when = random.integer(days);
    const perceptualHash = (BigInt(random.integer(2 ** 32)) << 32n) | BigInt(random.integer(2 ** 32));
    photos.push({ perceptualHash, quality: random.uniform(), taken: when * day + random.integer(3_600_000) });
    facts.push({ kind: random.integer(kinds), person: random.integer(people), day: when });
  }
  const faces = facts.map(({ person }, photo) => ({
    photo,
    appearance: Float32Array.from({ length: 6 }, (_, d) => (d === person ? 8 : 0) + 0.3 * random.normal()),
  }));
  const values = facts.flatMap(({ kind }) => Array.from({ length: 4 }, (_, d) => (d === kind ? 9 : 0) + random.normal()));
  return { input: { photos, faces, embeddings: new Embeddings(Float32Array.from(values), 4) } satisfies SummaryRows, facts };
}

const albums = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 9 }));

describe("summarizeRows", () => {
  it("never chooses two near-duplicates, and every photo is stood for by one picture", () => {
    fc.assert(
      fc.property(albums, ([seed, count, size]) => {
        const { input } = madeUp(seed, { count });
        const { pictures, moments } = summarizeRows(input, { size });
        expect(new Set(pictures.map(({ photo }) => moments[photo])).size).toBe(pictures.length);
        expect(pictures.flatMap(({ standsFor }) => standsFor).sort((a, b) => a - b)).toEqual([...input.photos.keys()]);
        for (const { photo, standsFor } of pictures) expect(standsFor).toContain(photo);
        expect(pictures.length).toBeLessThanOrEqual(size);
      }),
      { numRuns: 60 },
    );
  });

  it("takes the best shot of a burst, and lets it stand for all of it", () => {
    fc.assert(
      fc.property(albums, ([seed, count, size]) => {
        const { input } = madeUp(seed, { count });
        const { pictures, moments } = summarizeRows(input, { size });
        for (const { photo, standsFor } of pictures) {
          const burst = [...input.photos.keys()].filter((i) => moments[i] === moments[photo]);
          for (const i of burst) {
            expect(standsFor).toContain(i);
            expect(input.photos[i]?.quality).toBeLessThanOrEqual(input.photos[photo]?.quality as number);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("shows every expression, every person and every day where there is room", () => {
    for (let seed = 0; seed < 12; seed++) {
      const { input, facts } = madeUp(seed, { count: 60 });
      const { pictures, coverage } = summarizeRows(input, { size: 8 });
      const shown = pictures.map(({ photo }) => facts[photo] as (typeof facts)[number]);
      expect(new Set(shown.map(({ kind }) => kind)).size).toBe(3);
      expect(new Set(shown.map(({ person }) => person)).size).toBe(4);
      expect(new Set(shown.map((fact) => fact.day)).size).toBe(3);
      expect(coverage.all).toBeGreaterThan(0.6);
    }
  });

  it("reaches at least 63 % of the best choice, found by trying every one, and no more than its ceiling", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 3, max: 7 }), fc.integer({ min: 1, max: 3 }), (seed, count, size) => {
        const { input } = madeUp(seed, { count, burst: 0 });
        const chosen = summarizeRows(input, { size });
        const every = [...input.photos.keys()].flatMap((a) => [...input.photos.keys()].map((b) => [a, b]));
        const pairs = size === 1 ? [...input.photos.keys()].map((a) => [a]) : every;
        const all = size < 3 ? pairs : pairs.flatMap((pair) => [...input.photos.keys()].map((c) => [...pair, c]));
        const optimum = Math.max(
          ...all.map((keep) => summarizeRows(input, { size: new Set(keep).size, keep: [...new Set(keep)] }).coverage.all),
        );
        expect(chosen.coverage.all).toBeGreaterThanOrEqual((1 - 1 / Math.E) * optimum - 1e-9);
        expect(chosen.coverage.all).toBeLessThanOrEqual(optimum + 1e-9);
        expect(chosen.ceiling).toBeGreaterThanOrEqual(optimum - 1e-9);
      }),
      { numRuns: 6 },
    );
  });

  it("covers more with more pictures, and the shorter album is the beginning of the longer where time does not count", () => {
    const { input } = madeUp(3, { count: 50 });
    const weights = { expression: 5, people: 3, time: 0 };
    const albums = [1, 4, 8].map((size) => summarizeRows(input, { size, weights }));
    const [one, four, eight] = albums.map(({ coverage }) => coverage.all) as [number, number, number];
    expect(four).toBeGreaterThan(one);
    expect(eight).toBeGreaterThan(four);
    expect(albums[2]?.pictures.slice(0, 4).map(({ photo }) => photo)).toEqual(albums[1]?.pictures.map(({ photo }) => photo));
  });

  it("gives the same album for the same photos, and says what each picture added", () => {
    const { input } = madeUp(5);
    expect(summarizeRows(input)).toEqual(summarizeRows(input));
    const { pictures, coverage } = summarizeRows(input);
    for (const aspect of ["expression", "people", "time"] as const) {
      expect(pictures.reduce((sum, { gains }) => sum + gains[aspect], 0)).toBeCloseTo(coverage[aspect], 9);
    }
  });

  it("does without times, appearances or faces", () => {
    const { input } = madeUp(6, { count: 12 });
    const bare = {
      photos: input.photos.map(({ perceptualHash, quality }) => ({ perceptualHash, quality })),
      faces: input.faces.map(({ photo }) => ({ photo })),
      embeddings: input.embeddings,
    };
    const { coverage, pictures } = summarizeRows(bare, { size: 3 });
    expect(coverage).toMatchObject({ people: 0, time: 0 });
    expect(coverage.all).toBeCloseTo(coverage.expression, 9);
    expect(pictures).toHaveLength(3);
    const faceless = { photos: bare.photos, faces: [], embeddings: new Embeddings(new Float32Array(0), 4) };
    expect(() => summarizeRows(faceless)).toThrow("summarizeRows: expected photos with faces, but got none.");
    expect(summarizeRows(faceless, { withoutFaces: true, size: 2 }).pictures).toHaveLength(2);
  });

  it("lets photos without faces stand only where that is asked for, and keeps what it is told to", () => {
    const { input } = madeUp(7, { count: 20, burst: 0 });
    const photos = [...input.photos, { perceptualHash: 0x5555_5555n, quality: 1, taken: 0 }];
    const without = summarizeRows({ ...input, photos }, { size: 21 });
    expect(without.pictures.some(({ photo }) => photo === 20)).toBe(false);
    expect(summarizeRows({ ...input, photos }, { size: 21, withoutFaces: true }).pictures.some(({ photo }) => photo === 20)).toBe(true);
    expect(summarizeRows({ ...input, photos }, { size: 3, keep: [20] }).pictures[0]?.photo).toBe(20);
  });

  it("does not let a crowd of small faces stand for portraits", () => {
    const { input } = madeUp(9, { count: 20, burst: 0 });
    const crowd = { perceptualHash: 0x1234_5678n, quality: 1, taken: 0 };
    const faces = [...input.faces, ...input.faces.map((face) => ({ ...face, photo: 20, prominence: 0.1 }))];
    const embeddings = input.embeddings.take([...input.faces.keys(), ...input.faces.keys()]);
    const withCrowd = { photos: [...input.photos, crowd], faces, embeddings };
    expect(summarizeRows(withCrowd, { size: 1 }).pictures[0]?.photo).not.toBe(20);
    const large = faces.map((face) => ({ ...face, prominence: 1 }));
    expect(summarizeRows({ ...withCrowd, faces: large }, { size: 1 }).pictures[0]?.photo).toBe(20);
  });

  it("takes a moment of many shots for one", () => {
    const { input } = madeUp(8, { count: 12, burst: 0 });
    const first = input.photos[0] as (typeof input.photos)[number];
    const shots = Array.from({ length: 60 }, (_, i) => ({ ...first, quality: 0, taken: first.taken + 100 * i }));
    const burst = {
      photos: [...input.photos, ...shots],
      faces: [...input.faces, ...shots.map((_, i) => ({ ...(input.faces[0] as (typeof input.faces)[number]), photo: 12 + i }))],
      embeddings: input.embeddings.take([...input.photos.keys(), ...shots.map(() => 0)]),
    };
    expect(hashDistance(first.perceptualHash, (burst.photos[20] as typeof first).perceptualHash)).toBe(0);
    const { pictures } = summarizeRows(burst, { size: 6 });
    expect(pictures.filter(({ photo }) => photo === 0 || photo >= 12).length).toBeLessThanOrEqual(1);
  });

  it("says what is wrong with photos, faces and options", () => {
    const { input } = madeUp(1, { count: 3 });
    const choose = (change: object, options = {}) => summarizeRows({ ...input, ...change }, options);
    expect(() => choose({}, { size: 0 })).toThrow("summarizeRows: expected size to be a whole number above 0, but got 0.");
    expect(() => choose({}, { keep: [3] })).toThrow("summarizeRows: expected keep to be photos from 0 to 2, but got 3.");
    expect(() => choose({}, { weights: { expression: 0, people: 0, time: 0 } })).toThrow("expected weights to be above 0 for some aspect");
    expect(() => choose({ faces: [] })).toThrow("summarizeRows: expected an embedding for each of 0 faces, but got 3.");
    expect(() => choose({ faces: input.faces.map(() => ({ photo: 9 })) })).toThrow(
      "summarizeRows: expected photos from 0 to 2, but face 0 is of 9.",
    );
    expect(() => choose({ photos: input.photos.map((photo) => ({ ...photo, quality: 2 })) })).toThrow(
      "summarizeRows: expected qualities from 0 to 1, but photo 0 has 2.",
    );
    expect(() => choose({ faces: input.faces.map((face) => ({ ...face, prominence: -1 })) })).toThrow(
      "summarizeRows: expected prominences from 0 to 1, but face 0 has -1.",
    );
    const faces = input.faces.map((face, i) => (i === 1 ? { ...face, appearance: [1] } : face));
    expect(() => choose({ faces })).toThrow("summarizeRows: expected appearances of 6 numbers, but face 1 has 1.");
  });
});
