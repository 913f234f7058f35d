import { DataError, Embeddings, findNeighbors } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import type { ModelCard } from "@semblant/faces";
import type { FaceRecord, FaceSet } from "../face-sets/face-set.ts";
import { type LookedAt, lookOf, looksOf } from "./looks.ts";
import { type Meaning, meaningOf } from "./search-words.ts";

/** A face that a search found. */
export interface Hit extends LookedAt {
  /** In words: "happy-looking", or "unsure", "none of these" or "turned". */
  readonly looks: string;
  /** From the query's embedding, Euclidean: 0 the same, more the less alike. Absent where words were searched for. */
  readonly distance?: number;
  /** How well it fits the words, 0 to 1. */
  readonly fit?: number;
}

/** What a search found, the best first. */
export interface SearchHits {
  readonly hits: readonly Hit[];
  /** Faces that were compared. */
  readonly searched: number;
  /** False where an approximate index answered, and then `recall` is the part of the exact answer that it finds. */
  readonly exact: boolean;
  readonly recall?: number;
  /** How often the nearest face is of the same person, where the model's card says it. */
  readonly identityLeak?: NonNullable<ModelCard["identityLeak"]>;
}

export interface HitsOptions {
  /** How many faces (12). */
  readonly k?: number;
}

/**
 * The k faces of a set whose expressions are most like an embedding's, exact.
 *
 * @param query (dimensions): an embedding by the set's model
 * @param options `except`: ids of faces not to find, such as the query itself
 * @throws OptionError if k is not a whole number above 0
 * @throws DataError if a number of the query is not finite
 */
export function searchByEmbedding(
  set: FaceSet,
  query: Float32Array,
  options: HitsOptions & { readonly except?: readonly number[] } = {},
): SearchHits {
  refuseUnknown("search", options, ["k", "except"]);
  const { except = [] } = options;
  const k = checkedCount(options.k);
  const rows = Array.from(set.faces.keys()).filter((i) => !except.includes((set.faces[i] as FaceRecord).id));
  if (rows.length === 0) return { hits: [], searched: 0, exact: true, ...leakOf(set) };
  const gallery = set.embeddings.take(rows);
  const found = findNeighbors(new Embeddings(finiteEmbedding(query), gallery.columns), gallery, { k: Math.min(k, rows.length) });
  const near = Array.from(found.rows, (row, i) => ({ row: rows[row] as number, distance: found.distances[i] as number }));
  return {
    hits: hitsOf(
      set,
      near.filter(({ row }) => row !== undefined),
    ),
    searched: rows.length,
    exact: true,
    ...leakOf(set),
  };
}

/**
 * The k faces of a set that words fit best: names of classes and what people say for them ("happy", "not sad"), a sub-class
 * ("happiness/2"), "mouth open", "eyes closed", "frontal", "sharp", with commas between. A face's fit is the product of the
 * probabilities of the classes and of what was measured, 0 to 1; what is none of these fits no class.
 *
 * @throws OptionError if a word is not known, or k is not a whole number above 0
 * @throws DataError if what a word is about was not measured in this set
 */
export function searchByWords(set: FaceSet, words: string, options: HitsOptions = {}): SearchHits {
  refuseUnknown("search", options, ["k"]);
  const k = checkedCount(options.k);
  const meanings = meaningOf(words, set);
  const fits = fitOf(set, meanings);
  const near = Array.from(set.faces.keys())
    .map((row) => ({ row, fit: fits[row] as number }))
    .sort((a, b) => b.fit - a.fit || a.row - b.row)
    .slice(0, k);
  return { hits: hitsOf(set, near), searched: set.faces.length, exact: true, ...leakOf(set) };
}

/** Faces of a set as hits, in the order given. */
export function hitsOf(set: FaceSet, near: readonly { row: number; distance?: number; fit?: number }[]): Hit[] {
  const rows = near.map(({ row }) => row);
  const found = { ...set, faces: rows.map((row) => set.faces[row] as FaceRecord), embeddings: set.embeddings.take(rows) };
  const looked = looksOf(found).faces;
  return near.map(({ row: _row, ...how }, i) => {
    const face = looked[i] as LookedAt;
    const named = face.verdict === "named" || face.verdict === "corrected";
    return { ...face, looks: named ? lookOf(face.expression) : face.verdict, ...how };
  });
}

/** Verdicts on faces that fit no class. */
const unnamed: ReadonlySet<string | undefined> = new Set(["none of these", "turned"]);

/** (faces): the product of how well each meaning fits. */
function fitOf(set: FaceSet, meanings: readonly Meaning[]): Float64Array {
  const looks = looksOf(set);
  const shareOf = meanings.some(({ kind }) => kind === "subclass") ? sharesOfKinds(set) : undefined;
  return Float64Array.from(set.faces, (face, i) => {
    let fit = 1;
    for (const meaning of meanings) {
      let one: number;
      if (meaning.kind === "measured") one = meaning.of(face);
      else if (unnamed.has(looks.faces[i]?.verdict)) one = 0;
      else one = looks.probability(i, meaning.name) * (meaning.kind === "subclass" ? (shareOf?.(i, meaning.index) as number) : 1);
      fit *= meaning.negated ? 1 - one : one;
    }
    return fit;
  });
}

/** P(sub-class | class, face): how much of its class in a face is a sub-class; 0 where the class has no density there. */
function sharesOfKinds({ model: { kinds }, embeddings }: FaceSet): (face: number, kind: number) => number {
  const { subclasses, parents } = kinds;
  const bySubclass = kinds.subclassPosterior(embeddings);
  return (face, kind) => {
    const own = bySubclass.subarray(face * subclasses, (face + 1) * subclasses);
    const ofClass = own.reduce((sum, P, s) => (parents[s] === parents[kind] ? sum + P : sum), 0);
    return ofClass === 0 ? 0 : (own[kind] as number) / ofClass;
  };
}

/** @throws OptionError if k is not a whole number above 0 */
export function checkedCount(k = 12): number {
  if (Number.isInteger(k) && k >= 1) return k;
  throw invalidOption("search", "k", "a whole number above 0", k);
}

/**
 * The embedding that is searched for.
 *
 * @throws DataError if one of its numbers is not finite: it is near nothing
 */
export function finiteEmbedding(query: Float32Array): Float32Array {
  const strange = query.findIndex((value) => !Number.isFinite(value));
  if (strange < 0) return query;
  throw new DataError(`search: expected an embedding of finite numbers, but got ${query[strange]} at ${strange}.`);
}

/** What the model's card says of how often the nearest face is of the same person. */
export function leakOf({ model }: Pick<FaceSet, "model">): Pick<SearchHits, "identityLeak"> {
  const { identityLeak } = model.card;
  return identityLeak === undefined ? {} : { identityLeak };
}
