import type { ReadFace } from "@semblant/faces";
import { type Following, followFaces, nobody, smoothDistribution } from "@semblant/faces/internals";
import type { ReadPicture } from "../../../work/faces.ts";
import { addMoment, type Moment, momentAt, type Place, type Sighting } from "./moments.ts";

/** A face that was followed, as far as a list of them needs. */
export interface FollowedFace {
  readonly id: number;
  /** Milliseconds from the start. */
  readonly first: number;
  readonly last: number;
  /** In how many pictures. */
  readonly pictures: number;
  /** Where it lay in the model's space when it was seen last. */
  readonly embedding: Float32Array;
  /** A small picture of it, as an address; absent until one was cut out. */
  readonly picture?: string;
}

/** Over a longer gap, in milliseconds and in pictures as they came until then, faces are not followed on: they are others. */
const [longestGap, longestInPictures] = [1500, 4];
/** A face waits so long, in milliseconds and in pictures: where pictures are read slowly it waits longer. */
const [patience, patienceInPictures] = [700, 3];
/** Of the time between pictures so much is what came last. */
const newest = 0.4;
/** A picture is read again only if none nearer than this was, in milliseconds. */
const alreadyRead = 40;

/** What was read of a camera or a video so far. Nothing of it but small pictures of faces holds pixels. */
export class Recording {
  readonly moments: Moment[] = [];
  readonly faces = new Map<number, FollowedFace>();
  #following: Following = nobody;
  #lastTime = Number.NEGATIVE_INFINITY;
  /** Milliseconds between pictures, of late. */
  #between = 0;
  #steady = new Map<number, { readonly time: number; readonly distribution: Float64Array }>();

  /** Whether a picture of this time was read already. */
  isRead(time: number): boolean {
    return momentAt(this.moments, time, alreadyRead) !== undefined;
  }

  /** Adds what was read of a picture; out of order, or after a gap, its faces are new ones. */
  add({ width, height, faces, answers }: ReadPicture, time: number): Moment {
    const gap = time - this.#lastTime;
    if (gap <= 0 || gap > Math.max(longestGap, longestInPictures * this.#between)) {
      this.#following = { tracks: [], came: this.#following.came };
      this.#steady.clear();
    } else this.#between = this.#between === 0 ? gap : (1 - newest) * this.#between + newest * gap;
    this.#lastTime = time;
    const waits = Math.max(patience, patienceInPictures * this.#between);
    const { following, ids } = followFaces(this.#following, faces, time, { patience: waits });
    this.#following = following;
    const sightings = faces.map((face, i): Sighting => {
      const id = ids[i] as number;
      const { distribution, verdict } = answers[i] as ReadPicture["answers"][number];
      this.#note(id, face, time);
      return { face: id, place: placeOf(face, { width, height }), distribution, steady: this.#smoothed(id, distribution, time), verdict };
    });
    const moment = { time, sightings: sightings.sort((a, b) => a.face - b.face) };
    addMoment(this.moments, moment);
    return moment;
  }

  /** Keeps a small picture of a face. */
  picture(id: number, address: string): void {
    const face = this.faces.get(id);
    if (face !== undefined) this.faces.set(id, { ...face, picture: address });
  }

  #note(id: number, { embedding }: ReadFace, time: number): void {
    const before = this.faces.get(id);
    const seen = before === undefined ? { id, first: time, pictures: 1 } : { ...before, pictures: before.pictures + 1 };
    this.faces.set(id, { ...seen, last: time, embedding });
  }

  #smoothed(id: number, now: Float64Array, time: number): Float64Array {
    const before = this.#steady.get(id);
    const distribution = smoothDistribution(before?.distribution, now, { elapsed: time - (before?.time ?? time) });
    this.#steady.set(id, { time, distribution });
    return distribution;
  }
}

function placeOf({ box }: ReadFace, { width, height }: { readonly width: number; readonly height: number }): Place {
  return { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height };
}
