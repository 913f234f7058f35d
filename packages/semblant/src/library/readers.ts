import type { ModelCard } from "@semblant/faces";
import { type LibraryReader, type Reading, readFaces } from "./reading.ts";

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
