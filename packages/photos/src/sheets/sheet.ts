import type { FaceSet, LookedAt, PhotoRecord } from "@semblant/answers";
import { version } from "../version.ts";
import { type Html, html, trusted } from "./html.ts";
import { page } from "./page.ts";
import { sheetStyle } from "./sheet-style.ts";
import { type Cutting, type CuttingStep, cutThumbnails } from "./thumbnails.ts";

/** What a sheet's maker yields while it cuts pictures, and in the end returns: a page in one file. */
export type SheetMaking = AsyncGenerator<CuttingStep, string>;

/** A number to take away. */
export interface Tile {
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
}

/** The pictures of a sheet, by what they show. */
export interface Pictures {
  face(face: Pick<LookedAt, "face">): Html;
  photo(photo: number): Html;
  /** How many could not be cut. */
  readonly missing: number;
}

/** The pictures that a sheet will show: faces and photos by their ids, each with its width in pixels. */
export interface WantedPictures {
  readonly faces?: readonly { readonly face: number; readonly width: number }[];
  readonly photos?: readonly { readonly photo: number; readonly width: number }[];
}

/** Cuts the pictures that a sheet wants, the first 600 of them; those of one photo together. */
export async function* cutPictures(set: FaceSet, wanted: WantedPictures): AsyncGenerator<CuttingStep, Pictures> {
  const faceOf = new Map(set.faces.map((face) => [face.id, face]));
  const photoOf = (id: number) => set.photos.get(id) as PhotoRecord;
  const keys: string[] = [];
  const cuttings: Cutting[] = [];
  const want = (key: string, cutting: Cutting) => {
    if (keys.includes(key)) return;
    keys.push(key);
    cuttings.push(cutting);
  };
  for (const { photo, width } of wanted.photos ?? []) {
    const focus = set.faces.filter((face) => face.photo === photo).map(({ box }) => box);
    want(`photo ${photo}`, { photo: photoOf(photo), focus, width });
  }
  for (const { face, width } of wanted.faces ?? []) {
    const record = faceOf.get(face);
    if (record) want(`face ${face}`, { photo: photoOf(record.photo), face: record.box, width });
  }
  const uris = yield* cutThumbnails(set.root, cuttings);
  const uriOf = new Map(keys.map((key, i) => [key, uris[i]]));
  const image = (key: string, alt: string, width: number, height: number) => {
    const uri = uriOf.get(key);
    if (uri === undefined) return html`<span class="gap">not shown</span>`;
    return html`<img src="${trusted(uri)}" alt="${alt}" width="${width}" height="${height}" loading="lazy">`;
  };
  return {
    face: ({ face }) => image(`face ${face}`, `face in ${photoOf(faceOf.get(face)?.photo as number)?.path}`, 112, 112),
    photo: (photo) => image(`photo ${photo}`, photoOf(photo).path, 480, 360),
    missing: uris.filter((uri) => uri === undefined).length,
  };
}

/** A sheet: title, what it says in a sentence or two, numbers to take away, and pictures. */
export function sheet(
  parts: {
    readonly title: string;
    readonly lead: string;
    readonly tiles?: readonly Tile[];
    readonly body: Html;
    readonly notes?: readonly string[];
  },
  { missing }: Pick<Pictures, "missing">,
): string {
  const { title, lead, tiles = [], body, notes = [] } = parts;
  const numbers = html`<div class="tiles${tiles.length === 3 ? " three" : ""}">${tiles.map(
    ({ name, value, meaning }) =>
      html`<div class="card tile"><span class="name">${name}</span><b>${value}</b><span>${meaning}</span></div>`,
  )}</div>`;
  const gaps =
    missing === 0
      ? []
      : [
          `${missing} ${missing === 1 ? "picture is" : "pictures are"} not shown: ` +
            "the photos could not be read again, or the sheet would grow too large.",
        ];
  const words = [
    ...notes,
    ...gaps,
    "This page holds copies of faces: share it only where the photos may be shared. " +
      "Words say what a face looks like, not what a person feels.",
    `Made by semblant ${version} on this machine; nothing was sent anywhere.`,
  ];
  return page({ title, lead, body: html`${tiles.length > 0 ? numbers : ""}${body}`, footer: words.join(" "), rules: sheetStyle });
}

/** A bar as long as a share, from 0 to 1. */
export function bar(share: number): Html {
  const twentieths = Math.round(20 * Math.min(1, Math.max(0, share || 0)));
  return html`<span class="bar"><i class="bar-${twentieths}"></i></span>`;
}

/** A face with words below. */
export function faceFigure(picture: Html, caption: Html, kind = ""): Html {
  return html`<figure class="face${kind === "" ? "" : ` ${kind}`}">${picture}<figcaption>${caption}</figcaption></figure>`;
}

/**
 * A share in whole percent; what is not 0 or 1 does not look as if it were.
 *
 * @example
 * percent(0.583); // "58 %"
 * percent(0.004); // "< 1 %"
 * percent(0.9999); // "> 99 %"
 */
export function percent(share: number): string {
  const rounded = Math.round(100 * share);
  if (share > 0 && rounded === 0) return "< 1 %";
  return share < 1 && rounded === 100 ? "> 99 %" : `${rounded} %`;
}

/** Words that stay on one line. */
export function unbroken(words: string): string {
  return words.replaceAll(" ", "\u00a0");
}

/**
 * A count with its noun.
 *
 * @example
 * counted(1, "photo"); // "1 photo"
 * counted(1200, "face"); // "1,200 faces"
 */
export function counted(n: number, noun: string): string {
  return `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
}
