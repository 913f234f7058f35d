import type { SetModel } from "@semblant/answers";
import type { FaceCodes } from "./face-codes.ts";
import type { FaceFilter } from "./face-filter.ts";

/** A face and how far its embedding is from the one asked for. */
export interface NearFace {
  readonly face: number;
  readonly distance: number;
}

/** The faces that are nearest to what was asked for. */
export interface Near {
  /** The nearest first. */
  readonly faces: readonly NearFace[];
  /** How many faces were looked among. */
  readonly searched: number;
  /** Where it was approximate. */
  readonly recall?: number;
  /** Why an index could not be kept. */
  readonly remark?: string;
}

/** How faces are looked for. */
export interface Looking {
  /** At most so many; fewer where a filter lets fewer through. */
  readonly k: number;
  readonly filter: FaceFilter;
  readonly approximate: boolean;
  readonly model: SetModel;
}

/** What search reads beside the rows of faces, brought up to date when faces have changed. */
export interface Neighbors {
  near(vector: Float32Array, looking: Looking): Promise<Near>;
  /** Codes of all embeddings, for exact search; undefined where there are none, or reading them costs more than they save. */
  codes(model: SetModel): Promise<FaceCodes | undefined>;
  /** Lets go of everything, which is to be made anew. */
  forget(): void;
}
