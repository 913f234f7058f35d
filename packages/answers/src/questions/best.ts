import { groupNearDuplicates, type NearDuplicateOptions, type RankedRow, rankRows } from "@semblant/core";
import { refuseUnknown } from "@semblant/core/internals";
import type { FaceRecord, FaceSet, PhotoRecord } from "../face-sets/face-set.ts";
import { classOfWord, type LookedAt, looksOf, refuseEmpty } from "./looks.ts";
import { shotOf as nearDuplicateShot } from "./shots.ts";
import { withoutFaces } from "./without-faces.ts";

export interface BestOfFacesOptions {
  /** The expression that is wanted of all faces, or "any" for open eyes and sharpness alone (happiness). */
  readonly expression?: string;
  /** Takes all photos for shots of one moment, whatever their hashes and times say (false). */
  readonly oneMoment?: boolean;
  readonly nearDuplicates?: NearDuplicateOptions;
}

/** The names of {@link BestOfFacesOptions}. */
export const bestOptions = ["expression", "oneMoment", "nearDuplicates"] as const;

/** A face of a shot with what it was judged by, each from 0 to 1. */
export interface ShotFace extends LookedAt {
  /** All together; absent for a passer-by, who does not count. */
  readonly score?: number;
  /** P(wanted expression); absent where any will do. */
  readonly wanted?: number;
  readonly eyesOpen?: number;
  readonly sharpness: number;
}

export interface Shot {
  readonly photo: number;
  readonly path: string;
  readonly taken?: number;
  /** 0 to 1: its worst face is half of it, the next a quarter, and so on. */
  readonly score: number;
  readonly faces: readonly ShotFace[];
  /** Id of the face with the least score. */
  readonly worst?: number;
  /** Faces that other shots of the moment show and this one does not. */
  readonly missing: number;
}

/** Near-duplicates of one moment. */
export interface Burst {
  /** The best first. */
  readonly shots: readonly Shot[];
  readonly taken?: number;
}

export interface BestShots {
  readonly expression: string;
  /** Moments of several shots, in the order of their times or else paths. */
  readonly bursts: readonly Burst[];
  /** Photos that are the only ones of their moment, with faces. */
  readonly singles: number;
  readonly photos: number;
  /** Paths of photos in which no face was found: nothing is said of how good they are. */
  readonly withoutFaces: readonly string[];
}

/**
 * The best shot of each moment: near-duplicates are grouped, and ranked by the wanted expression over all faces, open eyes and sharpness.
 * Every face counts, the worst most ({@link rankRows}); a face that a shot lacks counts as a bad one.
 *
 * @throws OptionError if the expression is none of the model's, or an option is unknown
 * @throws DataError if the set has no faces
 */
export function bestOfFaces(set: FaceSet, options: BestOfFacesOptions = {}): BestShots {
  const where = "best";
  refuseUnknown(where, options, bestOptions);
  const { expression = "happiness", oneMoment = false } = options;
  refuseEmpty(where, set);
  const wanted = expression === "any" ? undefined : classOfWord(where, "expression", expression, set.model);
  const photos = [...set.photos.values()].sort((a, b) => (a.taken ?? Infinity) - (b.taken ?? Infinity) || (a.path < b.path ? -1 : 1));
  const rowsOf = new Map<number, number[]>();
  for (const [row, { photo }] of set.faces.entries()) rowsOf.set(photo, [...(rowsOf.get(photo) ?? []), row]);
  const moments = oneMoment
    ? new Int32Array(photos.length)
    : groupNearDuplicates(
        photos.map((photo) =>
          nearDuplicateShot(
            photo,
            (rowsOf.get(photo.id) ?? []).map((row) => set.faces[row] as FaceRecord),
          ),
        ),
        options.nearDuplicates,
      );
  const byMoment = new Map<number, PhotoRecord[]>();
  for (const [i, photo] of photos.entries()) {
    const moment = moments[i] as number;
    byMoment.set(moment, [...(byMoment.get(moment) ?? []), photo]);
  }

  const looks = looksOf(set);
  const judge = (shots: readonly PhotoRecord[]): Burst => {
    const faces = shots.map(({ id }) =>
      (rowsOf.get(id) ?? []).map((row): ShotFace & { side: number } => {
        const { quality } = set.faces[row] as FaceRecord;
        return {
          ...(looks.faces[row] as LookedAt),
          ...(wanted !== undefined && { wanted: looks.probability(row, wanted) }),
          ...(quality.eyesOpen !== undefined && { eyesOpen: quality.eyesOpen }),
          sharpness: quality.sharpness,
          side: quality.side,
        };
      }),
    );
    const weights = { expression: wanted === undefined ? 0 : 5, eyesOpen: 3, sharpness: 2 };
    const ranked = rankRows(
      faces.map((own) =>
        own.map(({ wanted: P = 1, eyesOpen, sharpness, side }) => ({
          expression: P,
          ...(eyesOpen !== undefined && { eyesOpen }),
          sharpness,
          side,
        })),
      ),
      { weights },
    );
    const taken = shots.find((shot) => shot.taken !== undefined)?.taken;
    return {
      shots: ranked.map((score) => shotOf(shots[score.shot] as PhotoRecord, faces[score.shot] as (ShotFace & { side: number })[], score)),
      ...(taken !== undefined && { taken }),
    };
  };
  const withFaces = [...byMoment.values()].filter((shots) => shots.some(({ id }) => rowsOf.has(id)));
  return {
    expression: wanted ?? "any",
    bursts: withFaces.filter(({ length }) => length > 1).map(judge),
    singles: withFaces.filter(({ length }) => length === 1).length,
    photos: photos.length,
    withoutFaces: withoutFaces(set),
  };
}

function shotOf(
  { id, path, taken }: PhotoRecord,
  faces: readonly (ShotFace & { readonly side: number })[],
  { score, faces: scores, worst, missing }: RankedRow,
): Shot {
  return {
    photo: id,
    path,
    ...(taken !== undefined && { taken }),
    score,
    faces: faces.map(({ side: _side, ...face }, i) => (Number.isNaN(scores[i]) ? face : { ...face, score: scores[i] as number })),
    ...(worst >= 0 && { worst: faces[worst]?.face as number }),
    missing,
  };
}
