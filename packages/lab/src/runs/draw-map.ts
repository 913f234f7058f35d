import { Embeddings } from "@semblant/core";
import { type MappedRows, mapRows } from "./map-rows.ts";
import { type MappedSpace, type MapSpaceOptions, mapSpace } from "./map-space.ts";

export type DrawMapOptions = MapSpaceOptions;

/**
 * Lays faces out on a map where those that a space finds alike lie together, by Barnes-Hut t-SNE off the main thread, and draws them; or
 * rows of embeddings, whatever they are of, in their classes' colours where they have labels. Same faces, options and seed, same map.
 *
 * @param what a run's folder; `best`, `small` or a file of `semblant export` or `adapt`, which need `data`; or embeddings
 * @throws OptionError if an option is out of range or unknown, or means a space where embeddings are given
 * @throws DataError if there is no such run, model or data, or fewer than 4 faces or rows
 *
 * @example
 * const rows = new Embeddings(Float32Array.from({ length: 16 }, (_, i) => (i < 8 ? i : 90 + i)), 1);
 * (await drawMap(rows, { perplexity: 2 })).svg.slice(0, 4); // "<svg"
 */
export function drawMap(what: string, options?: DrawMapOptions, progress?: (text: string) => void): Promise<MappedSpace>;
export function drawMap(what: Embeddings, options?: DrawMapOptions, progress?: (text: string) => void): Promise<MappedRows>;
export async function drawMap(
  what: string | Embeddings,
  options: DrawMapOptions = {},
  progress: (text: string) => void = () => {},
): Promise<MappedSpace | MappedRows> {
  return what instanceof Embeddings ? mapRows(what, options, progress) : mapSpace(what, options, progress);
}
