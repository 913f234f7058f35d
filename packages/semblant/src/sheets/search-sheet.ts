import { type Html, html } from "../html.ts";
import type { FaceSet } from "../library/face-set.ts";
import { lookOf } from "../questions/looks.ts";
import type { Hit, SearchAnswer } from "../questions/search.ts";
import { bar, counted, cutPictures, faceFigure, percent, type SheetMaking, sheet } from "./sheet.ts";

const SHOWN = 300;

/**
 * What a search found as a page: the query, then the faces, the best first.
 *
 * @param asked the query in words, and its face where it is one of the set's
 */
export async function* searchSheet(
  set: FaceSet,
  { hits, searched, exact, recall, identityLeak }: SearchAnswer,
  asked: { readonly words: string; readonly face?: number },
): SheetMaking {
  const shown = hits.slice(0, SHOWN);
  const query = asked.face === undefined ? [] : [{ face: asked.face, width: 320 }];
  const images = yield* cutPictures(set, { faces: [...query, ...shown.map(({ face }) => ({ face, width: 224 }))] });
  const byWords = hits.some(({ fit }) => fit !== undefined);
  const how = exact ? "compared one by one" : `looked up in an index that finds ${percent(recall ?? 0)} of the nearest`;
  return sheet(
    {
      title: byWords ? `Faces for "${asked.words}"` : `Faces like ${asked.words}`,
      lead: byWords
        ? `Of ${counted(searched, "face")} those that the words fit best, the best first.`
        : `Of ${counted(searched, "face")}, ${how}, those whose expression is most alike, the nearest first.`,
      body: html`${asked.face === undefined ? "" : html`<section class="group"><div class="looks"><figure class="face">${images.face({ face: asked.face })}</figure><div><h2>Searched for</h2><p class="path">${asked.words}</p></div></div></section>`}
<section class="group"><div class="faces">${shown.map((hit) => faceFigure(images.face(hit), caption(hit)))}</div></section>`,
      notes: [
        hits.length > SHOWN ? `${counted(hits.length - SHOWN, "face")} not shown.` : "",
        identityLeak === undefined
          ? ""
          : `The nearest face is the same person in ${Math.round(identityLeak.share)} % of cases (${identityLeak.data}, ${identityLeak.n.toLocaleString("en-US")} faces), where chance gives ${Math.round(identityLeak.chance)} %: likeness here is not of expression alone.`,
      ].filter((note) => note !== ""),
    },
    images,
  );
}

function caption({ expression, probability, verdict, distance, fit, path }: Hit): Html {
  const look = verdict === "named" || verdict === "corrected" ? `${lookOf(expression)} ${percent(probability)}` : verdict;
  return html`<b>${look}</b>${distance === undefined ? "" : `distance ${distance.toFixed(2)}`}${fit === undefined ? "" : html`fits ${percent(fit)}${bar(fit)}`}<span class="path">${path}</span>`;
}
