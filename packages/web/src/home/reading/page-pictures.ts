import { decoded } from "../../work/pixels.ts";
import type { Pictures } from "./photo-reader.ts";
import { smallPicture, uprightPicture } from "./small-pictures.ts";

/** The browser's own decoder and encoder. */
export const pagePictures: Pictures = {
  upright: (file, side) => withPhoto(file, (photo) => uprightPicture(photo, side)),
  thumbnail: (file, face) => withPhoto(file, (photo) => smallPicture(photo, face)),
};

async function withPhoto<T>(file: Blob, work: (photo: ImageBitmap) => Promise<T>): Promise<T> {
  const photo = await decoded(file);
  try {
    return await work(photo);
  } finally {
    photo.close();
  }
}
