import type { FaceRecord, FaceSet, Hit, PhotoRecord, SearchHits } from "@semblant/answers";
import { type Html, html } from "./html.ts";
import { noFaceNote } from "./no-face.ts";
import { bar, counted, cutPictures, faceFigure, percent, type SheetMaking, sheet } from "./sheet.ts";

const SHOWN = 300;

/** What was searched for: in words, and as a face of the set or of a photo elsewhere. */
export interface AskedOf {
  readonly words: string;
  readonly face?: number;
  readonly picture?: Pick<PhotoRecord, "path" | "width" | "height"> & Pick<FaceRecord, "box">;
}

/** What a search found as a page: the face that was searched for, then the faces, the best first. */
export async function* searchSheet(
  set: FaceSet,
  answer: SearchHits & { readonly withoutFaces?: readonly string[] },
  asked: AskedOf,
): SheetMaking {
  const { hits, searched, exact, recall, identityLeak, withoutFaces = [] } = answer;
  const shown = hits.slice(0, SHOWN);
  const query = asked.picture === undefined ? asked.face : STRANGER;
  const wanted = shown.map(({ face }) => ({ face, width: 300 }));
  const known = asked.picture === undefined ? set : withStranger(set, asked.picture);
  const images = yield* cutPictures(known, { faces: query === undefined ? wanted : [{ face: query, width: 320 }, ...wanted] });
  const byWords = hits.some(({ fit }) => fit !== undefined);
  const how = exact ? "compared one by one" : `looked up in an index that finds ${percent(recall ?? 0)} of the nearest`;
  const leak =
    identityLeak === undefined || byWords
      ? ""
      : `The nearest face is the same person in ${Math.round(identityLeak.share)} % of cases ` +
        `(${identityLeak.n.toLocaleString("en-US")} ${identityLeak.data}), where chance gives ` +
        `${Math.round(identityLeak.chance)} %: what is alike here is not the expression alone.`;
  return sheet(
    {
      title: byWords ? `Faces for "${asked.words}"` : `Faces like ${asked.words}`,
      lead: byWords
        ? `The words fit these faces best, of ${counted(searched, "face")}. The best come first.`
        : `These expressions are most alike, of ${counted(searched, "face")} ${how}. The nearest come first.`,
      body: html`${query === undefined ? "" : searchedFor(images.face({ face: query }), asked.words)}
<div class="doubts">${shown.map((hit) => faceFigure(images.face(hit), caption(hit)))}</div>`,
      notes: [
        hits.length > SHOWN ? `${counted(hits.length - SHOWN, "face")} not shown.` : "",
        leak,
        noFaceNote(withoutFaces, { so: "not searched" }),
      ].filter((note) => note !== ""),
    },
    images,
  );
}

function searchedFor(face: Html, words: string): Html {
  return html`<section class="group"><div class="looks">
  <div class="face">${face}</div>
  <div><h2>Searched for</h2><p class="path">${words}</p></div>
</div></section>`;
}

function caption({ face, looks, probability, verdict, distance, fit, path }: Hit): Html {
  const named = verdict === "named" || verdict === "corrected";
  const sure = named ? `${percent(probability).replaceAll(" ", "\u00a0")} · ` : "";
  const how = distance === undefined ? html`fits ${percent(fit ?? 0)}${bar(fit ?? 0)}` : html`distance ${distance.toFixed(2)}`;
  return html`<b>${looks}</b>${sure}${how}<div class="path">face ${face} · ${path}</div>`;
}

const STRANGER = -1;

/** A set with a face of a photo that is not in it, for its picture. */
function withStranger(set: FaceSet, { box, ...photo }: NonNullable<AskedOf["picture"]>): FaceSet {
  const record = { ...photo, id: STRANGER, bytes: 0, modified: 0, hash: "", perceptualHash: 0n };
  const point = { x: box.x, y: box.y };
  const face: FaceRecord = {
    id: STRANGER,
    photo: STRANGER,
    box,
    score: 1,
    landmarks: { leftEye: point, rightEye: point, mouth: point, nose: point },
    quality: { side: box.width, sharpness: 1, yaw: 0, pitch: 0, roll: 0 },
    appearance: new Float32Array(0),
    together: [],
    apart: [],
  };
  return { ...set, faces: [...set.faces, face], photos: new Map([...set.photos, [STRANGER, record]]) };
}
