import {
  assignWithLinks,
  type ExpressionGroups,
  expressionGroups,
  groupsOf,
  linkRows,
  type MixtureScore,
  OptionError,
  Random,
} from "@semblant/core";
import { clustersWithin, invalidOption, mostCompared, refuseUnknown } from "@semblant/core/internals";
import type { FaceSet, SetModel } from "../face-sets/face-set.ts";
import { commonest } from "./album.ts";
import { type FewerGroups, fewerGroups } from "./fewer-groups.ts";
import { type LookedAt, lookOf, looksOf, refuseEmpty } from "./looks.ts";
import { withoutFaces } from "./without-faces.ts";

export interface ClusterFacesOptions {
  /** How many groups; by default as many as the faces speak for, by BIC. */
  readonly k?: number;
  /** Instead of a number: how like faces of a group are to be, from 0 (all in one) to 1 (each alone but copies). */
  readonly similarity?: number;
  /** Faces shown of each group, nearest to its medoid first (16). */
  readonly top?: number;
  /** Groups of fewer faces are no groups; their faces are listed as alone (1; with `similarity` 2). */
  readonly least?: number;
  readonly seed?: number;
}

/** The names of {@link ClusterFacesOptions}. */
export const clusterOptions = ["k", "similarity", "top", "least", "seed"] as const;

/** Faces of like expressions. */
export interface FaceGroup {
  /** "happy-looking", or "happy-looking 2" where several groups are. */
  readonly name: string;
  readonly size: number;
  /** Of all faces. */
  readonly share: number;
  /** Part of its faces that look as its name says. */
  readonly purity: number;
  /** Its faces' ids. */
  readonly faces: readonly number[];
  /** The face nearest to the group's mean. */
  readonly medoid: LookedAt;
  /** Those nearest to the medoid, itself first. */
  readonly top: readonly LookedAt[];
}

export interface FaceGroups {
  /** The greatest first. */
  readonly groups: readonly FaceGroup[];
  /** Ids of faces in no group. */
  readonly alone: readonly number[];
  readonly method: "given number" | "BIC" | "similarity";
  /** Where there are fewer groups than were asked for. */
  readonly fewer?: FewerGroups;
  /** BIC of each number of groups tried, the smaller the better. */
  readonly scores: readonly MixtureScore[];
  /** Corrections that shaped the groups, and pairs that could not be together since others must be apart. */
  readonly corrections: { readonly together: number; readonly apart: number; readonly refused: readonly (readonly [number, number])[] };
  readonly faces: number;
  /** Paths of photos in which no face was found: they are in no group. */
  readonly withoutFaces: readonly string[];
  /** Of many faces: how groups were found, and how nearly they are those that all faces together would give. */
  readonly approximate?: string;
}

/**
 * Groups faces by expression: by a Gaussian mixture with k groups, or as many as BIC says; or by likeness, where faces of a group are on
 * average at least `similarity` alike. What people said of pairs is kept: faces that must be together are, and those that must not are not.
 *
 * Similarity is 1 − d² / 2B, at least 0, where d² is the mean squared distance of two groups' faces and B that of the model's class means:
 * the same number means the same whatever the album. With the model that ships two faces of one class are about 0.4 alike, of two
 * classes hardly at all.
 *
 * @throws OptionError if an option is out of range or unknown, or both a number and a similarity are given
 * @throws DataError if the set has no faces
 */
export function clusterFaces(set: FaceSet, options: ClusterFacesOptions = {}): FaceGroups {
  const where = "cluster";
  refuseUnknown(where, options, clusterOptions);
  const { k, similarity, top = 16, least = similarity === undefined ? 1 : 2, seed = 0 } = options;
  if (k !== undefined && similarity !== undefined) {
    throw new OptionError(`${where}: expected a number of groups or a similarity, but got both.`);
  }
  if (similarity !== undefined && !(similarity >= 0 && similarity <= 1)) {
    throw invalidOption(where, "similarity", "a number from 0 to 1", similarity);
  }
  if (!(Number.isInteger(least) && least >= 1)) throw invalidOption(where, "least", "a whole number above 0", least);
  refuseEmpty(where, set);
  const random = new Random(seed);
  const { linked, refused, together, apart } = linksOf(set);
  const mixture = similarity === undefined ? expressionGroups(set.embeddings, { ...(k !== undefined && { k }), random }) : undefined;
  const clusters = mixture
    ? assignWithLinks(mixture.responsibilities, mixture.k, linked)
    : clustersWithin(set.embeddings, heightOf(similarity as number, set.model), { linked, random });

  const sizes = new Map<number, number>();
  for (const cluster of clusters) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
  const kept = clusters.map((cluster) => ((sizes.get(cluster) as number) >= least ? cluster : -1));
  const looks = looksOf(set).faces;
  const members = new Map<number, number[]>();
  for (const [row, cluster] of kept.entries()) {
    const own = members.get(cluster);
    if (own === undefined) members.set(cluster, [row]);
    else own.push(row);
  }
  const groups = groupsOf(set.embeddings, kept, { top }).map((group) => {
    const rows = members.get(group.cluster) as number[];
    const expression = commonest(rows.map((row) => (looks[row] as LookedAt).expression));
    return {
      expression,
      size: group.size,
      share: group.size / set.faces.length,
      purity: rows.filter((row) => looks[row]?.expression === expression).length / rows.length,
      faces: rows.map((row) => (looks[row] as LookedAt).face),
      medoid: looks[group.medoid] as LookedAt,
      top: Array.from(group.top, (row) => looks[row] as LookedAt),
    };
  });
  groups.sort((a, b) => b.size - a.size || (a.faces[0] as number) - (b.faces[0] as number));
  const missing = fewerGroups(set.embeddings, { asked: k, formed: sizes.size, found: groups.length, least });
  return {
    groups: numbered(groups),
    ...(missing && { fewer: missing }),
    alone: set.faces.filter((_, row) => kept[row] === -1).map(({ id }) => id),
    method: similarity !== undefined ? "similarity" : k === undefined ? "BIC" : "given number",
    scores: mixture?.scores ?? [],
    corrections: { together, apart, refused },
    faces: set.faces.length,
    withoutFaces: withoutFaces(set),
    ...approximately(set.faces.length, mixture),
  };
}

/** What is to be said where not all faces took part, or not all pairs were compared. */
function approximately(faces: number, mixture: ExpressionGroups | undefined): { readonly approximate?: string } {
  if (mixture?.fitted !== undefined) {
    const some = `${mixture.fitted} faces drawn at random`;
    return { approximate: `Groups were found among ${some}. Then each face was given to its likeliest group.` };
  }
  if (mixture !== undefined || faces <= mostCompared) return {};
  return {
    approximate:
      "Of so many faces, not all pairs were compared. Groups that stand apart are nearly those that all pairs would give. " +
      "Where faces change without a gap, a group may begin and end elsewhere.",
  };
}

/** What people said of pairs of these faces, as rows; faces that are not in the set are passed over. */
function linksOf(set: FaceSet) {
  const rowOf = new Map(set.faces.map(({ id }, row) => [id, row]));
  const pairs = (kind: "together" | "apart") =>
    set.faces.flatMap((face, row) =>
      face[kind].flatMap((id): [number, number][] => {
        const other = rowOf.get(id);
        return other === undefined || other <= row ? [] : [[row, other]];
      }),
    );
  const [together, apart] = [pairs("together"), pairs("apart")];
  const linked = linkRows(set.faces.length, { together, apart });
  const refused = linked.refused.map(([a, b]) => [set.faces[a]?.id as number, set.faces[b]?.id as number] as const);
  return { linked, refused, together: together.length, apart: apart.length };
}

/** The mean squared distance at which faces are so much alike. */
function heightOf(similarity: number, { gaussians }: SetModel): number {
  if (similarity === 0) return Infinity;
  return 2 * (1 - similarity) * betweenMeans(gaussians.gaussians);
}

/** Mean squared distance of two of the Gaussians' means. */
export function betweenMeans({ means, columns, classes }: SetModel["gaussians"]["gaussians"]): number {
  const rows = Array.from({ length: classes }, (_, c) => c).filter((c) => !Number.isNaN(means[c * columns]));
  let [sum, pairs] = [0, 0];
  for (const [place, a] of rows.entries()) {
    for (const b of rows.slice(0, place)) {
      for (let d = 0; d < columns; d++) sum += ((means[a * columns + d] as number) - (means[b * columns + d] as number)) ** 2;
      pairs++;
    }
  }
  return pairs > 0 && sum > 0 ? sum / pairs : 1;
}

function numbered(groups: readonly (Omit<FaceGroup, "name"> & { readonly expression: string })[]): FaceGroup[] {
  const count = new Map<string, number>();
  return groups.map(({ expression, ...group }) => {
    const number = (count.get(expression) ?? 0) + 1;
    count.set(expression, number);
    return { name: number === 1 ? lookOf(expression) : `${lookOf(expression)} ${number}`, ...group };
  });
}
