import { ask } from "../../../client/api.ts";
import { Tsne, type TsneProgress } from "../../../work/tsne.ts";
import type { MapFaces } from "../data/faces.ts";
import { reader } from "./reader.ts";
import type { KeptMap } from "./reader-worker.ts";

/** `looking`: for a kept map; `placing`: new faces onto it; `still`: made so far and stopped, or finished. */
export type MapState = "looking" | "placing" | "making" | "paused" | "still";

/** Faces and where they are. */
export interface FaceMap {
  readonly state: MapState;
  readonly faces: MapFaces;
  /** (faces, 2); `undefined` until there are any. */
  readonly positions: Float32Array | undefined;
  readonly seed: number;
  readonly iteration: number;
  readonly iterations: number;
  /** Faces that were placed onto a map made without them. */
  readonly placed: Uint8Array;
  /** Why it could not be made. */
  readonly error?: unknown;
  /** Why it could not be kept. */
  readonly unkept?: unknown;
}

/** Steps of a map. */
const ITERATIONS = 1000;
/** Before so many steps a map is only a start: it is not kept. */
const WORTH_KEEPING = 250;
const DOCUMENT = "/documents/map";

/** Finds, makes, completes and keeps the map of a library. */
export class MapKeeper {
  #now: FaceMap | undefined;
  #model = "";
  #waiting: MapFaces | undefined;
  #tsne: Tsne | undefined;
  #over = false;
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  readonly snapshot = (): FaceMap | undefined => this.#now;

  /** Faces of the library, now or again: what only changed its name keeps its place; new ones are placed. */
  take(faces: MapFaces, model: string): void {
    if (this.#now !== undefined && model === this.#model && areSame(this.#now.faces.id, faces.id)) {
      this.#set({ faces });
      return;
    }
    this.#waiting = faces;
    if (model !== this.#model) this.#stop();
    this.#model = model;
    if (this.#tsne === undefined && this.#now?.state !== "looking" && this.#now?.state !== "placing") void this.#settle();
  }

  /** Makes the map from the start. */
  anew(seed: number): void {
    if (this.#now === undefined) return;
    this.#stop();
    void this.#tried(() => this.#make(seed));
  }

  pause(): void {
    this.#tsne?.pause();
    this.#set({ state: "paused" });
  }

  /** Goes on, also with a map that was kept unfinished. */
  resume(): void {
    if (this.#now === undefined) return;
    if (this.#tsne !== undefined) {
      this.#set({ state: "making" });
      this.#tsne.resume();
      return;
    }
    const { positions, iteration, seed } = this.#now;
    void this.#tried(() => this.#make(seed, positions && { positions, iteration }));
  }

  close(): void {
    this.#over = true;
    this.#stop();
  }

  async #settle(): Promise<void> {
    while (this.#waiting !== undefined && !this.#over) {
      const faces = this.#waiting;
      this.#waiting = undefined;
      const before = this.#now;
      this.#now = {
        seed: 0,
        iteration: 0,
        iterations: ITERATIONS,
        placed: new Uint8Array(),
        positions: undefined,
        ...before,
        faces: before?.faces ?? faces,
        state: "looking",
      };
      await this.#tried(() => this.#find(faces));
    }
  }

  async #find(faces: MapFaces): Promise<void> {
    const kept = faces.id.length < 4 ? undefined : await keptMap(faces.id);
    if (this.#over) return;
    if (kept === undefined || kept.model !== this.#model || kept.found < 4 || 2 * kept.found < faces.id.length) {
      this.#set({ faces, positions: undefined, state: "still", iteration: 0, placed: new Uint8Array(faces.id.length) });
      if (faces.id.length >= 4) await this.#make(0);
      return;
    }
    const { positions, placed, seed, iteration, iterations, found, known } = kept;
    if (found === faces.id.length) return this.#set({ faces, positions, placed, seed, iteration, iterations, state: "still" });
    this.#set({ state: "placing" });
    const { values, columns } = await embeddings(faces.id.length);
    const tsne = new Tsne();
    try {
      const all = await tsne.place({ positions, known }, values, columns);
      const added = placed.map((was, row) => (known[row] === 1 ? was : 1));
      this.#set({ faces, positions: all, placed: added, seed, iteration, iterations, state: "still" });
    } finally {
      tsne.close();
    }
    await this.#keep();
  }

  async #make(seed: number, from?: { readonly positions: Float32Array; readonly iteration: number }): Promise<void> {
    const { faces } = this.#now as FaceMap;
    const isPast = from !== undefined && from.iteration >= WORTH_KEEPING && from.iteration < ITERATIONS;
    this.#set({
      state: "making",
      seed,
      iteration: isPast ? from.iteration : 0,
      iterations: ITERATIONS,
      placed: new Uint8Array(faces.id.length),
      error: undefined,
    });
    const { values, columns } = await embeddings(faces.id.length);
    if (this.#over) return;
    const tsne = new Tsne();
    this.#tsne = tsne;
    const hear = ({ positions, iteration }: TsneProgress) => {
      if (this.#tsne !== tsne) return;
      this.#set({ positions, iteration });
      if (this.#now?.state === "paused") void this.#keep();
    };
    try {
      const { positions, iteration } = await tsne.run(values, columns, { seed, iterations: ITERATIONS, ...(isPast && { from }) }, hear);
      this.#set({ positions, iteration, state: "still" });
    } finally {
      tsne.close();
      if (this.#tsne === tsne) this.#tsne = undefined;
    }
    await this.#keep();
    void this.#settle();
  }

  /** Keeps the map with the library, where it is worth it. */
  async #keep(): Promise<void> {
    const { faces, positions, seed, iteration, iterations, placed } = this.#now as FaceMap;
    if (positions === undefined || iteration < WORTH_KEEPING) return;
    try {
      const body = await reader().pack({ model: this.#model, seed, iteration, iterations, ids: faces.id, positions, placed });
      await ask(DOCUMENT, { method: "PUT", body, headers: { "content-type": "application/json" } });
      this.#set({ unkept: undefined });
    } catch (error) {
      this.#set({ unkept: error });
    }
  }

  #stop(): void {
    this.#tsne?.close();
    this.#tsne = undefined;
  }

  async #tried(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#set({ state: "still", error });
    }
  }

  #set(changed: Partial<FaceMap>): void {
    if (this.#over || this.#now === undefined) return;
    this.#now = { ...this.#now, ...changed };
    for (const listener of this.#listeners) listener();
  }
}

async function keptMap(id: Float64Array): Promise<KeptMap | undefined> {
  const response = await ask(DOCUMENT);
  return response.status === 204 ? undefined : reader().keptMap(await response.arrayBuffer(), id);
}

/** Of every face of the library, a row each. */
async function embeddings(rows: number): Promise<{ readonly values: Float32Array<ArrayBuffer>; readonly columns: number }> {
  const values = new Float32Array(await (await ask("/faces/embeddings")).arrayBuffer());
  const columns = values.length / rows;
  if (!Number.isInteger(columns)) throw new Error("The library changed meanwhile.");
  return { values, columns };
}

function areSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
