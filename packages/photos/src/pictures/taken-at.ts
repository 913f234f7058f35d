/** One object for all photos: exifr keeps every one that it was given. */
const onlyTheDate = { pick: ["DateTimeOriginal"], reviveValues: false, gps: false, translateValues: false };

/** DateTimeOriginal alone, where EXIF has it: of EXIF as libvips takes it out of a file, or of the file. */
export async function takenAt(bytes: Uint8Array): Promise<number | undefined> {
  const { default: exifr } = await import("exifr");
  const named = String.fromCharCode(...bytes.subarray(0, 6)) === "Exif\0\0";
  const tags = (await exifr.parse((named ? bytes.subarray(6) : bytes) as Buffer, onlyTheDate).catch(() => undefined)) as
    | { DateTimeOriginal?: string }
    | undefined;
  const match = /^(\d{4})\D(\d{2})\D(\d{2})\D(\d{2})\D(\d{2})\D(\d{2})/.exec(tags?.DateTimeOriginal ?? "");
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  return year > 1900 && Number.isFinite(time) ? time : undefined;
}
