import type { SetModel } from "@semblant/answers";
import { type ApproximateIndex, indexOf, isFresh, keepIndex, type Listed, listCodes, measuredBefore } from "./approximate.ts";
import { nearestByCodes } from "./compare-candidates.ts";
import { type CodesOf, FaceCodes } from "./face-codes.ts";
import { changesOf } from "./facts.ts";
import { readIndex } from "./index-file.ts";
import type { Looking, Near, Neighbors } from "./near.ts";
import { nearestFaces, vectorsAligned } from "./nearest-faces.ts";
import type { LibraryFile } from "./open-file.ts";
import { PassingFaces } from "./passing-faces.ts";
import { whyUnkept } from "./unkept-index.ts";

/** With fewer faces sqlite-vec's table answers as fast, and needs no memory. */
const leastCoded = 2000;

/**
 * What search reads beside the rows of faces: sqlite-vec's table, the codes of embeddings in memory with their lists, and which faces
 * filters let through. Each is brought up to date when faces have changed.
 */
export class SearchIndexes implements Neighbors {
  readonly #file: LibraryFile;
  readonly #path: string;
  readonly #vectors: boolean;
  readonly #passing: PassingFaces;
  #aligned: { readonly changes: unknown; readonly is: boolean } | undefined;
  #codes: FaceCodes | undefined;
  #listed: Listed | undefined;
  /** Rows that came or went since the index beside the library was written; undefined where there is none that is whole. */
  #unwritten: number | undefined;
  /** Why the index of some codes could not be kept. */
  #unkept: { readonly of: CodesOf | undefined; readonly remark: string } | undefined;
  /** Whether the first exact search is over, which is not worth reading all embeddings. */
  #asked = false;
  #last: Promise<unknown> = Promise.resolve();

  /** @param options `path`: the library's file; `vectors`: whether sqlite-vec is there */
  constructor(file: LibraryFile, { path, vectors }: { readonly path: string; readonly vectors: boolean }) {
    this.#file = file;
    this.#path = path;
    this.#vectors = vectors;
    this.#passing = new PassingFaces(file);
  }

  /** Whether search may read sqlite-vec's table. */
  get aligned(): boolean {
    if (!this.#vectors) return false;
    const changes = changesOf(this.#file);
    if (this.#aligned === undefined || this.#aligned.changes !== changes) this.#aligned = { changes, is: vectorsAligned(this.#file) };
    return this.#aligned.is;
  }

  async near(vector: Float32Array, { k: wanted, filter, approximate, model }: Looking): Promise<Near> {
    const file = this.#file;
    const index = approximate ? await this.approximate(model) : undefined;
    const codes = index === undefined ? await this.codes(model) : undefined;
    const passing = this.#passing.of(filter, model.classes);
    const { condition, count: searched } = passing;
    const k = Math.max(1, Math.min(wanted, searched)); // memory is taken for k
    if (index !== undefined) {
      const faces = index.search(vector, k, passing.rowsIn(index.rows, index.of));
      return { faces, searched, recall: index.measured.recall, ...(index.remark !== undefined && { remark: index.remark }) };
    }
    if (codes?.of !== undefined) {
      return { faces: nearestByCodes(file, codes.rows, vector, { k, only: passing.rowsIn(codes.rows, codes.of) }), searched };
    }
    const every = condition.all && this.aligned;
    return { faces: nearestFaces(file, vector, { k, condition: every ? undefined : condition, vectors: this.#vectors }), searched };
  }

  /** The codes of all embeddings, for exact search; undefined where reading them costs more than they save. */
  codes(model: SetModel): Promise<FaceCodes | undefined> {
    const greatest = this.#file.prepare("SELECT max(id) FROM faces").pluck().get() as number | null;
    if ((greatest ?? 0) < leastCoded) return Promise.resolve(undefined);
    const first = !this.#asked;
    this.#asked = true;
    return this.#inTurn(async () => {
      this.#load(model);
      if (this.#codes === undefined && first) return undefined;
      return this.#updated(model);
    });
  }

  /** The approximate index, made anew or brought up to date where it is not that of the faces, and kept beside the library. */
  approximate(model: SetModel): Promise<ApproximateIndex> {
    return this.#inTurn(async () => {
      this.#load(model);
      const codes = await this.#updated(model);
      const before = this.#listed;
      this.#listed = await listCodes(this.#file, codes.rows, before);
      const known = measuredBefore(this.#file);
      const came = this.#unwritten ?? Number.POSITIVE_INFINITY;
      const written = this.#unwritten !== undefined && this.#listed === before;
      const fresh = written && isFresh(known, { rows: codes.rows, of: codes.of as CodesOf, came });
      if (!fresh && !this.#file.readonly) this.#keep(codes);
      const index = indexOf(this.#file, { rows: codes.rows, of: codes.of as CodesOf }, this.#listed);
      return this.#unkept?.of === codes.of ? { ...index, remark: this.#unkept?.remark as string } : index;
    });
  }

  /** Lets go of everything, which is to be made anew. */
  forget(): void {
    this.#codes = undefined;
    this.#listed = undefined;
    this.#unwritten = undefined;
    this.#unkept = undefined;
    this.#asked = false;
  }

  /** Keeps the index beside the library. Where that cannot be, the answer stands, and it is tried again when faces have changed. */
  #keep(codes: FaceCodes): void {
    if (this.#unkept !== undefined && this.#unkept.of === codes.of) return;
    this.#unkept = undefined;
    try {
      keepIndex(this.#file, this.#path, { codes, listed: this.#listed });
      this.#unwritten = 0;
    } catch (error) {
      this.#unkept = { of: codes.of, remark: whyUnkept(error, this.#path) };
    }
  }

  /** Takes the index beside the library where nothing is in memory yet. */
  #load(model: SetModel): void {
    if (this.#codes !== undefined) return;
    const known = measuredBefore(this.#file);
    if (known?.model !== model.card.checksum) return;
    const kept = readIndex(this.#path, known.checksum, model.dimensions);
    if (kept === undefined) return;
    this.#codes = new FaceCodes(this.#file, model.dimensions);
    this.#codes.take({ changes: known.changes, model: known.model, mended: known.mended }, { rows: kept.rows, last: known.last ?? 0 });
    const { recall, k, queries, probes } = known;
    this.#listed = kept.lists && probes !== undefined ? { lists: kept.lists, probes, measured: { recall, k, queries } } : undefined;
    this.#unwritten = 0;
  }

  async #updated(model: SetModel): Promise<FaceCodes> {
    const codes = this.#codes ?? new FaceCodes(this.#file, model.dimensions);
    this.#codes = codes;
    if (codes.isOf(model.card.checksum)) return codes;
    const before = codes.rows.length;
    const kept = await codes.update(model.card.checksum);
    if (kept !== undefined) this.#listed = kept.length === 0 || this.#listed === undefined ? undefined : listedOf(this.#listed, kept);
    if (this.#unwritten !== undefined) this.#unwritten += before + codes.rows.length - 2 * (kept?.length ?? before);
    return codes;
  }

  /** One after the other: what is read in pauses is nobody else's meanwhile. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}

const listedOf = (listed: Listed, kept: Uint32Array): Listed => ({ ...listed, lists: listed.lists.kept(kept) });
