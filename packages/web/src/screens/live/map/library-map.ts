import { ApiError, api, ask } from "../../../client/api.ts";
import { MapPlaces } from "../../../work/map-places.ts";

/** The map of the library, ready to place faces on. */
export interface LibraryMap {
  readonly trouble: "none" | "other" | undefined;
  /** (faces, 2) */
  readonly positions: Float32Array;
  /** (faces): what each looks like. */
  readonly looks: readonly string[];
  readonly places: MapPlaces;
}

interface SentFaces {
  readonly expressions: readonly string[];
  readonly columns: { readonly id: readonly number[]; readonly expression: readonly number[] };
}

/**
 * Asks the library for its map and its faces.
 *
 * @param model that reads: name and version
 */
export async function openLibraryMap(model: string): Promise<LibraryMap> {
  const places = new MapPlaces();
  const none = { trouble: "none", positions: new Float32Array(), looks: [], places } as const;
  try {
    const document = await api<unknown>("/documents/map").catch(absent);
    if (document === undefined) return none;
    const { expressions, columns } = await api<SentFaces>("/faces");
    const embeddings = new Float32Array(await (await ask("/faces/embeddings")).arrayBuffer());
    const { trouble, positions, rows } = await places.open({ document, ids: columns.id, embeddings, model });
    const looks = Array.from(rows, (row) => expressions[columns.expression[row] as number] ?? "");
    return { trouble, positions, looks, places };
  } catch (error) {
    places.close();
    throw error;
  }
}

/** Where nobody answers, or nothing was indexed, there is no map. */
function absent(error: unknown): undefined {
  if (error instanceof ApiError && (error.status === 404 || error.status === 409)) return undefined;
  throw error;
}
