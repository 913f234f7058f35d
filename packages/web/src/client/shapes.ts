// What the API answers with, as /api/openapi.json describes it.

export type Verdict = "named" | "corrected" | "unsure" | "none of these" | "turned";

export interface PhotoColumns {
  readonly revision: number;
  readonly count: number;
  readonly columns: {
    readonly id: readonly number[];
    readonly path: readonly string[];
    readonly width: readonly number[];
    readonly height: readonly number[];
    readonly taken: readonly (number | null)[];
    readonly faces: readonly number[];
    readonly version: readonly string[];
  };
  readonly unread: readonly { readonly path: string; readonly reason: string }[];
  readonly remarks: readonly { readonly path: string; readonly remark: string }[];
}

export interface FaceColumns {
  readonly revision: number;
  readonly count: number;
  readonly expressions: readonly string[];
  readonly verdicts: readonly Verdict[];
  readonly columns: {
    readonly id: readonly number[];
    readonly photo: readonly number[];
    readonly expression: readonly number[];
    readonly probability: readonly number[];
    readonly verdict: readonly number[];
    readonly subclass: readonly number[];
    readonly corrected: readonly number[];
    readonly together: readonly number[];
  };
}

export interface PhotoFace {
  readonly face: number;
  readonly photo: number;
  readonly path: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly expression: string;
  readonly probability: number;
  readonly verdict: Verdict;
  readonly score: number;
  readonly quality: {
    readonly side: number;
    readonly sharpness: number;
    readonly yaw: number;
    readonly pitch: number;
    readonly roll: number;
    readonly eyesOpen?: number;
    readonly mouthOpen?: number;
  };
  readonly distribution: readonly number[];
  readonly label?: string;
}

export interface Photo {
  readonly id: number;
  readonly path: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly taken?: number;
  readonly version: string;
  readonly classes: readonly string[];
  readonly faces: readonly PhotoFace[];
}

export interface Added {
  readonly added: readonly string[];
  readonly already: readonly { readonly name: string; readonly path: string }[];
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
}

export interface About {
  readonly home: "server" | "browser";
  readonly name: string;
  readonly root?: string;
  readonly photos: number;
  readonly faces: number;
  readonly readonly: boolean;
  readonly revision: number;
  readonly model?: {
    readonly name: string;
    readonly version: string;
    readonly summary: string;
    readonly licence: string;
    readonly classes: readonly string[];
    readonly kinds: readonly number[];
    readonly dimensions: number;
    readonly adapted: boolean;
  };
  readonly remarks: readonly string[];
  /** Optional abilities: add, adapt, teach, folders, page, copy, and those of extra routes. */
  readonly can: readonly string[];
}
