import type { FaceGroup, FaceGroups, FaceSet } from "@semblant/answers";
import { html } from "./html.ts";
import { noFaceNote } from "./no-face.ts";
import { bar, counted, cutPictures, faceFigure, percent, type SheetMaking, sheet } from "./sheet.ts";

const methods = {
  "given number": "The number of groups is as asked for.",
  BIC: "The number of groups is chosen by the Bayesian information criterion.",
  similarity: "Faces of a group are at least as much alike as asked for.",
} as const;
/** Groups with pictures; the others are counted. */
const SHOWN = 40;

/** Groups of faces as a page: of each its medoid, large, and the faces nearest to it. */
export async function* clusterSheet(
  set: FaceSet,
  { groups, alone, method, corrections, faces, withoutFaces, approximate = "" }: FaceGroups,
): SheetMaking {
  const shown = groups.slice(0, SHOWN);
  const images = yield* cutPictures(set, {
    faces: shown.flatMap(({ top }) => top.map(({ face }, place) => ({ face, width: place === 0 ? 240 : 112 }))),
  });
  const kept = corrections.together + corrections.apart;
  return sheet(
    {
      title: `${counted(faces, "face")} in ${counted(groups.length, "group")}`,
      lead:
        `The faces of a group look alike. ${methods[method]} ` +
        "The large face is the most typical one, the medoid. Beside it are the faces nearest to it.",
      body: html`${shown.map(group)}`,
      notes: [
        groups.length > SHOWN ? `${counted(groups.length - SHOWN, "smaller group")} not shown.` : "",
        alone.length > 0 ? `${counted(alone.length, "face")} in no group.` : "",
        noFaceNote(withoutFaces, { so: "in no group" }),
        approximate,
        kept > 0 ? `What people said of ${counted(kept, "pair")} was kept.` : "",
        corrections.refused.length > 0
          ? `${counted(corrections.refused.length, "pair")} could not be together, since others must be apart.`
          : "",
      ].filter((note) => note !== ""),
    },
    images,
  );

  function group({ name, size, share, purity, top }: FaceGroup) {
    const typical = top.map((face, place) => faceFigure(images.face(face), html``, place === 0 ? "first" : ""));
    return html`<section class="group">
<header><h2>${name}</h2><span>${counted(size, "face")}, ${percent(share)} · ${percent(purity)} of them look so</span></header>
${bar(share)}<p></p><div class="faces typical">${typical}</div></section>`;
  }
}
