import { type ClassifiedFace, type ClassifiedFaces, type FaceSet, lookOf } from "@semblant/answers";
import { type Html, html } from "./html.ts";
import { noFaceNote } from "./no-face.ts";
import { bar, counted, cutPictures, percent, type SheetMaking, sheet } from "./sheet.ts";

const SHOWN = 200;

/** What faces look like as a page: each face with its distribution and the verdict. */
export async function* classifySheet(set: FaceSet, { faces, classes, withoutFaces }: ClassifiedFaces): SheetMaking {
  const shown = faces.slice(0, SHOWN);
  const images = yield* cutPictures(set, { faces: shown.map(({ face }) => ({ face, width: 224 })) });
  const verdicts = (verdict: ClassifiedFace["verdict"]) => faces.filter((face) => face.verdict === verdict).length;
  return sheet(
    {
      title: `What ${counted(faces.length, "face")} look like`,
      lead: "Each face has a probability for each expression. The model also says where it is unsure or knows no face like it.",
      tiles: [
        {
          name: "Named",
          value: String(verdicts("named") + verdicts("corrected")),
          meaning: "one expression stands out, or a person said so",
        },
        { name: "Unsure", value: String(verdicts("unsure")), meaning: "several expressions are likely" },
        { name: "None of these", value: String(verdicts("none of these")), meaning: "unlike all faces that the model knows" },
      ],
      body: html`<div class="two">${shown.map(one)}</div>`,
      notes: [faces.length > SHOWN ? `${counted(faces.length - SHOWN, "face")} not shown.` : "", noFaceNote(withoutFaces)].filter(
        (note) => note !== "",
      ),
    },
    images,
  );

  function one(face: ClassifiedFace) {
    const { path, distribution, verdict, expression } = face;
    const order = [...classes.keys()].sort((a, b) => (distribution[b] as number) - (distribution[a] as number)).slice(0, 5);
    const said = verdict === "named" || verdict === "corrected" ? lookOf(expression) : verdict;
    const kind = verdict === "named" || verdict === "corrected" ? "good" : "bad";
    return html`<section class="group"><div class="looks"><div class="face">${images.face(face)}</div><div>
<p><span class="badge ${kind}">${said}</span>${verdict === "corrected" ? " as a person said" : ""}</p>
<div class="bars">${order.map((c, place) => shareOf(classes[c] as string, distribution[c] as number, place === 0))}</div>
<p class="path">${path}</p></div></div></section>`;
  }
}

function shareOf(name: string, share: number, isMost: boolean): Html {
  return html`<span class="${isMost ? "most" : ""}">${lookOf(name)}</span>${bar(share)}<span class="number">${percent(share)}</span>`;
}
