import type { Assumed } from "./assumed.ts";
import type { Measured } from "./measured.ts";

/** How long the first index of so many faces takes. */
export interface Indexing {
  readonly faces: number;
  readonly photos: number;
  readonly coreHours: number;
  readonly price: number;
  /** Hours on so many cores, by their number. */
  readonly hours: Readonly<Record<number, number>>;
}

/** A photo costs a fixed part, and a part for each face: two kinds of photos were measured, which give both. */
export function secondsPerPhoto({ photos }: Measured, faces: number): number {
  const [many, one] = [photos[0], photos[1]];
  if (many === undefined || one === undefined) throw new Error("sizes: expected photos-groups and photos-portraits");
  const perFace = (many.coreSecondsPerPhoto - one.coreSecondsPerPhoto) / (many.facesPerPhoto - one.facesPerPhoto);
  return one.coreSecondsPerPhoto + perFace * (faces - one.facesPerPhoto);
}

export function indexing(
  faces: number,
  cores: readonly number[],
  { measured, assumed }: { measured: Measured; assumed: Assumed },
): Indexing {
  const photos = faces / assumed.facesPerPhoto;
  const coreHours = (photos * secondsPerPhoto(measured, assumed.facesPerPhoto)) / 3600;
  return {
    faces,
    photos,
    coreHours,
    price: coreHours * assumed.coreHour,
    hours: Object.fromEntries(cores.map((n) => [n, coreHours / n])),
  };
}

/** Photos a second that so many cores read, and that a server of so many takes of them, by what one took of its own machine's workers. */
export function flow(cores: { readonly reading: number; readonly serving: number }, measured: Measured, assumed: Assumed) {
  const { server } = measured;
  const read = cores.reading / secondsPerPhoto(measured, assumed.facesPerPhoto);
  return { read, taken: server && (server.photosPerSecond / server.cores) * cores.serving };
}
