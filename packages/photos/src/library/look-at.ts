import { modelOfCard, type SetModel } from "@semblant/answers";
import { photoRead } from "../reading/readers.ts";
import type { PhotoReading } from "../reading/reading.ts";
import { type Library, readersOf, searchingOf } from "./library.ts";

/** A picture that is not in a library, with its faces and the model that they are named by. */
export interface LookedAtPicture {
  readonly picture: PhotoReading;
  readonly model: SetModel;
}

/**
 * Finds the faces of a picture that is not in the library, by the library's model, or by its reader's where nothing was indexed. The
 * picture is read in a process of its own, which a decoder that hangs or breaks costs nothing but itself.
 *
 * @param place the picture's file
 * @throws DataError if it cannot be read, or the reader's model is not the library's
 */
export async function lookAt(library: Library, place: string): Promise<LookedAtPicture> {
  if (library.counts().photos > 0) {
    const { model, readPhoto } = searchingOf(library);
    return { picture: await readPhoto(place), model };
  }
  const reader = await readersOf(library).ofPhotos();
  return { picture: await photoRead(reader, place), model: modelOfCard(await reader.card()) };
}
