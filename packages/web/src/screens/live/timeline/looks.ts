import type { Moment, Sighting } from "./moments.ts";

/** What is said of a face: its likest class, how probable that is, and whether it is sure enough to be named. */
export interface SaidLook {
  readonly expression: string;
  readonly probability: number;
  readonly verdict: Sighting["verdict"];
}

/** What looks are told by. */
export interface Telling {
  readonly classes: readonly string[];
  /** From this probability on a look is named. */
  readonly posterior: number;
  /** Whether what is smoothed over time is told. */
  readonly steady: boolean;
}

/** The distribution that is told. */
export function shownDistribution(sighting: Sighting, { steady }: Pick<Telling, "steady">): Float64Array {
  return steady ? sighting.steady : sighting.distribution;
}

/** What is said of a face at a moment. */
export function lookOf(sighting: Sighting, { classes, posterior, steady }: Telling): SaidLook {
  const shown = shownDistribution(sighting, { steady });
  let most = 0;
  for (const [c, p] of shown.entries()) if (p > (shown[most] as number)) most = c;
  const probability = shown[most] as number;
  const smoothed = sighting.verdict === "none of these" ? sighting.verdict : probability >= posterior ? "named" : "unsure";
  return { expression: classes[most] as string, probability, verdict: steady ? smoothed : sighting.verdict };
}

/** A stretch of time in which a face looked the same. */
export interface Run {
  readonly from: number;
  readonly to: number;
  /** A class that was named, or undefined where none was. */
  readonly expression: string | undefined;
}

/** A face that was not seen for so many milliseconds was away. */
export const away = 1000;

/** A face's sightings, in the order of time, with their times. */
export function sightingsOf(moments: readonly Moment[], face: number): { readonly time: number; readonly sighting: Sighting }[] {
  return moments.flatMap(({ time, sightings }) => sightings.filter((one) => one.face === face).map((sighting) => ({ time, sighting })));
}

/** The stretches of time in which a face looked the same. */
export function runsOf(seen: ReturnType<typeof sightingsOf>, telling: Telling): Run[] {
  const runs: Run[] = [];
  for (const { time, sighting } of seen) {
    const look = lookOf(sighting, telling);
    const expression = look.verdict === "named" ? look.expression : undefined;
    const last = runs.at(-1);
    const goesOn = last !== undefined && time - last.to <= away;
    if (goesOn) runs[runs.length - 1] = { ...last, to: time };
    if (!goesOn || last.expression !== expression) runs.push({ from: time, to: time, expression });
  }
  return runs;
}
