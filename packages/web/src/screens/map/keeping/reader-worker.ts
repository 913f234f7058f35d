import * as Comlink from "comlink";
import { packMap, type SavedMap, unpackMap } from "../../../work/saved-map.ts";
import { facesOf, type MapFaces } from "../data/faces.ts";
import { type LaidOut, layOut } from "../data/lay-out.ts";
import { mapCsv } from "../files/map-csv.ts";
import { mapSvg } from "../files/map-svg.ts";

const decode = (bytes: ArrayBuffer): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** What of a kept map is told to the page. */
export type KeptMap = LaidOut & Pick<SavedMap, "model" | "seed" | "iteration" | "iterations">;

/** Reads and writes what is long away from the page's own thread: 100,000 faces take longer than a person should wait for a key. */
const reader = {
  faces(bytes: ArrayBuffer): MapFaces {
    const faces = facesOf(decode(bytes) as Parameters<typeof facesOf>[0]);
    const arrays = Object.values(faces).filter((value) => ArrayBuffer.isView(value));
    return Comlink.transfer(
      faces,
      arrays.map(({ buffer }) => buffer as ArrayBuffer),
    );
  },
  /** The faces of these ids on a map that was kept; `undefined` where what was kept is no map. */
  keptMap(bytes: ArrayBuffer, id: Float64Array): KeptMap | undefined {
    const saved = unpackMap(decode(bytes));
    if (saved === undefined) return undefined;
    const { model, seed, iteration, iterations } = saved;
    return { ...layOut(id, saved), model, seed, iteration, iterations };
  },
  pack: (map: SavedMap): Blob => new Blob([JSON.stringify(packMap(map))], { type: "application/json" }),
  csv: (...given: Parameters<typeof mapCsv>): Blob => new Blob([mapCsv(...given)], { type: "text/csv;charset=utf-8" }),
  svg: (...given: Parameters<typeof mapSvg>): Blob => new Blob([mapSvg(...given)], { type: "image/svg+xml" }),
};

export type Reader = typeof reader;

Comlink.expose(reader);
