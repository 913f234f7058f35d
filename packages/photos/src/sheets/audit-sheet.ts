import type { Audit, DoubtfulFace, FaceSet } from "@semblant/answers";
import { html } from "./html.ts";
import { asNote, facesTurned, noFaceNote } from "./no-face.ts";
import { bar, counted, cutPictures, faceFigure, percent, type SheetMaking, sheet, unbroken } from "./sheet.ts";

const SHOWN = 300;

/** Doubtful labels as a page, worst first: each face with the label it has and the one that is suggested. */
export async function* auditSheet(
  set: FaceSet,
  { doubtful, faces, labels, threshold, withoutFaces, turned, unlabeled, approximate = "" }: Audit,
): SheetMaking {
  const shown = doubtful.slice(0, SHOWN);
  const images = yield* cutPictures(set, { faces: shown.map(({ face }) => ({ face, width: 160 })) });
  const rows = labels.map(
    ({ label, expression, faces: count, doubtful: doubted }) =>
      html`<tr><th scope="row">${label}</th><td>${expression ?? "not known to the model"}</td><td>${count}</td><td>${doubted}</td></tr>`,
  );
  return sheet(
    {
      title: `${counted(doubtful.length, "doubtful label")} of ${counted(faces, "face")}`,
      lead:
        "The model and the nearest faces speak against these labels. The most doubtful come first. " +
        "The label may be wrong, or the face may be hard to read. Look before you change it.",
      body: html`<div class="doubts">${shown.map(doubt)}</div>
<section class="card">
  <h2>By label</h2>
  <div class="scroll"><table>
    <thead><tr><th>label</th><th>means</th><th>faces</th><th>doubtful</th></tr></thead>
    <tbody>${rows}</tbody>
  </table></div>
</section>`,
      notes: [
        `Labels with a doubt of ${percent(threshold)} or more are listed.`,
        doubtful.length > SHOWN ? `${counted(doubtful.length - SHOWN, "doubtful label")} not shown; all are in the CSV.` : "",
        noFaceNote(withoutFaces, { noun: "labelled photo" }),
        asNote(facesTurned(turned)),
        unlabeled > 0 ? `${counted(unlabeled, "photo")} in no folder that names a label.` : "",
        approximate,
      ].filter((note) => note !== ""),
    },
    images,
  );

  function doubt(face: DoubtfulFace) {
    const open = face.forAPerson ? " (no label of this folder: for you to say)" : "";
    const change = html`<span class="change"><s>${face.given}</s> <b>${face.suggested}</b>${open}</span>`;
    const place = html`<span class="path">${unbroken(`doubt ${percent(face.doubt)}`)} · ${face.path}</span>`;
    return faceFigure(images.face(face), html`${change}${bar(face.doubt)}${place}`);
  }
}
