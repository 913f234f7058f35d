import { Random } from "@semblant/core";
import { type Dataset, generateFaces, type SplitName } from "@semblant/datasets";
import sharp from "sharp";

/** A drawn photo, as a file. */
export interface SamplePhoto {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Pixels of each face, and between and around them. */
const side = 192;
const gap = 36;

/** Two tones a photo, dark and light, as a print has them; the ground goes with them. */
const prints = [
  { dark: "#1d1a24", light: "#ffeeda", ground: "#c9a98b" },
  { dark: "#15202b", light: "#f3f7fa", ground: "#8fa6b8" },
  { dark: "#1c231b", light: "#f6f6e6", ground: "#9fb092" },
  { dark: "#2a171d", light: "#fff0ec", ground: "#c79a9a" },
] as const;

/**
 * A few dozen photos of drawn people for those who would rather look first: portraits, pairs, groups, and a burst of three.
 * Each has a time, so that albums and best shots have something to go by. The same every time.
 */
export async function drawSamples(count = 36): Promise<SamplePhoto[]> {
  const faces = generateFaces({ count: 64, people: 8, size: side, difficulty: 0.3, seed: 7 });
  const people = byPerson(faces);
  const random = new Random(7);
  const photos: SamplePhoto[] = [];
  for (let i = 0; i < count; i++) {
    const burst = i % 12 >= 9; // three in a row of one person
    const many = burst ? 1 : i % 6 === 5 ? 3 : i % 3 === 2 ? 2 : 1;
    const shown = Array.from({ length: many }, (_, k) => {
      const of = people[((burst ? 5 + Math.floor(i / 12) : i) + k * 5) % people.length] as readonly Place[];
      return of[(burst ? i % 3 : Math.floor(i / people.length) + k) % of.length] as Place;
    });
    const print = prints[burst ? Math.floor(i / 12) : random.integer(prints.length)] as (typeof prints)[number];
    photos.push({ name: `drawn-${String(i + 1).padStart(2, "0")}.jpg`, bytes: await photoOf(faces, shown, { print, taken: momentOf(i) }) });
  }
  return photos;
}

interface Place {
  readonly split: SplitName;
  readonly row: number;
}

function byPerson(faces: Dataset): (readonly Place[])[] {
  const people = new Map<number, Place[]>();
  for (const split of ["train", "validation", "test"] as const) {
    for (const [row, person] of (faces[split].subjects ?? []).entries()) {
      people.set(person, [...(people.get(person) ?? []), { split, row }]);
    }
  }
  return [...people.values()];
}

/** Three photos every quarter of an hour, seconds apart. */
function momentOf(i: number): string {
  const minutes = 15 * Math.floor(i / 3);
  const two = (value: number) => String(value).padStart(2, "0");
  return `2024:06:${two(1 + Math.floor(i / 12))} ${two(10 + Math.floor((minutes % 180) / 60))}:${two(minutes % 60)}:${two(4 * (i % 3))}`;
}

async function photoOf(
  faces: Dataset,
  shown: readonly Place[],
  { print, taken }: { readonly print: (typeof prints)[number]; readonly taken: string },
): Promise<Uint8Array> {
  const placed = shown.map(({ split, row }, i) => {
    const grey = new Uint8Array(side * side);
    faces[split].images.gather([row], grey);
    const raw = { width: side, height: side, channels: 3 as const };
    return { input: Buffer.from(inTwoTones(grey, print)), raw, left: gap + i * (side + gap), top: gap };
  });
  const size = { width: gap + shown.length * (side + gap), height: side + 2 * gap };
  return sharp({ create: { ...size, channels: 3, background: print.ground } })
    .composite(placed)
    .withExif({ IFD2: { DateTimeOriginal: taken } })
    .jpeg({ quality: 82 })
    .toBuffer();
}

/** A little lighter in the middle: drawn skin is darker than prints are. */
const lift = (tone: number) => tone * (1 + 0.45 * (1 - tone));

/** Grey pixels as red, green and blue, from the dark tone to the light one. */
function inTwoTones(grey: Uint8Array, { dark, light }: { readonly dark: string; readonly light: string }): Uint8Array {
  const channels = (color: string) => [1, 3, 5].map((from) => Number.parseInt(color.slice(from, from + 2), 16));
  const [from, to] = [channels(dark), channels(light)];
  const pixels = new Uint8Array(3 * grey.length);
  for (const [i, tone] of grey.entries()) {
    for (let c = 0; c < 3; c++) {
      const [low, high] = [from[c] as number, to[c] as number];
      pixels[3 * i + c] = Math.round(low + (high - low) * lift(tone / 255));
    }
  }
  return pixels;
}
