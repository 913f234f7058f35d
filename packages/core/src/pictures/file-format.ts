/** The formats of pictures that are read. */
export type PictureFormat = "jpeg" | "png" | "webp" | "tiff" | "avif" | "gif" | "heic" | "bmp";

/** What a file is by its first bytes: a picture that is read, or something else, with its name where it has a known one. */
export type FileFormat = { readonly picture: PictureFormat } | { readonly other: string | undefined };

/** Brands of HEIF files whose pictures are HEVC's. */
const heicBrands = /^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/;
/** Brands of HEIF files whose pictures are packed by H.264, H.266, EVC, JPEG, JPEG 2000 or not at all. */
const strangeBrands = /^(avci|avcs|vvic|vvis|evbi|evmi|jpeg|jpgs|j2ki|j2is|unif)$/;

/** Beginnings of other files that come under a picture's name, as bytes in Latin letters. */
const others: readonly (readonly [beginning: string | RegExp, name: string])[] = [
  ["%PDF", "PDF"],
  ["%!PS", "PostScript"],
  ["8BPS", "PSD"],
  ["\0\0\0\x0cJXL ", "JPEG XL"],
  ["\xff\x0a", "JPEG XL"],
  ["\0\0\0\x0cjP  ", "JPEG 2000"],
  ["\xff\x4f\xff\x51", "JPEG 2000"],
  ["PK\x03\x04", "ZIP"],
  ["\x1f\x8b", "gzip"],
  ["\0\0\x01\0", "an icon (ICO)"],
  ["\x76\x2f\x31\x01", "OpenEXR"],
  ["#?RADIANCE", "Radiance HDR"],
  ["FUJIFILMCCD-RAW", "a camera's raw file (RAF)"],
  ["IIU\0", "a camera's raw file (RW2)"],
  ["IIRO", "a camera's raw file (ORF)"],
  ["SQLite format 3", "SQLite"],
  [/^P[1-7][\s#]/, "a portable pixmap (PNM)"],
  [/^RIFF[\s\S]{4}(AVI |WAVE)/, "a video or sound (RIFF)"],
  [/^[\s\S]{4}ftypcrx /, "a camera's raw file (CR3)"],
  [/^[\s\S]{4}ftyp/, "a video (MP4)"],
  ["\x1aE\xdf\xa3", "a video (Matroska)"],
];

/**
 * What a file is by its first bytes, whatever its name says. A file that is read at all is one of eight formats; nothing else may reach a
 * decoder.
 *
 * @param bytes the file, or at least its first 1,024 bytes
 *
 * @example
 * fileFormat(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)); // { picture: "jpeg" }
 *
 * @example
 * fileFormat(Uint8Array.from("<svg>", (letter) => letter.charCodeAt(0))); // { other: "SVG" }
 */
export function fileFormat(bytes: Uint8Array): FileFormat {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  if (head.startsWith("\xff\xd8\xff")) return { picture: "jpeg" };
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return { picture: "png" };
  if (/^GIF8[79]a/.test(head)) return { picture: "gif" };
  if (/^RIFF[\s\S]{4}WEBP/.test(head)) return { picture: "webp" };
  if (/^(II[*+]\0|MM\0[*+])/.test(head)) return { picture: "tiff" };
  if (head.startsWith("BM")) return { picture: "bmp" };
  const brands = brandsOf(bytes, head);
  if (brands.some((brand) => brand === "avif" || brand === "avis")) return { picture: "avif" };
  const strange = brands.find((brand) => strangeBrands.test(brand));
  const known = brands.filter((brand) => heicBrands.test(brand));
  if (known.length > 0 && (strange === undefined || known.some((brand) => brand.startsWith("he")))) return { picture: "heic" };
  if (strange !== undefined) return { other: `a HEIF picture of another kind (${strange})` };
  const found = others.find(([beginning]) => (typeof beginning === "string" ? head.startsWith(beginning) : beginning.test(head)));
  return { other: found?.[1] ?? markup(head) };
}

/** What an ISO media file says that it is for, the foremost first. */
function brandsOf(bytes: Uint8Array, head: string): string[] {
  if (bytes.length < 16 || head.slice(4, 8) !== "ftyp") return [];
  const end = Math.min(head.length, 80, new DataView(bytes.buffer, bytes.byteOffset).getUint32(0));
  return [head.slice(8, 12), ...Array.from({ length: Math.max(0, Math.floor((end - 16) / 4)) }, (_, i) => head.substr(16 + 4 * i, 4))];
}

function markup(head: string): string | undefined {
  const text = head.replaceAll("\0", ""); // UTF-16 as well
  if (/<svg[\s>:/]/i.test(text) || /<!DOCTYPE svg/i.test(text) || /<svg$/i.test(text)) return "SVG";
  if (/^[\s\xef\xbb\xbf\xff\xfe]*<(!DOCTYPE html|html)/i.test(text)) return "HTML";
  return /^[\s\xef\xbb\xbf\xff\xfe]*<\?xml/.test(text) ? "XML" : undefined;
}
