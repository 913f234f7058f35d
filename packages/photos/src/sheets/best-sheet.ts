import { type BestShots, type Burst, type FaceSet, lookOf, type Shot, type ShotFace } from "@semblant/answers";
import { moment } from "@semblant/answers/internals";
import { type Html, html } from "./html.ts";
import { noFaceNote } from "./no-face.ts";
import { counted, cutPictures, faceFigure, percent, type SheetMaking, sheet, unbroken } from "./sheet.ts";

/** Moments with pictures, and the other shots shown of each. */
const BURSTS = 40;
const OTHERS = 6;
const FACES = 12;

/** The best shot of each moment as a page: large, with the numbers of its faces, the others beside it. */
export async function* bestSheet(set: FaceSet, { bursts, expression, singles, photos, withoutFaces }: BestShots): SheetMaking {
  const shown = bursts.slice(0, BURSTS);
  const images = yield* cutPictures(set, {
    photos: shown.flatMap(({ shots }) => shots.slice(0, OTHERS + 1).map(({ photo }, place) => ({ photo, width: place === 0 ? 640 : 280 }))),
    faces: shown.flatMap(({ shots }) => (shots[0] as Shot).faces.slice(0, FACES).map(({ face }) => ({ face, width: 112 }))),
  });
  const wanted = expression === "any" ? "open eyes and sharpness" : `${lookOf(expression)} faces, open eyes and sharpness`;
  const ranked = `Shots of one moment are ranked by ${wanted}. The worst face makes half of a shot's score, the next a quarter, and so on.`;
  const none = bursts.length === 0;
  return sheet(
    {
      title: none ? "No moment has several shots" : `The best of ${counted(bursts.length, "moment")}`,
      lead: none ? "Each photo is the only one of its moment. There is nothing to choose from." : ranked,
      body: html`${shown.map(burst)}`,
      notes: [
        `${counted(photos, "photo")} looked at; ${counted(singles, "photo")} with faces ` +
          `${singles === 1 ? "has" : "have"} no near-duplicate.`,
        noFaceNote(withoutFaces, { so: "not judged" }),
        bursts.length > BURSTS ? `${counted(bursts.length - BURSTS, "moment")} not shown.` : "",
      ].filter((note) => note !== ""),
    },
    images,
  );

  function burst({ shots, taken }: Burst) {
    const [best, ...others] = shots as [Shot, ...Shot[]];
    const more = others.length - OTHERS;
    const scores = best.faces.slice(0, FACES).map((face) => {
      const isWorst = best.faces.length > 1 && face.face === best.worst;
      return faceFigure(images.face(face), reasons(face), isWorst ? "worst" : "");
    });
    return html`<section class="group">
<header><h2>${counted(shots.length, "shot")}</h2><span>${taken === undefined ? "" : moment(taken)}</span></header>
<div class="shots">
<div class="shot">${images.photo(best.photo)}
<h3><span>${best.path}</span><span class="badge good">best, ${best.score.toFixed(2)}</span></h3>${lacks(best)}
<div class="scores">${scores}</div></div>
<div class="others">${others.slice(0, OTHERS).map(other)}${more > 0 ? html`<p class="soft">and ${more} more</p>` : ""}</div>
</div></section>`;
  }

  function other(shot: Shot) {
    const worst = shot.faces.find(({ face }) => face === shot.worst);
    const said = worst ? `worst face: ${inWords(worst).join(", ")}` : "no face that counts";
    const missing = shot.missing > 0 ? `; ${counted(shot.missing, "face")} missing` : "";
    return html`<div class="shot">${images.photo(shot.photo)}<h3><span>${shot.path}</span><span>${shot.score.toFixed(2)}</span></h3>
<p class="path">${said}${missing}</p></div>`;
  }
}

function lacks({ missing }: Shot): Html {
  return missing > 0 ? html`<p class="path">${counted(missing, "face")} fewer than in other shots</p>` : html``;
}

function reasons(face: ShotFace): Html {
  return html`<b>${face.score === undefined ? "passer-by" : face.score.toFixed(2)}</b>${inWords(face).join(", ")}`;
}

function inWords({ wanted, eyesOpen, sharpness }: ShotFace): string[] {
  return [
    ...(wanted === undefined ? [] : [`look ${percent(wanted)}`]),
    ...(eyesOpen === undefined ? [] : [`eyes ${percent(eyesOpen)}`]),
    `sharp ${percent(sharpness)}`,
  ].map(unbroken);
}
