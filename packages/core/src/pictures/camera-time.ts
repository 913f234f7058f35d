/**
 * A time as cameras write it into EXIF, read as if their clock showed UTC, in milliseconds since 1970; undefined for none.
 *
 * @example
 * cameraTime("2024:05:01 10:00:30"); // 1714557630000
 * cameraTime("0000:00:00 00:00:00"); // undefined
 */
export function cameraTime(text = ""): number | undefined {
  const match = /^(\d{4})\D(\d{2})\D(\d{2})\D(\d{2})\D(\d{2})\D(\d{2})/.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  return year > 1900 && Number.isFinite(time) ? time : undefined;
}
