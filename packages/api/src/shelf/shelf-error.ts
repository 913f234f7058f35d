import { DataError } from "@semblant/core";

/** Why a shelf refuses, beside what is wrong with the data: each has its own status. */
export type ShelfRefusal = "missing" | "busy" | "full" | "too large";

/**
 * The error of a shelf for what is not there (404), busy (423), out of room (507) or too large (413).
 *
 * @example
 * shelfError("missing", "photos: expected the id of a photo, but 7 is none.").message;
 * // "photos: expected the id of a photo, but 7 is none."
 */
export function shelfError(refusal: ShelfRefusal, message: string): DataError {
  return new DataError(message, { cause: { refusal } });
}
