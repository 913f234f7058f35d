import { DataError } from "@semblant/core";
import { tooMuchToHold } from "@semblant/core/internals";
import type { Kept } from "./kept.ts";
import { inPhotoWords, tooLarge } from "./open-picture.ts";
import type { Photo } from "./photo.ts";
import { takenAt } from "./taken-at.ts";

/** An image of a file, as far as it is used here. */
interface HeifImage {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean;
  display(into: { data: Uint8ClampedArray; width: number; height: number }, done: (made: object | null) => void): void;
  free(): void;
}

interface HeifDecoder {
  decode(bytes: Uint8Array): HeifImage[];
}

/**
 * One for all files: with the next it gives back the memory of the last, which is all the giving back that it knows. Hence files take
 * turns, also those that are asked for at once.
 */
let decoder: Promise<HeifDecoder> | undefined;
let turns: Promise<unknown> = Promise.resolve();

async function openDecoder(): Promise<HeifDecoder> {
  // @ts-expect-error: this entry of the package has no types
  const { default: libheif } = await import("libheif-js/wasm-bundle.js");
  return new (libheif as { HeifDecoder: new () => HeifDecoder }).HeifDecoder();
}

/**
 * A HEIC photo by libheif: the file's primary image, turned as the file says by libheif itself.
 *
 * @throws DataError with a short reason
 */
export async function readHeic(bytes: Uint8Array, { maxSide, maxPixels }: Kept): Promise<Photo> {
  decoder ??= openDecoder();
  const opened = await decoder;
  const turn = turns.then(() => withoutItsLog(() => unpack(opened.decode(bytes), maxPixels)));
  turns = turn.catch(() => {});
  try {
    const { rgba, width, height } = await turn;
    const side = maxSide({ width, height });
    const { default: sharp } = await import("sharp");
    const { data, info } = await sharp(rgba, { raw: { width, height, channels: 4 } })
      .resize({ width: side, height: side, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "#ffffff" })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const taken = await takenAt((await exifOf(bytes)) ?? bytes);
    return {
      width: info.width,
      height: info.height,
      data,
      format: "heic",
      originalWidth: width,
      originalHeight: height,
      ...(taken !== undefined && { taken }),
    };
  } catch (error) {
    throw inPhotoWords(error);
  }
}

/** sharp reads what it cannot unpack. Where it cannot even do that, the photo is read without what else its file says. */
async function exifOf(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const { default: sharp } = await import("sharp");
  return sharp(bytes)
    .metadata()
    .then(
      ({ exif }) => exif,
      () => undefined,
    );
}

async function unpack(images: readonly HeifImage[], maxPixels: number) {
  try {
    const image = images.find((one) => one.is_primary()) ?? images[0];
    if (image === undefined) throw damaged();
    const [width, height] = [image.get_width(), image.get_height()];
    if (width * height > maxPixels) throw tooLarge(width, height);
    const why = tooMuchToHold({ width, height, channels: 4, depth: "ushort" }); // libheif's own copy, and ours
    if (why !== undefined) throw new DataError(`photo: ${why}.`);
    const rgba = await new Promise<Uint8ClampedArray>((resolve, reject) => {
      const target = { data: new Uint8ClampedArray(4 * width * height), width, height };
      image.display(target, (made) => (made === null ? reject(damaged()) : resolve(target.data)));
    });
    return { rgba, width, height };
  } finally {
    for (const image of images) image.free();
  }
}

const damaged = () => new DataError("photo: it is cut short or damaged.");

/** What libheif-js says of damaged files on the console, where answers are printed; the error says it. */
const itsLog = /^(Could not|Decoding image failed|Error loading image ids|No images found)/;

async function withoutItsLog<T>(work: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = (...said: unknown[]) => {
    if (!itsLog.test(String(said[0]))) log(...said);
  };
  try {
    return await work();
  } finally {
    console.log = log;
  }
}
