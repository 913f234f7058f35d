/** A map as it is kept with the library, in the document "map". */
export interface SavedMap {
  readonly model: string;
  readonly seed: number;
  /** Steps that were made, of how many. */
  readonly iteration: number;
  readonly iterations: number;
  /** Ids of the faces that are on it. */
  readonly ids: Float64Array;
  /** (faces, 2) */
  readonly positions: Float32Array;
  /** (faces): 1 where a face was placed onto the map after it was made. */
  readonly placed: Uint8Array;
}

const VERSION = 1;

/** As JSON: arrays in base64, little endian, since a number in text takes three times the room. */
export function packMap({ ids, positions, placed, ...rest }: SavedMap): object {
  return { version: VERSION, ...rest, ids: base64(Uint32Array.from(ids)), positions: base64(positions), placed: base64(placed) };
}

/** What {@link packMap} was given; `undefined` for anything else, as what another version or program left there. */
export function unpackMap(value: unknown): SavedMap | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { version, model, seed, iteration, iterations, ...arrays } = value as Readonly<Record<string, unknown>>;
  if (version !== VERSION || typeof model !== "string" || !isCount(seed) || !isCount(iteration) || !isCount(iterations)) return undefined;
  const [ids, positions, placed] = [bytesOf(arrays.ids), bytesOf(arrays.positions), bytesOf(arrays.placed)];
  if (ids === undefined || positions === undefined || placed === undefined) return undefined;
  if (ids.length !== 4 * placed.length || positions.length !== 8 * placed.length) return undefined;
  const places = new Float32Array(positions.buffer);
  if (!places.every(Number.isFinite)) return undefined;
  return { model, seed, iteration, iterations, ids: Float64Array.from(new Uint32Array(ids.buffer)), positions: places, placed };
}

const isCount = (value: unknown): value is number => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

const CHUNK = 0x8000;

function base64(array: Uint32Array | Float32Array | Uint8Array): string {
  const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  let text = "";
  for (let from = 0; from < bytes.length; from += CHUNK) text += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  return btoa(text);
}

function bytesOf(text: unknown): Uint8Array<ArrayBuffer> | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const binary = atob(text);
    return Uint8Array.from({ length: binary.length }, (_, i) => binary.charCodeAt(i));
  } catch {
    return undefined; // no base64
  }
}
