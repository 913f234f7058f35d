import { type ApproximateIndex, openApproximate } from "./approximate.ts";
import { vectorsAligned } from "./nearest-faces.ts";
import type { LibraryFile } from "./open-file.ts";

/** What search reads beside the rows of faces: sqlite-vec's table and an approximate index, each looked at anew when faces have changed. */
export class SearchIndexes {
  readonly #file: LibraryFile;
  readonly #path: string;
  readonly #vectors: boolean;
  #aligned: { readonly changes: unknown; readonly is: boolean } | undefined;
  #approximate: { readonly changes: unknown; readonly index: ApproximateIndex } | undefined;

  /** @param options `path`: the library's file; `vectors`: whether sqlite-vec is there */
  constructor(file: LibraryFile, { path, vectors }: { readonly path: string; readonly vectors: boolean }) {
    this.#file = file;
    this.#path = path;
    this.#vectors = vectors;
  }

  /** Whether search may read sqlite-vec's table. */
  get aligned(): boolean {
    if (!this.#vectors) return false;
    const changes = this.#changes();
    if (this.#aligned === undefined || this.#aligned.changes !== changes) this.#aligned = { changes, is: vectorsAligned(this.#file) };
    return this.#aligned.is;
  }

  /** The approximate index of embeddings of so many numbers. */
  async approximate(dimensions: number): Promise<ApproximateIndex> {
    const changes = this.#changes();
    if (this.#approximate === undefined || this.#approximate.changes !== changes) {
      const parts = { path: this.#path, dimensions, vectors: this.#vectors };
      this.#approximate = { changes, index: await openApproximate(this.#file, parts) };
    }
    return this.#approximate.index;
  }

  /** Lets go of the approximate index, which is to be made anew. */
  forget(): void {
    this.#approximate = undefined;
  }

  /** How often faces have changed, by any process. */
  #changes(): unknown {
    return this.#file.prepare("SELECT value FROM facts WHERE name = 'changes'").pluck().get();
  }
}
