import type { FaceRecord, PhotoRecord } from "@semblant/answers";
import { fact, mendedFact } from "./facts.ts";
import type { LibraryFile } from "./open-file.ts";

/** What a face's own row says; what people said of it may be another the next time. */
export interface KnownFace {
  readonly record: Omit<FaceRecord, "label" | "together" | "apart">;
  readonly photo: number;
  readonly embedding: Float32Array;
}

/** What a photo's row says, while its checksum is that of the row. */
export interface KnownPhoto {
  readonly seal: number;
  /** Undefined where the row is damaged. */
  readonly record: PhotoRecord | undefined;
}

const remembering = new WeakMap<LibraryFile, KnownFaces>();

/**
 * Has an open library keep the rows of faces that were read and found whole, for a program that asks for them again and again: only what
 * is new is read the next time. A face's row never changes while it has its id, unless it is mended.
 */
export function rememberFaces(file: LibraryFile): void {
  if (!remembering.has(file)) remembering.set(file, new KnownFaces());
}

/** The rows that are known still to be so; undefined where none are kept. Asked within the transaction that reads. */
export function knownFaces(file: LibraryFile, model: string): KnownFaces | undefined {
  const known = remembering.get(file);
  known?.settle(file, model);
  return known;
}

/** Rows of a library that were read and found whole. */
export class KnownFaces {
  readonly faces = new Map<number, KnownFace>();
  readonly photos = new Map<number, KnownPhoto>();
  #model = "";
  #mended: unknown;

  /** Lets go of what may no longer be so. */
  settle(file: LibraryFile, model: string): void {
    const mended = fact(file, mendedFact);
    if (model !== this.#model || mended !== this.#mended) {
      this.faces.clear();
      this.photos.clear();
    }
    this.#model = model;
    this.#mended = mended;
    this.#forgetGone(file, "faces");
    this.#forgetGone(file, "photos");
  }

  #forgetGone(file: LibraryFile, table: "faces" | "photos"): void {
    const known = this[table];
    const there = file.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
    if (known.size <= there) return;
    const ids = new Set(file.prepare(`SELECT id FROM ${table}`).pluck().all() as number[]);
    for (const id of known.keys()) if (!ids.has(id)) known.delete(id);
  }
}
