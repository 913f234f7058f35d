import {
  type AlbumAspects,
  albumWeights,
  type Embeddings,
  type ExpressionGroups,
  expressionGroups,
  type NearDuplicateOptions,
  OptionError,
  type PhotoRow,
  Random,
  type RowSummary,
  summarizeRows,
} from "@semblant/core";
import { refuseUnknown, show } from "@semblant/core/internals";
import type { FaceRecord, FaceSet, PhotoRecord } from "../face-sets/face-set.ts";
import { type LookedAt, lookOf, looksOf, refuseEmpty } from "./looks.ts";
import { shotOf } from "./shots.ts";
import { withoutFaces as photosWithoutFaces } from "./without-faces.ts";

export interface AlbumOfFacesOptions {
  /** Pictures (12). */
  readonly size?: number;
  /** What expressions, people and time count (0.64, 0.16 and 0.2). */
  readonly weights?: AlbumAspects;
  /** Whether photos without faces may stand too, and are to be stood for (false). */
  readonly withoutFaces?: boolean;
  /** Paths of photos that are in, whatever they add. */
  readonly keep?: readonly string[];
  /** What counts as near-duplicates. */
  readonly nearDuplicates?: NearDuplicateOptions;
  readonly seed?: number;
}

/** The names of {@link AlbumOfFacesOptions}. */
export const albumOptions = ["size", "weights", "withoutFaces", "keep", "nearDuplicates", "seed"] as const;

/** A picture of the summary, and what it is there for. */
export interface AlbumPicture {
  /** Its photo's id. */
  readonly photo: number;
  readonly path: string;
  /** By the camera's clock, in milliseconds; absent where unknown. */
  readonly taken?: number;
  /** From 1, in the order of their choice: the first three are the best summary of three. */
  readonly rank: number;
  readonly faces: readonly LookedAt[];
  /** The photos that it is the likest of all pictures to: how many, their part of the album, and their ids, itself first. */
  readonly standsFor: { readonly photos: number; readonly share: number; readonly ids: readonly number[] };
  /** What it added to the coverage of each aspect. */
  readonly gains: AlbumAspects;
  /** In words, for a caption. */
  readonly why: string;
}

/** A summary of an album. */
export interface Album {
  /** By the time they were taken where all say it, else by rank. */
  readonly pictures: readonly AlbumPicture[];
  /** How like a photo of the album is to the summary, on average, 0 to 1: of all and by aspect. */
  readonly coverage: AlbumAspects & { readonly all: number };
  /** No choice of as many pictures covers more; the greedy choice reaches at least 1 − 1/e of the best in any case. */
  readonly ceiling: number;
  /** Groups of expressions that were found, the greatest first. */
  readonly groups: readonly { readonly name: string; readonly faces: number }[];
  readonly of: {
    readonly photos: number;
    readonly faces: number;
    readonly withoutFaces: number;
    /** Photos that say when they were taken. */
    readonly dated: number;
    readonly moments: number;
  };
  /** Paths of photos in which no face was found: no picture stands for them, unless those without faces may stand. */
  readonly withoutFaces: readonly string[];
  /** Of many photos: among how many the pictures were chosen, and how nearly that is the choice among all. */
  readonly approximate?: string;
}

/**
 * The few pictures that sum up a set's photos: typical and different expressions, people (by their looks and clothes: there is no model
 * of identity) and times, no two near-duplicates. Each says what part of the album it stands for, and why it is there.
 *
 * Expressions are grouped by the model's own sub-classes where it has them (Algorithm 2 of the paper), else by a Gaussian mixture
 * over the embeddings, as many groups as BIC says.
 *
 * @throws OptionError if an option is out of range or unknown, or a photo to keep is not there
 * @throws DataError if the set has no faces, and photos without may not stand
 */
export function albumOfFaces(set: FaceSet, options: AlbumOfFacesOptions = {}): Album {
  const where = "album";
  refuseUnknown(where, options, albumOptions);
  const { size = 12, weights = albumWeights, withoutFaces = false, keep = [], seed = 0 } = options;
  if (!withoutFaces) refuseEmpty(where, set);
  const photos = [...set.photos.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  const rowOf = new Map(photos.map(({ id }, row) => [id, row]));
  const looks = looksOf(set);
  const facesOf = photos.map((): number[] => []);
  for (const [row, { photo }] of set.faces.entries()) facesOf[rowOf.get(photo) as number]?.push(row);
  const random = new Random(seed);
  const faceless = photosWithoutFaces(set);
  const groups = set.faces.length > 0 ? groupsOfExpressions(set, random.fork("groups")) : undefined;

  const chosen = summarizeRows(
    {
      photos: photos.map((photo, row) => {
        const own = (facesOf[row] as number[]).map((face) => set.faces[face] as FaceRecord);
        return Object.defineProperty(shotOf(photo, own), "quality", { value: qualityOfFaces(own) }) as PhotoRow;
      }),
      faces: set.faces.map((face) => ({
        photo: rowOf.get(face.photo) as number,
        appearance: face.appearance,
        prominence: prominence(face, set.photos.get(face.photo) as PhotoRecord),
      })),
      embeddings: set.embeddings,
      ...(groups && { groups }),
    },
    {
      size,
      weights,
      withoutFaces,
      keep: keep.map((path) => rowOfPath(where, photos, path)),
      ...(options.nearDuplicates && { nearDuplicates: options.nearDuplicates }),
      random,
    },
  );

  const eligible = chosen.pictures.reduce((sum, { standsFor }) => sum + standsFor.length, 0);
  const namedGroups = nameGroups(chosen.groups, looks.faces);
  const shown = new Set<number>();
  const pictures = chosen.pictures.map(({ photo: row, standsFor, gains }, rank): AlbumPicture => {
    const photo = photos[row] as PhotoRecord;
    const own = facesOf[row] as number[];
    const kept = keep.some((path) => rowOfPath(where, photos, path) === row);
    const why = reasons({ rank, own, gains, weights, kept, groups: namedGroups, shown });
    for (const face of own) shown.add(namedGroups.of[face] as number);
    return {
      photo: photo.id,
      path: photo.path,
      ...(photo.taken !== undefined && { taken: photo.taken }),
      rank: rank + 1,
      faces: own.map((face) => looks.faces[face] as LookedAt),
      standsFor: {
        photos: standsFor.length,
        share: standsFor.length / eligible,
        ids: [row, ...standsFor.filter((other) => other !== row)].map((other) => (photos[other] as PhotoRecord).id),
      },
      gains,
      why,
    };
  });
  return {
    pictures: inTime(pictures),
    coverage: chosen.coverage,
    ceiling: chosen.ceiling,
    groups: namedGroups.list,
    of: {
      photos: photos.length,
      faces: set.faces.length,
      withoutFaces: faceless.length,
      dated: photos.filter(({ taken }) => taken !== undefined).length,
      moments: new Set(chosen.moments).size,
    },
    withoutFaces: faceless,
    ...(chosen.drawn && { approximate: approximately(chosen.drawn) }),
  };
}

function approximately({ moments, of }: NonNullable<RowSummary["drawn"]>): string {
  return (
    `The pictures were chosen among ${moments} of ${of} moments, drawn at random. ` +
    "Coverage is of these, and that of all differs from it by about 1 %."
  );
}

/** The model's sub-classes where it has more of them than classes; else a mixture. */
function groupsOfExpressions(set: FaceSet, random: Random): ExpressionGroups {
  const found = expressionGroups(set.embeddings, { random });
  const { kinds } = set.model;
  if (kinds.subclasses <= kinds.classes) return found;
  return { ...found, k: kinds.subclasses, responsibilities: kinds.subclassPosterior(set.embeddings as Embeddings), scores: [] };
}

/** 1 for a face as high as a seventh of its photo, the less the smaller. */
function prominence({ box }: FaceRecord, { width, height }: PhotoRecord): number {
  return Math.min(1, (7 * box.height) / Math.min(width, height));
}

/** Of faces: how sharp, how much towards the camera, how large, and how open the eyes are, on average; 0.5 where there is no face. */
export function qualityOfFaces(faces: readonly FaceRecord[]): number {
  if (faces.length === 0) return 0.5;
  const of = ({ quality: { sharpness, yaw, pitch, side, eyesOpen = 0.7 } }: FaceRecord) =>
    (sharpness * Math.exp(-((yaw / 45) ** 2) - (pitch / 45) ** 2) * Math.min(1, side / 96) * eyesOpen) ** (1 / 4);
  const mean = faces.reduce((sum, face) => sum + of(face), 0) / faces.length;
  return Math.min(1, Math.max(0, mean || 0));
}

interface NamedGroups {
  /** (faces) */
  readonly of: Int32Array;
  readonly names: readonly string[];
  readonly sizes: readonly number[];
  readonly list: Album["groups"];
}

/** Groups by what most of their faces look like. */
function nameGroups({ k, responsibilities }: ExpressionGroups, faces: readonly LookedAt[]): NamedGroups {
  const of = Int32Array.from(faces, (_, row) => {
    const own = responsibilities.subarray(row * k, (row + 1) * k);
    return own.indexOf(Math.max(...own));
  });
  const members = Array.from({ length: k }, (_, group) => faces.filter((_, row) => of[row] === group));
  const names = members.map((own) => commonest(own.map(({ expression }) => expression)));
  const sizes = members.map(({ length }) => length);
  const list = names
    .map((name, group) => ({ name: lookOf(name), faces: sizes[group] as number }))
    .filter((group) => group.faces > 0)
    .sort((a, b) => b.faces - a.faces);
  return { of, names, sizes, list };
}

/** The word that stands most often, the first of equals. */
export function commonest(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most), ["", 0] as [string, number])[0];
}

interface Reasoned {
  readonly rank: number;
  readonly own: readonly number[];
  readonly gains: AlbumAspects;
  readonly weights: AlbumAspects;
  readonly kept: boolean;
  readonly groups: NamedGroups;
  /** Groups that pictures before it show. */
  readonly shown: ReadonlySet<number>;
}

/** What a picture added most, and what it added nearly as much. */
function reasons({ rank, own, gains, weights, kept, groups, shown }: Reasoned): string {
  if (kept) return "Asked for.";
  if (own.length === 0) return "A picture without faces.";
  const added = (["expression", "people", "time"] as const)
    .map((aspect) => ({ aspect, worth: gains[aspect] * weights[aspect] }))
    .sort((a, b) => b.worth - a.worth);
  const most = added[0]?.worth ?? 0;
  const said = added.filter(({ worth }) => worth > 0 && worth >= 0.7 * most).map(({ aspect }) => reason(aspect));
  const text = said.join("; ") || reason("expression");
  return `${text[0]?.toUpperCase()}${text.slice(1)}.`;

  function reason(aspect: keyof AlbumAspects): string {
    if (aspect === "people")
      return rank === 0 ? "people like those of many photos" : "people whom no picture before it shows, by head and shoulders";
    if (aspect === "time") return rank === 0 ? "a time that many photos are from" : "a time that no picture before it is from";
    const fresh = own.filter((face) => !shown.has(groups.of[face] as number));
    const group = groups.of[fresh[0] ?? (own[0] as number)] as number;
    const look = lookOf(groups.names[group] as string);
    const count = groups.sizes[group] as number;
    if (fresh.length === 0) return `a ${look} face unlike those chosen before it`;
    return count === 1 ? `the only ${look} face of its kind` : `typical of ${count} ${look} faces`;
  }
}

function inTime(pictures: readonly AlbumPicture[]): readonly AlbumPicture[] {
  if (pictures.some(({ taken }) => taken === undefined)) return pictures;
  return [...pictures].sort((a, b) => (a.taken as number) - (b.taken as number) || a.rank - b.rank);
}

function rowOfPath(where: string, photos: readonly PhotoRecord[], path: string): number {
  const plain = path.replaceAll("\\", "/").replace(/^\.\//, "");
  const row = photos.findIndex((photo) => photo.path === plain);
  if (row >= 0) return row;
  throw new OptionError(`${where}: expected keep to be photos of the library, by their paths in it, but got ${show(path)}.`);
}
