import type { ExpressionAnswer } from "@semblant/faces";

/** A rectangle as parts of the picture's width and height, 0 to 1. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A face that is followed, at one moment. */
export interface Sighting {
  /** Its number. It says nothing of who it is. */
  readonly face: number;
  readonly place: Place;
  /** (classes): what it looks like in this picture. */
  readonly distribution: Float64Array;
  /** (classes): the same, smoothed over time. */
  readonly steady: Float64Array;
  /** Of this picture. */
  readonly verdict: ExpressionAnswer["verdict"];
}

/** What was seen in one picture. */
export interface Moment {
  /** Milliseconds from the start. */
  readonly time: number;
  readonly sightings: readonly Sighting[];
}

/** Puts a moment among the others, which stand in the order of time. */
export function addMoment(moments: Moment[], moment: Moment): void {
  const last = moments.at(-1);
  if (last === undefined || last.time < moment.time) moments.push(moment);
  else moments.splice(rowFrom(moments, moment.time), 0, moment);
}

/** The moment nearest to a time, if one is within so many milliseconds of it. */
export function momentAt(moments: readonly Moment[], time: number, within: number): Moment | undefined {
  const row = rowFrom(moments, time);
  const [before, after] = [moments[row - 1], moments[row]];
  const near = [before, after].filter((one) => one !== undefined && Math.abs(one.time - time) <= within) as Moment[];
  return near.sort((a, b) => Math.abs(a.time - time) - Math.abs(b.time - time))[0];
}

/** The row of the first moment that is not before a time. */
function rowFrom(moments: readonly Moment[], time: number): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] as Moment).time < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
