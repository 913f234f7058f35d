import { OptionError } from "@semblant/core";
import { show } from "@semblant/core/internals";
import type { FaceSet } from "../face-sets/face-set.ts";
import { type Album, type AlbumOfFacesOptions, albumOfFaces } from "./album.ts";
import { type Audit, type AuditOfFacesOptions, auditFaces } from "./audit.ts";
import { type BestOfFacesOptions, type BestShots, bestOfFaces } from "./best.ts";
import { type ClassifiedFaces, classifyFaces } from "./classify.ts";
import { type ClusterFacesOptions, clusterFaces, type FaceGroups } from "./cluster.ts";
import { columnsOfFaces, type FaceColumns } from "./face-columns.ts";
import { type HitsOptions, type SearchHits, searchByEmbedding, searchByWords } from "./search.ts";
import { type Learned, type LearnOptions, learnClass } from "./teach.ts";

/** What answers each question. */
export interface AnswersOfFaces {
  readonly album: Album;
  readonly best: BestShots;
  readonly cluster: FaceGroups;
  readonly classify: ClassifiedFaces;
  readonly audit: Audit;
  readonly columns: FaceColumns;
  readonly teach: Learned;
  readonly "search by words": SearchHits;
  readonly "search by embedding": SearchHits;
}

/** What can be asked. */
export type QuestionOfFaces = keyof AnswersOfFaces;

/** What each question needs beside its name. All of it can be sent to a worker: labels are those of the photos' folders. */
interface Asking {
  readonly album: { readonly options?: AlbumOfFacesOptions };
  readonly best: { readonly options?: BestOfFacesOptions };
  readonly cluster: { readonly options?: ClusterFacesOptions };
  readonly classify: unknown;
  readonly audit: { readonly options?: Omit<AuditOfFacesOptions, "labelOf"> };
  readonly columns: unknown;
  /** The class's name, and ids of faces that show it. */
  readonly teach: { readonly name: string; readonly faces: readonly number[]; readonly options?: LearnOptions };
  readonly "search by words": { readonly words: string; readonly options?: HitsOptions };
  /** (dimensions): an embedding by the set's model; `except` has the ids of faces not to find. */
  readonly "search by embedding": {
    readonly embedding: Float32Array;
    readonly options?: HitsOptions & { readonly except?: readonly number[] };
  };
}

/** A question with what it needs; of one question where its name is given, else of any. */
export type AskedOfFaces<Q extends QuestionOfFaces = QuestionOfFaces> = { [K in Q]: { readonly question: K } & Asking[K] }[Q];

const answering: { readonly [Q in QuestionOfFaces]: (set: FaceSet, asked: AskedOfFaces<Q>) => AnswersOfFaces[Q] } = {
  album: (set, { options }) => albumOfFaces(set, options),
  best: (set, { options }) => bestOfFaces(set, options),
  cluster: (set, { options }) => clusterFaces(set, options),
  classify: (set) => classifyFaces(set),
  audit: (set, { options }) => auditFaces(set, options),
  columns: (set) => columnsOfFaces(set),
  teach: (set, { name, faces, options }) => learnClass(set, name, faces, options),
  "search by words": (set, { words, options }) => searchByWords(set, words, options),
  "search by embedding": (set, { embedding, options }) => searchByEmbedding(set, embedding, options),
};

/**
 * Asks faces one question by its name: what a worker calls with the message that it was sent. Question and answer are plain data.
 *
 * @throws OptionError if there is no such question, or as the question says
 * @throws DataError as the question says
 *
 * @example
 * const faces = { faces: [], photos: new Map(), root: "Pictures" };
 * askFaces(faces, { question: "best" }); // throws DataError: best: expected faces, but none was found in 0 photos of Pictures.
 */
export function askFaces<Q extends QuestionOfFaces>(set: FaceSet, asked: AskedOfFaces<Q>): AnswersOfFaces[Q] {
  const { question } = asked as { readonly question: Q };
  if (!Object.hasOwn(answering, question)) {
    throw new OptionError(`ask: expected question to be one of ${Object.keys(answering).join(", ")}, but got ${show(question)}.`);
  }
  return answering[question](set, asked);
}
