import { squaredDistance } from "../embeddings/distances.ts";
import { Embeddings } from "../embeddings/embeddings.ts";
import { DataError } from "../errors.ts";
import { pca } from "../projection/pca.ts";
import type { ExpressionGroups } from "./expression-groups.ts";
import { hashDistance, type Shot } from "./near-duplicates.ts";

/** A face of an album, beside its embedding. */
export interface AlbumFace {
  /** Row of its photo. */
  readonly photo: number;
  /** A coarse picture of head and shoulders as numbers, as many for every face: near for the same person in the same clothes. */
  readonly appearance?: ArrayLike<number>;
  /** How much of its picture it is, 0 to 1 (1): a face in a crowd stands for those of other photos the less. */
  readonly prominence?: number;
}

/** How alike two faces or photos are, each from 0 to 1. */
export interface Likeness {
  /** Whether faces come with appearances. */
  readonly knowsPeople: boolean;
  /** Of two faces: the part of their group memberships that they share, half of it whatever their distance, half the nearer they are. */
  expression(a: number, b: number): number;
  /** Of two faces: head and shoulders in like colours, half as much on different days; 0 where that is not known. */
  people(a: number, b: number): number;
  /** Of two photos: 1 at the same time, 1/e at a picture's part of the album's days; NaN where a time is not known. */
  time(i: number, j: number): number;
  /** Of two photos: as pictures, by their hashes. */
  scene(i: number, j: number): number;
}

/** Bits in which unlike pictures differ, as often as not. */
const UNLIKE_BITS = 16;
const HALF_A_DAY = 43_200_000;
/** Pairs that widths are estimated from at most. */
const PAIRS = 4000;

/**
 * The likenesses that an album is chosen by.
 *
 * Nothing here knows who is who. How far apart appearances of different people are is learned from faces that share a photo, which
 * are different people for certain: at the distance within which a tenth of such pairs lie, likeness is e⁻². Where there are fewer than
 * 20 such pairs, it is e⁻² at the median distance of any two faces.
 *
 * @param size pictures that the album is to have: with more, each stands for less time
 */
export function likenessOf(
  photos: readonly Shot[],
  faces: readonly AlbumFace[],
  groups: ExpressionGroups,
  { size }: { readonly size: number },
): Likeness {
  const { k, responsibilities, reduced, spread } = groups;
  const points = Float64Array.from(reduced.values);
  const appearance = appearanceOf(faces);
  const unit = timeUnit(photos, size);
  const taken = (i: number) => photos[i]?.taken ?? Number.NaN;
  return {
    knowsPeople: appearance !== undefined,
    expression(a, b) {
      let shared = 0;
      for (let g = 0; g < k; g++) shared += Math.min(responsibilities[a * k + g] as number, responsibilities[b * k + g] as number);
      const near = spread > 0 ? Math.exp(-squaredDistance(points, a, points, b, reduced.columns) / (2 * spread)) : 1;
      return Math.min(1, shared * (0.5 + 0.5 * near));
    },
    people(a, b) {
      if (appearance === undefined) return 0;
      const alike = Math.exp(-squaredDistance(appearance.points, a, appearance.points, b, appearance.columns) / appearance.width);
      const between = Math.abs(taken(faces[a]?.photo as number) - taken(faces[b]?.photo as number));
      return between > HALF_A_DAY ? alike / 2 : alike;
    },
    time: (i, j) => Math.exp(-Math.abs(taken(i) - taken(j)) / unit),
    scene(i, j) {
      const bits = hashDistance((photos[i] as Shot).perceptualHash, (photos[j] as Shot).perceptualHash);
      return Math.exp(-((bits / UNLIKE_BITS) ** 2));
    },
  };
}

/** The faces' appearances on their first components, and the squared width that likeness falls with. */
function appearanceOf(faces: readonly AlbumFace[]): { points: Float64Array; columns: number; width: number } | undefined {
  const length = faces[0]?.appearance?.length ?? 0;
  if (length === 0) return undefined;
  const other = faces.findIndex(({ appearance }) => appearance?.length !== length);
  if (other >= 0) {
    throw new DataError(
      `chooseAlbum: expected appearances of ${length} numbers, but face ${other} has ${faces[other]?.appearance?.length ?? 0}.`,
    );
  }
  const values = new Float32Array(faces.length * length);
  for (const [a, { appearance }] of faces.entries()) values.set(appearance as ArrayLike<number>, a * length);
  const columns = Math.min(12, length, faces.length);
  const points = pca(new Embeddings(values, length), columns).positions;
  const known = pairsOfOnePhoto(faces);
  const pairs = known.length >= 20 ? known : pairsInTurn(faces.length);
  const squares = pairs.map(([a, b]) => squaredDistance(points, a, points, b, columns)).sort((x, y) => x - y);
  const near = squares[Math.floor(squares.length / (pairs === known ? 10 : 2))] ?? 0;
  return { points, columns, width: near > 0 ? near / 2 : Number.MIN_VALUE };
}

function pairsOfOnePhoto(faces: readonly AlbumFace[]): [number, number][] {
  const byPhoto = new Map<number, number[]>();
  const pairs: [number, number][] = [];
  for (const [b, { photo }] of faces.entries()) {
    const others = byPhoto.get(photo) ?? [];
    for (const a of others) if (pairs.length < PAIRS) pairs.push([a, b]);
    byPhoto.set(photo, [...others, b]);
  }
  return pairs;
}

/** Pairs at many different steps from each other, without a lot to be drawn. */
function pairsInTurn(count: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let step = 1; step < count && pairs.length < PAIRS; step = step < 8 ? step + 1 : Math.ceil(step * 1.3)) {
    for (let a = 0; a + step < count && pairs.length < PAIRS; a++) pairs.push([a, a + step]);
  }
  return pairs;
}

/** Milliseconds of a picture's part of the album: the middle nine tenths of the times by its pictures, at least ten minutes. */
function timeUnit(photos: readonly Shot[], size: number): number {
  const times = photos
    .flatMap(({ taken }) => taken ?? [])
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const at = (share: number) => times[Math.round(share * (times.length - 1))] ?? 0;
  return Math.max(600_000, (at(0.95) - at(0.05)) / size);
}
