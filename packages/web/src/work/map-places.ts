import { wrap } from "comlink";
import type { MapSources } from "./laid-map.ts";
import type { MapPlacesWorker } from "./map-places-worker.ts";

/** Tells where faces fall on the map that a library keeps, in a worker of the page. */
export class MapPlaces {
  readonly #worker = new Worker(new URL("./map-places-worker.ts", import.meta.url), { type: "module", name: "map places" });
  readonly #remote = wrap<MapPlacesWorker>(this.#worker);

  /** The faces of the map, or why there is none. */
  open(sources: MapSources): Promise<ReturnType<MapPlacesWorker["open"]>> {
    return this.#remote.open(sources);
  }

  /** Where a face falls that is not on it. */
  place(embedding: Float32Array): Promise<readonly [x: number, y: number]> {
    return this.#remote.place(embedding);
  }

  close(): void {
    this.#worker.terminate();
  }
}
