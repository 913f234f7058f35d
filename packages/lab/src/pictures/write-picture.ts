import { OptionError } from "@semblant/core";
import { invalidOption, refuseUnknown, show } from "@semblant/core/internals";
import { writeWhole } from "@semblant/files/internals";
import { narrowed, widthOfFonts } from "./fonts.ts";
import { wordsAsStrokes } from "./stroke-font.ts";

/** Pixels an inch at scale 1: what journals ask of figures that hold photographs. */
const printResolution = 300;

/**
 * Refuses the name of a picture that is neither .svg nor .png, before any work is done for it.
 *
 * @throws OptionError
 */
export function checkPictureName(where: string, name: string, path: string): void {
  if (/\.(svg|png)$/i.test(path)) return;
  throw new OptionError(`${where}: expected ${name} to end in .svg or .png, but got ${show(path)}.`);
}

/**
 * Writes a picture as .svg or .png, as its name ends, whole or not at all.
 *
 * A PNG has 300 pixels to the inch of the printed size that the SVG names, times `scale`, and says so in the file, so that it is placed
 * at that size. Where the machine has no fonts, its words are drawn in strokes of our own instead of the empty boxes that the renderer
 * would leave; where it has only wider ones, they are set smaller. An SVG leaves its words to whatever shows it.
 *
 * @param scale above 0 to 8; 2 doubles the pixels of a PNG (1)
 * @throws OptionError if the name ends otherwise, scale is out of range or an option unknown
 *
 * @example
 * await writePicture("map.gif", "<svg/>");
 * // throws OptionError: writePicture: expected the file to end in .svg or .png, but got "map.gif".
 */
export async function writePicture(path: string, svg: string, options: { readonly scale?: number } = {}): Promise<void> {
  const where = "writePicture";
  checkPictureName(where, "the file", path);
  refuseUnknown(where, options, ["scale"]);
  const { scale = 1 } = options;
  if (!(scale > 0 && scale <= 8)) throw invalidOption(where, "scale", "above 0 and at most 8", scale);
  await writeWhole(path, /\.svg$/i.test(path) ? svg : await renderPng(svg, scale));
}

/** The picture as a PNG's bytes, 300 · scale pixels to the inch. */
export async function renderPng(svg: string, scale = 1): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  const drawable = await withFontsOfHere(svg);
  return sharp(Buffer.from(inPixels(drawable, printResolution * scale)), { unlimited: true })
    .flatten({ background: "#ffffff" })
    .withMetadata({ density: printResolution * scale })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** So much wider than laid out fits everywhere. */
const widestUnnoticed = 1.03;

/** The picture with words that this machine can draw where the layout has room for them. */
async function withFontsOfHere(svg: string): Promise<string> {
  const width = await widthOfFonts();
  if (width === undefined) return wordsAsStrokes(svg);
  return width > widestUnnoticed ? narrowed(svg, width) : svg;
}

const unitsAnInch: Readonly<Record<string, number>> = { pt: 72, in: 1, mm: 25.4, cm: 2.54, px: 96, "": 96 };

/** The SVG with its size in pixels, which the renderer takes as they are. */
function inPixels(svg: string, density: number): string {
  return svg.replace(/<svg[^>]*>/, (root) =>
    root.replace(/ (width|height)="([\d.]+)(pt|in|mm|cm|px|)"/g, (_, side: string, size: string, unit: string) => {
      return ` ${side}="${Math.round((Number(size) / (unitsAnInch[unit] as number)) * density)}"`;
    }),
  );
}
