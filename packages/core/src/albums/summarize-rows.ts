import type { Embeddings } from "../embeddings/embeddings.ts";
import { DataError, invalidOption, refuseUnknown, ShapeError } from "../errors.ts";
import { Random } from "../random.ts";
import { type AlbumAspects, albumWeights } from "./aspects.ts";
import { chooseCover } from "./choose-cover.ts";
import { type Around, type Element, elementsOf, likenessToAll, likestOf } from "./cover-elements.ts";
import { type ExpressionGroups, expressionGroups } from "./expression-groups.ts";
import type { FaceRow } from "./face-row.ts";
import { likenessOf } from "./likeness.ts";
import { groupNearDuplicates, type NearDuplicateOptions, type NearDuplicateRow } from "./near-duplicates.ts";

/** A photo of an album. */
export interface PhotoRow extends NearDuplicateRow {
  /** 0 to 1: of near-duplicates the best stands for all, and a poor picture stands for others up to a quarter less. */
  readonly quality: number;
}

export interface SummaryRows {
  readonly photos: readonly PhotoRow[];
  readonly faces: readonly FaceRow[];
  /** (faces, dimensions): row i is of `faces[i]`. */
  readonly embeddings: Embeddings;
  /** The faces' groups of expressions, where they are known; else {@link expressionGroups}. */
  readonly groups?: ExpressionGroups;
}

export interface SummarizeRowsOptions {
  /** Pictures (12). */
  readonly size?: number;
  /** What each aspect counts; made to sum to 1 ({@link albumWeights}: 0.64, 0.16 and 0.2). */
  readonly weights?: AlbumAspects;
  /** Whether photos in which no face was found may stand, and are to be stood for (false). */
  readonly withoutFaces?: boolean;
  /** Photos that are in whatever they add. */
  readonly keep?: readonly number[];
  readonly nearDuplicates?: NearDuplicateOptions;
  readonly random?: Random;
}

/** A picture of the summary. */
export interface ChosenRow {
  readonly photo: number;
  /** The photos that it stands for, itself among them: it is the chosen picture most like each. */
  readonly standsFor: readonly number[];
  /** By how much it raised the coverage of each aspect when it was chosen, 0 to 1. */
  readonly gains: AlbumAspects;
}

/** A summary of an album, and what it is worth. */
export interface RowSummary {
  /** In the order of their choice. */
  readonly pictures: readonly ChosenRow[];
  /**
   * How like a photo of the album is to the summary, on average and in each aspect: 1 where everything is in it, 0
   * where nothing is like it.
   */
  readonly coverage: AlbumAspects & { readonly all: number };
  /** No choice of as many pictures covers more than this. */
  readonly ceiling: number;
  /** Moments that pictures were chosen from, where there are so many that some were drawn at random: coverage is of these. */
  readonly drawn?: { readonly moments: number; readonly of: number };
  readonly groups: ExpressionGroups;
  /** (photos): the group of near-duplicates of each. */
  readonly moments: Int32Array;
}

const KINDS = ["expression", "people", "time"] as const;
/**
 * Likenesses that are kept while choosing, 4 bytes each. Of more moments than that allows some are drawn at random, so many that there
 * are half as many likenesses, and what each picture stands for is found for all.
 */
const KEPT = 16_000_000;
const DRAWN = 8_000_000;
/** Photos whose pictures are found at a time. */
const BLOCK = 4096;
/** What a picture of quality 0 stands for, beside one of quality 1. */
const POOREST = 0.75;

/**
 * Chooses the few photos that sum up an album, in expressions, people and time, no two of them near-duplicates.
 *
 * Of each moment (near-duplicates) the best photo may stand. For each photo there is something to be stood for in each aspect: each of
 * its faces' expressions and people, a face of n for a share of 1/n, and its time; a moment counts once, however many shots it has. A
 * chosen picture stands for it as far as its likest face is like and prominent, or its time is like. {@link chooseCover} takes the greedy
 * choice: with the moments given it reaches at least 63 % of the best there is, and `ceiling` says how near it came here.
 *
 * @throws OptionError if an option is out of range or unknown
 * @throws ShapeError if faces and embeddings differ in number
 * @throws DataError if a face's photo is not there, a quality is not from 0 to 1, or no photo may stand
 *
 * @example
 * const photos = [0n, 1n, 0xffffn, 0xffff0000n].map((perceptualHash, i) => ({ perceptualHash, quality: i === 1 ? 1 : 0.5 }));
 * const faces = photos.map((_, photo) => ({ photo }));
 * const embeddings = new Embeddings(Float32Array.of(0, 0, 9, 9), 1);
 * summarizeRows({ photos, faces, embeddings }, { size: 2 }).pictures.map(({ photo }) => photo); // [2, 1]
 */
export function summarizeRows(input: SummaryRows, options: SummarizeRowsOptions = {}): RowSummary {
  const where = "summarizeRows";
  refuseUnknown(where, options, ["size", "weights", "withoutFaces", "keep", "nearDuplicates", "random"]);
  const { size = 12, weights = albumWeights, withoutFaces = false, keep = [], random = new Random(0) } = options;
  refuseUnusable(where, input, { size, weights, keep });
  const { photos, faces, embeddings } = input;
  const facesOf = photos.map((): number[] => []);
  for (const [a, { photo }] of faces.entries()) facesOf[photo]?.push(a);
  const eligible = [...photos.keys()].filter((i) => withoutFaces || (facesOf[i] as number[]).length > 0);
  if (eligible.length === 0) throw new DataError(`${where}: expected photos with faces, but got none.`);

  const moments = groupNearDuplicates(photos, options.nearDuplicates);
  const groups =
    input.groups ?? (faces.length > 0 ? expressionGroups(embeddings, { random: random.fork("groups") }) : noGroups(embeddings));
  const likeness = likenessOf(photos, faces, groups, { size });
  const candidates = bestOfMoments(photos, eligible, moments, keep);
  const around = { photos, faces, facesOf, weights, likeness };
  const each = elementsOf(candidates, around).length / candidates.length;
  const all = candidates.length <= Math.floor(Math.sqrt(KEPT / each));
  const compared = all ? candidates : drawn(candidates, Math.floor(Math.sqrt(DRAWN / each)), keep, random.fork("compared"));
  const elements = elementsOf(compared, around);
  const rows = new Map<number, Float32Array>();
  const likenessTo = likenessToAll(elements, around);
  const rowOf = (candidate: number): Float32Array => {
    const photo = compared[candidate] as number;
    const standing = POOREST + (1 - POOREST) * (photos[photo] as PhotoRow).quality;
    return Float32Array.from(likenessTo(photo), (likeness) => standing * likeness);
  };
  const covers = (candidate: number, out: Float64Array) => {
    const row = rows.get(candidate) ?? rowOf(candidate);
    rows.set(candidate, row);
    out.set(row);
  };
  const cover = chooseCover(
    { candidates: compared.length, elements: elements.length, covers, weights: elements.map(({ weight }) => weight) },
    { size, keep: keep.map((photo) => compared.indexOf(photo)) },
  );

  const chosen = Array.from(cover.chosen, (candidate) => compared[candidate] as number);
  const standing = stands(eligible, chosen, moments, around);
  const { gains, coverage } = byAspect(elements, cover.chosen, covers);
  return {
    pictures: chosen.map((photo, p) => ({
      photo,
      standsFor: eligible.filter((_, e) => standing[e] === p),
      gains: gains[p] as AlbumAspects,
    })),
    coverage: { all: cover.coverage, ...coverage },
    ceiling: cover.ceiling,
    ...(!all && { drawn: { moments: compared.length, of: candidates.length } }),
    groups,
    moments,
  };
}

/** (eligible): which chosen picture each photo is stood for by: that of its own moment, or the likest over all aspects. */
function stands(eligible: readonly number[], chosen: readonly number[], moments: Int32Array, around: Around): number[] {
  const ofMoment = new Map<number, number>();
  for (const [p, photo] of chosen.entries()) if (!ofMoment.has(moments[photo] as number)) ofMoment.set(moments[photo] as number, p);
  const standing: number[] = [];
  for (let first = 0; first < eligible.length; first += BLOCK) {
    const photos = eligible.slice(first, first + BLOCK);
    const likest = likestOf(photos, chosen, around);
    for (const [i, photo] of photos.entries()) standing.push(ofMoment.get(moments[photo] as number) ?? (likest[i] as number));
  }
  return standing;
}

/** What each of the chosen added to each aspect, and what all cover of it. */
function byAspect(elements: readonly Element[], chosen: Int32Array, covers: (candidate: number, out: Float64Array) => void) {
  const best = new Float64Array(elements.length);
  const row = new Float64Array(elements.length);
  const whole = { expression: 0, people: 0, time: 0, scene: 0 };
  for (const { kind, weight } of elements) whole[kind] += weight;
  const gains = Array.from(chosen, (candidate) => {
    row.fill(0);
    covers(candidate, row);
    const gain = { expression: 0, people: 0, time: 0, scene: 0 };
    for (const [e, { kind, weight }] of elements.entries()) {
      const more = (row[e] as number) - (best[e] as number);
      if (more <= 0) continue;
      gain[kind] += weight * more;
      best[e] = row[e] as number;
    }
    const share = (kind: (typeof KINDS)[number]) => (whole[kind] > 0 ? gain[kind] / whole[kind] : 0);
    return { expression: share("expression"), people: share("people"), time: share("time") };
  });
  const total = (kind: (typeof KINDS)[number]) =>
    Math.min(
      1,
      gains.reduce((sum, gain) => sum + gain[kind], 0),
    );
  return { gains, coverage: { expression: total("expression"), people: total("people"), time: total("time") } };
}

/** Of each moment the photo that is to be kept, or else the best, the earlier of equals. */
function bestOfMoments(photos: readonly PhotoRow[], eligible: readonly number[], moments: Int32Array, keep: readonly number[]): number[] {
  const best = new Map<number, number>();
  const kept = new Set(keep);
  for (const i of eligible) {
    const moment = moments[i] as number;
    const other = best.get(moment);
    const better = other === undefined || (!kept.has(other) && (kept.has(i) || quality(photos, i) > quality(photos, other)));
    if (better) best.set(moment, i);
  }
  return [...new Set([...best.values(), ...keep])].sort((a, b) => a - b);
}

const quality = (photos: readonly PhotoRow[], i: number) => (photos[i] as PhotoRow).quality;

/** Some of the candidates at random, and those to be kept; all where there are no more. */
function drawn(candidates: readonly number[], count: number, keep: readonly number[], random: Random): number[] {
  if (candidates.length <= count) return [...candidates];
  const some = random.permutation(candidates.length).subarray(0, count);
  return [...new Set([...Array.from(some, (at) => candidates[at] as number), ...keep])].sort((a, b) => a - b);
}

function noGroups(reduced: Embeddings): ExpressionGroups {
  return { k: 1, responsibilities: new Float64Array(0), reduced, spread: 0, scores: [] };
}

function refuseUnusable(
  where: string,
  { photos, faces, embeddings, groups }: SummaryRows,
  { size, weights, keep }: { size: number; weights: AlbumAspects; keep: readonly number[] },
): void {
  if (!(Number.isInteger(size) && size >= 1)) throw invalidOption(where, "size", "a whole number above 0", size);
  refuseUnknown(where, weights, KINDS);
  for (const kind of KINDS) {
    if (!(weights[kind] >= 0 && weights[kind] < Infinity)) throw invalidOption(where, `weights.${kind}`, "a number from 0", weights[kind]);
  }
  if (!(weights.expression + weights.people + weights.time > 0)) throw invalidOption(where, "weights", "above 0 for some aspect", weights);
  const rows = groups?.reduced.rows ?? embeddings.rows;
  if (embeddings.rows !== faces.length || rows !== faces.length) {
    throw new ShapeError(`${where}: expected an embedding for each of ${faces.length} faces, but got ${embeddings.rows}.`);
  }
  const isPhoto = (i: number) => Number.isInteger(i) && i >= 0 && i < photos.length;
  const stray = faces.findIndex(({ photo }) => !isPhoto(photo));
  if (stray >= 0) {
    throw new DataError(`${where}: expected photos from 0 to ${photos.length - 1}, but face ${stray} is of ${faces[stray]?.photo}.`);
  }
  const pale = faces.findIndex(({ prominence = 1 }) => !(prominence >= 0 && prominence <= 1));
  if (pale >= 0) throw new DataError(`${where}: expected prominences from 0 to 1, but face ${pale} has ${faces[pale]?.prominence}.`);
  const foreign = keep.find((i) => !isPhoto(i));
  if (foreign !== undefined) throw invalidOption(where, "keep", `photos from 0 to ${photos.length - 1}`, foreign);
  const odd = photos.findIndex(({ quality: value }) => !(value >= 0 && value <= 1));
  if (odd >= 0) throw new DataError(`${where}: expected qualities from 0 to 1, but photo ${odd} has ${photos[odd]?.quality}.`);
}
