import { OptionError } from "@semblant/core";
import { invalidOption, refuseUnknown } from "@semblant/core/internals";
import { intersectionOverUnion } from "../detect/overlap.ts";
import type { Box } from "../picture.ts";

/** A face of one frame, as far as following it goes. */
export interface SeenFace {
  readonly box: Box;
  /** (dimensions): where it lies in the model's space. */
  readonly embedding: Float32Array;
}

/** A face that is followed from frame to frame. */
export interface Track extends SeenFace {
  /** From 1 on, in the order in which faces came. It says nothing of who it is. */
  readonly id: number;
  /** Milliseconds: when it was first and last seen. */
  readonly since: number;
  readonly seen: number;
  /** In how many frames it was seen. */
  readonly frames: number;
  /** Pixels a millisecond that its middle moves. */
  readonly speed: { readonly x: number; readonly y: number };
}

/** The faces that are followed, and how many came so far. Start with {@link nobody}. */
export interface Following {
  readonly tracks: readonly Track[];
  readonly came: number;
}

export const nobody: Following = { tracks: [], came: 0 };

export interface FollowOptions {
  /** A face that was not seen for so many milliseconds has left; one that comes later is another (700). */
  readonly patience?: number;
  /** A face is the same only if its box overlaps where it was expected by this much, 0 to 1 (0.2). */
  readonly overlap?: number;
}

/** What a frame made of the faces that were followed. */
export interface Followed {
  readonly following: Following;
  /** (faces): the number of each face of the frame. */
  readonly ids: readonly number[];
  /** The numbers of those that left, after the patience ran out. */
  readonly left: readonly number[];
}

/** How much nearness in the space counts beside overlap: it decides between boxes that overlap alike. */
const nearnessCounts = 0.3;
/** Of the speed so much is what was seen last. */
const newest = 0.5;

/**
 * Follows faces from one frame to the next. Each face that is followed is expected where its speed would have brought it. Pairs of it and
 * a face of the frame that overlap enough are taken greedily, the likest first: by the overlap of the boxes and, for a smaller part, by
 * how near the embeddings are. A face without a pair is a new one. A followed face without a pair waits, and leaves after the patience.
 *
 * As SORT (Bewley, Ge, Ott, Ramos and Upcroft 2016), but for three things. A mean of speeds stands in place of the Kalman filter. Greedy
 * choice stands in place of the Hungarian algorithm. Time is in milliseconds, since frames come unevenly.
 *
 * It claims no identity: someone who leaves and comes back is another face.
 *
 * @param before what the last frame left, {@link nobody} before the first
 * @param at milliseconds, later than the last frame
 * @throws OptionError if an option is out of range or unknown, or the time is not later
 *
 * @example
 * const face = (x: number) => ({ box: { x, y: 0, width: 10, height: 10 }, embedding: Float32Array.of(1) });
 * const first = followFaces(nobody, [face(0), face(50)], 0);
 * followFaces(first.following, [face(52), face(1), face(90)], 100).ids; // [2, 1, 3]
 */
export function followFaces(before: Following, faces: readonly SeenFace[], at: number, options: FollowOptions = {}): Followed {
  const { patience = 700, overlap = 0.2 } = options;
  refuseUnusable(before, at, options);
  const here = before.tracks.filter(({ seen }) => at - seen <= patience);
  const paired = pairs(here, faces, { at, overlap });
  let { came } = before;
  const tracks: Track[] = [];
  const ids: number[] = [];
  for (const [i, { box, embedding }] of faces.entries()) {
    const track = paired.get(i);
    const next = track === undefined ? born(++came, { box, embedding }, at) : seenAgain(track, { box, embedding }, at);
    tracks.push(next);
    ids.push(next.id);
  }
  const again = new Set(ids);
  tracks.push(...here.filter(({ id }) => !again.has(id)));
  tracks.sort((a, b) => a.id - b.id);
  const left = before.tracks.filter((track) => !here.includes(track)).map(({ id }) => id);
  return { following: { tracks, came }, ids, left };
}

/** Which face of the frame, by its row, is which that was followed. */
function pairs(
  tracks: readonly Track[],
  faces: readonly SeenFace[],
  { at, overlap }: { readonly at: number; readonly overlap: number },
): ReadonlyMap<number, Track> {
  const alike: { readonly row: number; readonly track: Track; readonly affinity: number }[] = [];
  for (const track of tracks) {
    const expected = expectedBox(track, at);
    for (const [row, face] of faces.entries()) {
      const shared = Math.max(intersectionOverUnion(expected, face.box), intersectionOverUnion(track.box, face.box));
      if (shared < overlap) continue;
      alike.push({ row, track, affinity: shared + nearnessCounts * nearness(track.embedding, face.embedding) });
    }
  }
  alike.sort((a, b) => b.affinity - a.affinity || a.track.id - b.track.id);
  const found = new Map<number, Track>();
  const taken = new Set<Track>();
  for (const { row, track } of alike) {
    if (found.has(row) || taken.has(track)) continue;
    found.set(row, track);
    taken.add(track);
  }
  return found;
}

/** Where a face would be by now; it goes no farther than its own side. */
function expectedBox({ box, seen, speed }: Track, at: number): Box {
  const most = Math.max(box.width, box.height);
  const bounded = (way: number) => Math.max(-most, Math.min(most, way));
  return { ...box, x: box.x + bounded(speed.x * (at - seen)), y: box.y + bounded(speed.y * (at - seen)) };
}

/** The cosine of two embeddings, 0 to 1; 0 where one has no length. */
function nearness(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? 0;
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return dot > 0 && aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}

function born(id: number, { box, embedding }: SeenFace, at: number): Track {
  return { id, box, embedding, since: at, seen: at, frames: 1, speed: { x: 0, y: 0 } };
}

function seenAgain(track: Track, { box, embedding }: SeenFace, at: number): Track {
  const speed = (axis: "x" | "y", side: "width" | "height") => {
    const moved = box[axis] + box[side] / 2 - (track.box[axis] + track.box[side] / 2);
    return (1 - newest) * track.speed[axis] + (newest * moved) / (at - track.seen);
  };
  const frames = track.frames + 1;
  return { ...track, box, embedding, seen: at, frames, speed: { x: speed("x", "width"), y: speed("y", "height") } };
}

function refuseUnusable(before: Following, at: number, options: FollowOptions): void {
  const where = "followFaces";
  refuseUnknown(where, options, ["patience", "overlap"]);
  const { patience, overlap } = options;
  if (patience !== undefined && !(patience >= 0)) throw invalidOption(where, "patience", "milliseconds of 0 or more", patience);
  if (overlap !== undefined && !(overlap >= 0 && overlap <= 1)) throw invalidOption(where, "overlap", "a number from 0 to 1", overlap);
  const last = Math.max(Number.NEGATIVE_INFINITY, ...before.tracks.map(({ seen }) => seen));
  if (!Number.isFinite(at) || at <= last) {
    const expected = Number.isFinite(last) ? `a time later than the last frame's ${last} ms` : "a time in milliseconds";
    throw new OptionError(`${where}: expected ${expected}, but got ${at}.`);
  }
}
