import { csvField } from "@semblant/core/internals";
import type { Moment, Sighting } from "./moments.ts";

/** How large pictures are, in pixels: boxes are written in them. */
export interface Extent {
  readonly width: number;
  readonly height: number;
}

/**
 * The timeline as comma-separated lines: time in seconds, the face's number, its box in pixels, P(class) of that picture, the likest class
 * and the verdict. Probabilities are of single pictures, not smoothed.
 */
export function timelineCsv(moments: readonly Moment[], classes: readonly string[], { width, height }: Extent): string {
  const head = ["time", "face", "x", "y", "width", "height", ...classes.map((name) => `p ${name}`), "likest", "verdict"];
  const line = (time: number, { face, place, distribution, verdict }: Sighting) => [
    rounded(time / 1000, 3),
    face,
    ...[place.x * width, place.y * height, place.width * width, place.height * height].map((pixels) => rounded(pixels, 1)),
    ...Array.from(distribution, (p) => rounded(p, 4)),
    classes[distribution.indexOf(Math.max(...distribution))] ?? "",
    verdict,
  ];
  const lines = moments.flatMap(({ time, sightings }) => sightings.map((sighting) => line(time, sighting)));
  return [head, ...lines].map((fields) => `${fields.map(csvField).join(",")}\r\n`).join("");
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));
