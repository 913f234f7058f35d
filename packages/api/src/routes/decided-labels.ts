import type { Audit, CorrectionRecord, DoubtfulFace } from "@semblant/answers";
import { labelOfFolder } from "@semblant/answers/internals";
import type { PhotoList } from "../shelf/library.ts";

/** A line of a list of corrections. */
type Line = Pick<DoubtfulFace, "path" | "suggested" | "forAPerson" | "given" | "doubt">;

/**
 * Doubtful labels as a person decided them: one that was kept is no correction; one that was changed is as it was changed, in the folder's
 * word for it; a photo whose faces are none is left out. What nobody decided stays as it is suggested.
 *
 * @param only leaves out what nobody decided
 */
export function decidedLabels(
  audit: Audit,
  { corrections, photos }: { readonly corrections: readonly CorrectionRecord[]; readonly photos: PhotoList },
  only: boolean,
): Line[] {
  const decided = new Map(corrections.flatMap(({ faces, label }) => faces.flatMap((face) => (label === undefined ? [] : [[face, label]]))));
  const wordOf = new Map(audit.labels.flatMap(({ label, expression }) => (expression === undefined ? [] : [[expression, label]])));
  const lines = audit.doubtful.flatMap((doubtful): Line[] => {
    const label = decided.get(doubtful.face);
    if (label === undefined) return only ? [] : [doubtful];
    const word = wordOf.get(label) ?? label;
    return word === doubtful.given ? [] : [{ ...doubtful, suggested: word, forAPerson: false }];
  });
  return [...lines, ...noFaces(audit, corrections, photos)];
}

/** Labelled photos in which faces were found that a person said to be none: an empty label leaves them out. */
function noFaces({ withoutFaces }: Audit, corrections: readonly CorrectionRecord[], { photos, faces }: PhotoList): Line[] {
  if (!corrections.some(({ kind }) => kind === "not a face")) return [];
  const faceless = new Set(withoutFaces);
  return photos
    .filter(({ path }, i) => faceless.has(path) && (faces[i] as number) > 0)
    .map((photo) => ({ path: photo.path, suggested: "", forAPerson: false, given: labelOfFolder(photo) ?? "", doubt: 1 }));
}
