import { Embeddings, placeOnMap } from "@semblant/core";
import { expose } from "comlink";
import { type LaidMap, laidMap, type MapSources } from "./laid-map.ts";

let laid: LaidMap | undefined;

const worker = {
  open(sources: MapSources): Pick<LaidMap, "positions" | "rows" | "trouble"> {
    laid = laidMap(sources);
    const { positions, rows, trouble } = laid;
    return { positions, rows, trouble };
  },
  /** Where a face of these numbers falls. */
  place(embedding: Float32Array): readonly [x: number, y: number] {
    const { positions, X } = laid as LaidMap;
    const [x, y] = placeOnMap({ positions: Float64Array.from(positions) }, X, new Embeddings(embedding, X.columns));
    return [x as number, y as number];
  },
};

export type MapPlacesWorker = typeof worker;

expose(worker);
