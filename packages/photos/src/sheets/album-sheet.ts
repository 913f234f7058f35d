import type { Album, AlbumPicture, FaceSet } from "@semblant/answers";
import { moment } from "@semblant/answers/internals";
import { coveredInWords, notStoodFor } from "./album-words.ts";
import { html } from "./html.ts";
import { bar, counted, cutPictures, percent, type SheetMaking, sheet, unbroken } from "./sheet.ts";

/** Of the photos that a picture stands for, so many are shown below it. */
const SHOWN = 5;

/** An album's summary as a page: each picture, what it stands for and why it is there. */
export async function* albumSheet(set: FaceSet, answer: Album): SheetMaking {
  const { pictures, coverage, ceiling, groups, of } = answer;
  const faceless = notStoodFor(answer);
  const others = pictures.flatMap(({ standsFor }) => standsFor.ids.slice(1, SHOWN + 1));
  const images = yield* cutPictures(set, {
    photos: [...pictures.map(({ photo }) => ({ photo, width: 640 })), ...others.map((photo) => ({ photo, width: 120 }))],
  });
  const looks = groups.map(({ name, faces }) => `${name} ${faces}`).join(", ");
  const body = html`<div class="picks">${pictures.map(pick)}</div>`;
  return sheet(
    {
      title: `${pictures.length} of ${counted(of.photos, "photo")}`,
      lead:
        `These pictures sum up ${counted(of.photos, "photo")} with ${counted(of.faces, "face")}. ` +
        "They cover what faces look like, who is there, and when. Each shows how much of the album it stands for.",
      tiles: [
        { name: "Coverage", value: percent(coverage.all), meaning: "how like each photo is to one of these, on average" },
        {
          name: "Against the best",
          value: percent(ceiling > 0 ? coverage.all / ceiling : 1),
          meaning: "at least, of the most that so many pictures can cover",
        },
        {
          name: "Moments",
          value: of.moments.toLocaleString("en-US"),
          meaning: of.moments < of.photos ? "each picture is of another moment" : "no photo has a near-duplicate",
        },
      ],
      body,
      notes: [
        looks === "" ? "" : `Sub-classes of expressions found, with their faces: ${looks}.`,
        `Coverage of ${coveredInWords(answer)}.`,
        "People are told apart by the colours of head and shoulders, not by who they are: there is no model of identity here.",
        faceless === undefined ? "" : `N${faceless.slice(1)}.`,
        answer.approximate ?? "",
      ].filter((note) => note !== ""),
    },
    images,
  );

  function pick({ photo, path, taken, rank, faces, standsFor, why }: AlbumPicture) {
    const shown = standsFor.ids.slice(1, SHOWN + 1);
    const more = standsFor.photos - 1 - shown.length;
    const stands = standsFor.photos === 1 ? "Stands for itself" : `Stands for ${counted(standsFor.photos, "photo")}`;
    const place = [path, ...(taken === undefined ? [] : [moment(taken)]), ...(faces.length > 1 ? [unbroken(`${faces.length} faces`)] : [])];
    const rest = html`${shown.map((id) => images.photo(id))}${more > 0 ? html`<span class="more">+${more}</span>` : ""}`;
    return html`<article class="pick">${images.photo(photo)}<div class="words">
<h2>${stands}<span>${percent(standsFor.share)} · choice ${rank}</span></h2>${bar(standsFor.share)}
<p>${why}</p><p class="path">${place.join(" · ")}</p>
${shown.length === 0 ? "" : html`<div class="rest">${rest}</div>`}
</div></article>`;
  }
}
