import { squaredDistance } from "../embeddings/distances.ts";
import type { ExpressionGroups } from "./expression-groups.ts";
import type { FaceRow } from "./face-row.ts";
import { hashDistance, type NearDuplicateRow } from "./near-duplicates.ts";
import { peopleOf } from "./people.ts";

/** How alike two faces or photos are, each from 0 to 1. */
export interface Likeness {
  /** Whether faces come with appearances. */
  readonly knowsPeople: boolean;
  /**
   * Of a face with others, written to `out`: the part of their group memberships that they share, half of it whatever their distance,
   * half the nearer they are.
   */
  expression(face: number, others: Int32Array, out: Float64Array): void;
  /**
   * Of a face with others, written to `out`: head and shoulders in like colours ({@link peopleOf}), half as much on different days; 0 where
   * that is not known.
   */
  people(face: number, others: Int32Array, out: Float64Array): void;
  /** Of two photos: 1 at the same time, 1/e at a picture's part of the album's days; NaN where a time is not known. */
  time(i: number, j: number): number;
  /** Of two photos: as pictures, by their hashes. */
  scene(i: number, j: number): number;
}

/** Bits in which unlike pictures differ, as often as not. */
const UNLIKE_BITS = 16;
const HALF_A_DAY = 43_200_000;

/**
 * The likenesses that an album is chosen by.
 *
 * @param size pictures that the album is to have: with more, each stands for less time
 */
export function likenessOf(
  photos: readonly NearDuplicateRow[],
  faces: readonly FaceRow[],
  groups: ExpressionGroups,
  { size }: { readonly size: number },
): Likeness {
  const { k, responsibilities, reduced, spread } = groups;
  const points = Float64Array.from(reduced.values);
  const who = peopleOf(faces);
  const unit = timeUnit(photos, size);
  const taken = (i: number) => photos[i]?.taken ?? Number.NaN;
  const times = Float64Array.from(faces, ({ photo }) => taken(photo));
  return {
    knowsPeople: who !== undefined,
    expression(face, others, out) {
      for (let e = 0; e < others.length; e++) {
        const other = others[e] as number;
        let shared = 0;
        for (let g = 0, a = other * k, b = face * k; g < k; g++, a++, b++) {
          shared += Math.min(responsibilities[a] as number, responsibilities[b] as number);
        }
        const near = spread > 0 ? Math.exp(-squaredDistance(points, other, points, face, reduced.columns) / (2 * spread)) : 1;
        out[e] = Math.min(1, shared * (0.5 + 0.5 * near));
      }
    },
    people(face, others, out) {
      if (who === undefined) {
        out.fill(0);
        return;
      }
      const when = times[face] as number;
      for (let e = 0; e < others.length; e++) {
        const other = others[e] as number;
        const alike = who.alike(other, face);
        out[e] = Math.abs((times[other] as number) - when) > HALF_A_DAY ? alike / 2 : alike;
      }
    },
    time: (i, j) => Math.exp(-Math.abs(taken(i) - taken(j)) / unit),
    scene(i, j) {
      const bits = hashDistance((photos[i] as NearDuplicateRow).perceptualHash, (photos[j] as NearDuplicateRow).perceptualHash);
      return Math.exp(-((bits / UNLIKE_BITS) ** 2));
    },
  };
}

/** Milliseconds of a picture's part of the album: the middle nine tenths of the times by its pictures, at least ten minutes. */
function timeUnit(photos: readonly NearDuplicateRow[], size: number): number {
  const times = photos
    .flatMap(({ taken }) => taken ?? [])
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const at = (share: number) => times[Math.round(share * (times.length - 1))] ?? 0;
  return Math.max(600_000, (at(0.95) - at(0.05)) / size);
}
