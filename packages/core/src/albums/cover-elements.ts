import type { AlbumAspects } from "./aspects.ts";
import type { FaceRow } from "./face-row.ts";
import type { Likeness } from "./likeness.ts";
import type { NearDuplicateRow } from "./near-duplicates.ts";

/** Something to be stood for: the expression or person of a face, a photo's time, or, without faces, its looks. */
export interface Element {
  readonly kind: "expression" | "people" | "time" | "scene";
  /** A face, or a photo. */
  readonly of: number;
  /** The photo that it is of. */
  readonly photo: number;
  readonly weight: number;
}

/** The photos of an album with their faces, and how alike these are. */
export interface Around {
  readonly photos: readonly NearDuplicateRow[];
  readonly faces: readonly FaceRow[];
  readonly facesOf: readonly (readonly number[])[];
  readonly weights: AlbumAspects;
  readonly likeness: Likeness;
}

/** What is to be stood for of photos, in their order. */
export function elementsOf(compared: readonly number[], { photos, facesOf, weights, likeness }: Around): Element[] {
  const whole = weights.expression + weights.people + weights.time;
  return compared.flatMap((i): Element[] => {
    const own = facesOf[i] as readonly number[];
    const of = (kind: "expression" | "people"): Element[] =>
      own.map((face) => ({ kind, of: face, photo: i, weight: weights[kind] / whole / own.length }));
    const looks: Element[] =
      own.length > 0 ? [] : [{ kind: "scene", of: i, photo: i, weight: (weights.expression + weights.people) / whole }];
    const when: Element[] = Number.isFinite(photos[i]?.taken) ? [{ kind: "time", of: i, photo: i, weight: weights.time / whole }] : [];
    return [...of("expression"), ...(likeness.knowsPeople ? of("people") : []), ...looks, ...when];
  });
}

/** (elements) of a photo: how like its likest face, as prominent as it is, or the photo itself, is to each; 0 where that is not known. */
export function likenessToAll(elements: readonly Element[], { faces, facesOf, likeness }: Around): (photo: number) => Float64Array {
  const placesOf = (wanted: Element["kind"]) => Int32Array.from(elements.keys()).filter((e) => elements[e]?.kind === wanted);
  const ofPlaces = (places: Int32Array) => places.map((e) => (elements[e] as Element).of);
  const byFaces = (["expression", "people"] as const).map((kind) => ({ kind, places: placesOf(kind), of: ofPlaces(placesOf(kind)) }));
  const rest = [...placesOf("time"), ...placesOf("scene")];
  const alike = new Float64Array(Math.max(...byFaces.map(({ of }) => of.length)));
  return (photo) => {
    const row = new Float64Array(elements.length);
    for (const { kind, places, of } of byFaces) {
      for (const face of facesOf[photo] as readonly number[]) {
        const prominence = faces[face]?.prominence ?? 1;
        likeness[kind](face, of, alike);
        for (let at = 0; at < places.length; at++) {
          const e = places[at] as number;
          row[e] = Math.max(row[e] as number, (alike[at] as number) * prominence);
        }
      }
      for (let at = 0; at < places.length; at++) if (faces[of[at] as number]?.photo === photo) row[places[at] as number] = 1;
    }
    for (const e of rest) {
      const { kind, of } = elements[e] as Element;
      row[e] = kind === "scene" ? likeness.scene(of, photo) : likeness.time(of, photo) || 0;
    }
    return row;
  };
}

/** (photos): the chosen picture likest to each over all aspects, the earlier of equals. */
export function likestOf(photos: readonly number[], chosen: readonly number[], around: Around): Int32Array {
  const elements = elementsOf(photos, around);
  const likenessTo = likenessToAll(elements, around);
  const likest = new Int32Array(photos.length);
  const most = new Float64Array(photos.length).fill(-Infinity);
  for (const [p, photo] of chosen.entries()) {
    const row = likenessTo(photo);
    for (let e = 0, i = 0; i < photos.length; i++) {
      let worth = 0;
      for (; elements[e]?.photo === photos[i]; e++) worth += (elements[e] as Element).weight * (row[e] as number);
      if (!(worth > (most[i] as number))) continue;
      most[i] = worth;
      likest[i] = p;
    }
  }
  return likest;
}
