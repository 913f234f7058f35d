import type { ExpressionAnswer, ModelCard, ReadFace } from "@semblant/faces";

/** Where the networks run. */
export type RunsOn = "WebGPU" | "WebAssembly";

export interface FacesOptions {
  /** Which model that ships: the best, or the small one, which is faster (best). */
  readonly model?: "best" | "small";
  /** The text of a file of `semblant adapt`: the model answers by its Gaussians. */
  readonly adapted?: string;
  /** Where networks run. By default on WebGPU where the machine has it, else in WebAssembly. */
  readonly on?: RunsOn;
  /** Threads of WebAssembly. By default one fewer than the machine has, at most four; one where the page is not isolated. */
  readonly threads?: number;
  /** The smallest faces that are looked for, in pixels of the picture (10, more in large pictures). */
  readonly smallest?: number;
  /** The address that the page's folders lie under (that of the page). */
  readonly base?: string;
}

/** A picture whose faces were read. */
export interface ReadPicture {
  /** Pixels of the upright picture that boxes are in. Large pictures are made smaller first. */
  readonly width: number;
  readonly height: number;
  /** SHA-256 of the file's bytes, in hexadecimal; absent for a picture that is no file. */
  readonly hash?: string;
  /** The surest first. */
  readonly faces: readonly ReadFace[];
  /** What each face looks like, in the order of the faces. */
  readonly answers: readonly ExpressionAnswer[];
}

/** What reads the faces, and on what. */
export interface FacesModel {
  readonly card: ModelCard;
  readonly classes: readonly string[];
  readonly dimensions: number;
  readonly on: RunsOn;
  readonly threads: number;
}
