import { DataError } from "@semblant/core";
import { type Photo, takenAt, tooLarge } from "./read-photo.ts";

/** Brands of HEIF files with HEVC pictures, which sharp's build does not unpack; AVIF it does. */
const brands = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;

/** Whether a file begins as HEIC does. */
export function isHeic(bytes: Uint8Array): boolean {
  const text = (from: number) => String.fromCharCode(...bytes.subarray(from, from + 4));
  if (bytes.length < 16 || text(4) !== "ftyp") return false;
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  const all = [text(8), ...Array.from({ length: Math.max(0, Math.min(16, Math.floor(size / 4) - 4)) }, (_, i) => text(16 + 4 * i))];
  return all.some((brand) => brands.test(brand)) && !all.includes("avif");
}

interface HeifImage {
  get_width(): number;
  get_height(): number;
  display(into: { data: Uint8ClampedArray; width: number; height: number }, done: (made: object | null) => void): void;
  free?(): void;
}

/** A HEIC photo by libheif, which turns it upright itself. */
export async function readHeic(
  bytes: Uint8Array,
  { maxSide, maxPixels }: { readonly maxSide: number; readonly maxPixels: number },
): Promise<Photo> {
  // @ts-expect-error: the package has no types
  const libheif = (await import("libheif-js/wasm-bundle")).default as { HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] } };
  const [image] = new libheif.HeifDecoder().decode(bytes);
  if (image === undefined) throw new DataError("photo: it is cut short or damaged.");
  const [width, height] = [image.get_width(), image.get_height()];
  if (width * height > maxPixels) throw tooLarge(width, height);
  const rgba = await new Promise<Uint8ClampedArray>((resolve, reject) => {
    const target = { data: new Uint8ClampedArray(4 * width * height), width, height };
    image.display(target, (made) => (made === null ? reject(new DataError("photo: it is cut short or damaged.")) : resolve(target.data)));
  });
  image.free?.();
  const { default: sharp } = await import("sharp");
  const { data, info } = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .resize({ width: maxSide, height: maxSide, fit: "inside", withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const taken = await takenAt(bytes);
  return {
    width: info.width,
    height: info.height,
    data,
    format: "heic",
    originalWidth: width,
    originalHeight: height,
    ...(taken !== undefined && { taken }),
  };
}
