import { differenceHash, scaledFace } from "@semblant/faces/internals";
import { type Faces, openFaces } from "../../work/faces.ts";
import { decoded, pixelsOf } from "../../work/pixels.ts";
import type { PhotoReader } from "./photo-reader.ts";
import { smallPicture } from "./small-pictures.ts";
import { takenAt } from "./taken-at.ts";

/** Networks that nobody asked for so many milliseconds are closed: they take more memory than all else. */
const idle = 120_000;

/**
 * Reads photos by the networks in a worker, which is opened when it is first asked; makes their small pictures here while those run.
 *
 * @param base where the page's own files are
 */
export function openPageReader(base: string): PhotoReader {
  let faces: Faces | undefined;
  let inWork = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const using = async <T>(work: (opened: Faces) => Promise<T>): Promise<T> => {
    clearTimeout(timer);
    faces ??= openFaces({ base });
    inWork++;
    try {
      return await work(faces);
    } finally {
      inWork--;
      if (inWork === 0) {
        timer = setTimeout(() => {
          faces?.close();
          faces = undefined;
        }, idle);
      }
    }
  };
  return {
    card: () => using(async (opened) => (await opened.model()).card),
    read: (file) =>
      using(async (opened) => {
        const photo = await decoded(file);
        try {
          const { width, height } = photo;
          const perceptualHash = differenceHash(await pixelsOf(await createImageBitmap(photo)));
          const reading = opened.read(await createImageBitmap(photo));
          const [taken, thumbnail, read] = await Promise.all([takenAt(file), smallPicture(photo), reading]);
          const scale = width / read.width;
          const faces = read.faces.map(({ landmarksFound: _found, certainty: _certainty, ...face }) => scaledFace(face, scale));
          const faceThumbnails = await Promise.all(faces.map(({ box }) => smallPicture(photo, box)));
          return { width, height, ...(taken !== undefined && { taken }), perceptualHash, faces, thumbnail, faceThumbnails };
        } finally {
          photo.close();
        }
      }),
  };
}
