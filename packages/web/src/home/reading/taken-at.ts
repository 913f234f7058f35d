import { cameraTime } from "@semblant/core/internals";
import exifr from "exifr/dist/lite.esm.mjs";

/** DateTimeOriginal, by its number: this build of exifr knows no names. */
const dateTimeOriginal = 0x9003;

/** One object for all photos: exifr keeps every one that it was given. */
const onlyTheDate = {
  exif: [dateTimeOriginal],
  ifd0: false,
  gps: false,
  translateKeys: false,
  translateValues: false,
  reviveValues: false,
};

/** When a photo was taken, where its file says so; where it was taken is not read. */
export async function takenAt(file: Blob): Promise<number | undefined> {
  const tags = (await exifr.parse(file, onlyTheDate).catch(() => undefined)) as { readonly [dateTimeOriginal]?: string } | undefined;
  return cameraTime(tags?.[dateTimeOriginal]);
}
