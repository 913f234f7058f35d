import type { SetModel } from "@semblant/answers";
import { hasIndex, type MeasuredIndex, makeIndex, measureIndex, type Nearest, nearestByIndex, nearestExactly } from "../server/nearest.ts";
import { changesOf, fact, keepFact } from "./facts.ts";
import { blob } from "./float-bytes.ts";
import type { Looking, Near, Neighbors } from "./near.ts";
import type { LibraryFile } from "./open-file.ts";
import { PassingFaces } from "./passing-faces.ts";

/** What a library remembers of how its index was measured. */
interface KnownIndex extends MeasuredIndex {
  readonly model: string;
  /** How many faces there were: of twice as many it is measured anew. */
  readonly faces: number;
}

const unmade = "there is no index for approximate search, which only the owner of the library's tables may make: all faces were compared";

/** Where nothing is missed. */
const exactly = { recall: 1, k: 0, queries: 0, breadth: 0 };

/** Search on a server: pgvector compares. Nothing of the faces is kept in memory here. */
export class ServerNeighbors implements Neighbors {
  readonly #file: LibraryFile;
  readonly #passing: PassingFaces;
  #every: { readonly changes: unknown; readonly count: number } | undefined;

  constructor(file: LibraryFile) {
    this.#file = file;
    this.#passing = new PassingFaces(file);
  }

  async near(vector: Float32Array, { k: wanted, filter, approximate, model }: Looking): Promise<Near> {
    const { condition, count: searched } = this.#passing.of(filter, model.classes);
    const k = Math.max(1, Math.min(wanted, searched));
    const looking: Nearest = { vector: blob(vector), k, only: condition.all ? undefined : condition };
    if (!approximate) return { faces: nearestExactly(this.#file, looking), searched };
    const { breadth, recall } = await this.#measured(model);
    if (breadth === 0) return { faces: nearestExactly(this.#file, looking), searched, recall, remark: unmade };
    if (looking.only !== undefined && isFewer(searched, { k, of: this.#count() })) {
      return { faces: nearestExactly(this.#file, looking), searched, recall };
    }
    // As many candidates that pass as there are in all without a filter.
    const wide = Math.min(1000, Math.ceil((breadth * this.#count()) / Math.max(1, searched)));
    const near = nearestByIndex(this.#file, looking, wide);
    const short = near.length < k; // the index gave up before it had enough that the filter lets through
    return { faces: short ? nearestExactly(this.#file, looking) : near, searched, recall };
  }

  codes = (): Promise<undefined> => Promise.resolve(undefined);

  forget(): void {}

  /** How well the index finds, which is made where there is none; exactly, where it may not be made. */
  async #measured(model: SetModel): Promise<MeasuredIndex> {
    const file = this.#file;
    if (!hasIndex(file)) {
      if (file.readonly || !makeIndex(file, model.dimensions)) return exactly;
    }
    const known = indexKnown(file);
    const faces = this.#count();
    if (known !== undefined && known.model === model.card.checksum && faces <= 2 * known.faces) return known;
    const measured: KnownIndex = { ...(await measureIndex(file)), model: model.card.checksum, faces };
    if (!file.readonly) keepFact(file, "approximate", JSON.stringify(measured));
    return measured;
  }

  #count(): number {
    const changes = changesOf(this.#file);
    if (this.#every?.changes !== changes) {
      this.#every = { changes, count: this.#file.prepare("SELECT count(*) FROM faces").pluck().get() as number };
    }
    return this.#every.count;
  }
}

/**
 * Whether comparing with each face that a filter lets through is less work than the index, which looks at faces near and far until it has
 * k that pass: as many as k by the part that passes, at some four times the cost of comparing one.
 */
const isFewer = (passing: number, { k, of }: { readonly k: number; readonly of: number }): boolean => passing * passing < 4 * k * of;

/** What is known of how the index was measured; undefined where it was not. */
export function indexKnown(file: LibraryFile): KnownIndex | undefined {
  const text = fact(file, "approximate");
  return text === undefined ? undefined : (JSON.parse(String(text)) as KnownIndex);
}
