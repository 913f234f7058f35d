import { Embeddings } from "@semblant/core";
import { unpackMap } from "./saved-map.ts";

/** What a library keeps that a map is laid of. */
export interface MapSources {
  /** The document "map"; null where none was kept. */
  readonly document: unknown;
  /** Ids of the library's faces, in the order of the embeddings. */
  readonly ids: readonly number[];
  /** (faces · dimensions) */
  readonly embeddings: Float32Array;
  /** Of the model that reads, as the map has it. */
  readonly model: string;
}

/** A map with what its faces are. */
export interface LaidMap {
  /** Why no face can be placed on it. */
  readonly trouble: "none" | "other" | undefined;
  /** (faces of the map, 2) */
  readonly positions: Float32Array;
  /** (faces of the map): the row of each among the library's faces. */
  readonly rows: Int32Array;
  readonly X: Embeddings;
}

const fewest = 3;

/** The faces that are both on the map and in the library. Where there is no map, or it is of another model, it says so. */
export function laidMap({ document, ids, embeddings, model }: MapSources): LaidMap {
  const saved = unpackMap(document);
  if (saved === undefined) return withTrouble("none");
  if (saved.model !== model) return withTrouble("other");
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const found = Array.from(saved.ids, (id, place) => ({ row: rowOf.get(id), place })).filter(({ row }) => row !== undefined);
  if (found.length < fewest) return withTrouble("none");
  const columns = embeddings.length / ids.length;
  const positions = new Float32Array(2 * found.length);
  const values = new Float32Array(found.length * columns);
  const rows = new Int32Array(found.length);
  for (const [i, { row, place }] of found.entries()) {
    rows[i] = row as number;
    positions.set(saved.positions.subarray(2 * place, 2 * place + 2), 2 * i);
    values.set(embeddings.subarray((row as number) * columns, ((row as number) + 1) * columns), i * columns);
  }
  return { trouble: undefined, positions, rows, X: new Embeddings(values, columns) };
}

function withTrouble(trouble: "none" | "other"): LaidMap {
  return { trouble, positions: new Float32Array(), rows: new Int32Array(), X: new Embeddings(new Float32Array(), 1) };
}
