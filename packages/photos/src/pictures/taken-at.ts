import { cameraTime } from "@semblant/core/internals";

/** One object for all photos: exifr keeps every one that it was given. */
const onlyTheDate = { pick: ["DateTimeOriginal"], reviveValues: false, gps: false, translateValues: false };

/** DateTimeOriginal alone, where EXIF has it: of EXIF as libvips takes it out of a file, or of the file. */
export async function takenAt(bytes: Uint8Array): Promise<number | undefined> {
  const { default: exifr } = await import("exifr");
  const named = String.fromCharCode(...bytes.subarray(0, 6)) === "Exif\0\0";
  const tags = (await exifr.parse((named ? bytes.subarray(6) : bytes) as Buffer, onlyTheDate).catch(() => undefined)) as
    | { DateTimeOriginal?: string }
    | undefined;
  return cameraTime(tags?.DateTimeOriginal);
}
