import type { Album } from "@semblant/answers";
import { noFaceFound } from "./no-face.ts";
import { counted, percent } from "./sheet.ts";

/**
 * How well an album covers each aspect, and what of it nobody can know: who is who, and when a photo was taken that has lost its date
 * (sent or scanned).
 *
 * @example
 * const coverage = { all: 0.7, expression: 0.8, people: 0.53, time: 0 };
 * coveredInWords({ coverage, of: { photos: 9, faces: 9, withoutFaces: 0, dated: 0, moments: 9 } });
 * // "expressions 80 %, people 53 % by the colours of head and shoulders (who is who is unknown), times unknown: no dates in these photos"
 */
export function coveredInWords({ coverage, of }: Pick<Album, "coverage" | "of">): string {
  const people = `people ${percent(coverage.people)} by the colours of head and shoulders (who is who is unknown)`;
  return `expressions ${percent(coverage.expression)}, ${people}${times(coverage.time, of)}`;
}

function times(coverage: number, { photos, dated }: Album["of"]): string {
  if (dated === 0) return ", times unknown: no dates in these photos";
  return `, times ${percent(coverage)}${dated < photos ? ` (${counted(photos - dated, "photo")} without a date)` : ""}`;
}

/** That no face was found in photos, and in which; with it, whether a picture stands for them. Undefined where there is a face in each. */
export function notStoodFor({ pictures, of, withoutFaces }: Pick<Album, "pictures" | "of" | "withoutFaces">): string | undefined {
  const stoodFor = pictures.reduce((sum, { standsFor }) => sum + standsFor.photos, 0);
  return noFaceFound(withoutFaces, stoodFor < of.photos ? { so: "which no picture stands for" } : {});
}
