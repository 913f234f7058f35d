/** Until `@semblant/answers` is here: its names, of the types that `@semblant/photos` has. */
import type {
  Album,
  AlbumOptions,
  Audit,
  AuditOptions,
  BestOptions,
  BestShots,
  ClassifiedFaces,
  ClusterOptions,
  FaceGroups,
  Hit,
  Taught,
} from "@semblant/photos";

export type { FaceSet, LookedAt, PhotoRecord, SetModel } from "@semblant/photos";

export type Learned = Omit<Taught, "file" | "classes" | "withoutFaces">;
export type LearnOptions = { readonly shrink?: number };

export interface SearchHits {
  readonly hits: readonly Hit[];
  readonly searched: number;
  readonly exact: boolean;
  readonly recall?: number;
}

export interface AnswersOfFaces {
  readonly album: Album;
  readonly best: BestShots;
  readonly cluster: FaceGroups;
  readonly classify: ClassifiedFaces;
  readonly audit: Audit;
  readonly teach: Learned;
  readonly "search by words": SearchHits;
  readonly "search by embedding": SearchHits;
}

export type QuestionOfFaces = keyof AnswersOfFaces;

interface Asking {
  readonly album: { readonly options?: Pick<AlbumOptions, "size" | "weights" | "withoutFaces" | "keep" | "nearDuplicates" | "seed"> };
  readonly best: { readonly options?: Pick<BestOptions, "expression" | "oneMoment" | "nearDuplicates"> };
  readonly cluster: { readonly options?: Pick<ClusterOptions, "k" | "similarity" | "top" | "least" | "seed"> };
  readonly classify: unknown;
  readonly audit: { readonly options?: Pick<AuditOptions, "threshold" | "k" | "seed"> };
  readonly teach: { readonly name: string; readonly faces: readonly number[]; readonly options?: LearnOptions };
  readonly "search by words": { readonly words: string; readonly options?: { readonly k?: number } };
  readonly "search by embedding": {
    readonly embedding: Float32Array;
    readonly options?: { readonly k?: number; readonly except?: readonly number[] };
  };
}

export type AskedOfFaces<Q extends QuestionOfFaces = QuestionOfFaces> = { [K in Q]: { readonly question: K } & Asking[K] }[Q];
