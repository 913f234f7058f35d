import { DataError } from "@semblant/core";
import type { ModelCard } from "@semblant/faces";
import { whyGone } from "../pictures/missing-file.ts";
import { type LibraryReader, type PhotoReading, type Reading, readFaces } from "./reading.ts";

/** One that reads one photo at a time. */
export interface PhotoReader {
  /** Its model's card, as plain data. */
  card(): Promise<ModelCard>;
  read(place: string, wanted: (hash: string) => boolean): Promise<Reading>;
  /** The next photo is read by a fresh process, where the reader has one of its own. */
  renew(): Promise<void>;
  /** Ends at once, also while it reads. */
  close(): Promise<void>;
}

/** The reader that is at hand, in this process. */
export function readerHere(reader: LibraryReader): PhotoReader {
  return {
    card: async () => reader.model.card,
    read: (place, wanted) => readFaces(place, reader, wanted),
    renew: async () => {},
    close: async () => void (await reader.close()),
  };
}

/** Reads a photo that is wanted whatever is known; one in whose work its process ended is tried once more, in a fresh process. */
export async function readWanted(reader: PhotoReader, place: string): Promise<Reading> {
  const first = await reader.read(place, () => true);
  if (!("reason" in first && first.cause.startsWith("ended"))) return first;
  await reader.renew();
  return reader.read(place, () => true);
}

/**
 * A photo that has to be read.
 *
 * @throws DataError if it cannot be
 */
export async function photoRead(reader: PhotoReader, place: string): Promise<PhotoReading> {
  const reading = await readWanted(reader, place);
  if ("faces" in reading) return reading;
  const why = "reason" in reading ? reading.reason : whyGone(place);
  throw new DataError(`photo: ${why}${why.endsWith(".") ? "" : "."}`);
}
