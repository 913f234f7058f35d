import { fontFamily, textWidth } from "./figure.ts";

const probe = "happiness 12,345 Recall";
const probeSize = 60;

let measured: Promise<number | undefined> | undefined;

/**
 * How wide the renderer's letters are on this machine, as a multiple of the widths that pictures are laid out by: 1 for the faces that
 * the pictures name first, about 1.15 for DejaVu Sans, which is all that a small Debian has; undefined where there are no fonts and
 * the renderer draws the same box, or nothing, for each letter.
 */
export function widthOfFonts(): Promise<number | undefined> {
  measured ??= (async () => {
    const [thin, wide] = await Promise.all([raster("l"), raster("M")]);
    if (thin.equals(wide)) return undefined;
    const { default: sharp } = await import("sharp");
    const { info } = await sharp(await raster(probe))
      .trim({ background: "#ffffff" })
      .toBuffer({ resolveWithObject: true });
    return info.width / textWidth(probe, probeSize);
  })();
  return measured;
}

async function raster(words: string): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  const text = `<text x="20" y="80" font-size="${probeSize}" font-family="${fontFamily}">${words}</text>`;
  return sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="120">${text}</svg>`))
    .flatten({ background: "#ffffff" })
    .png({ compressionLevel: 1 })
    .toBuffer();
}

/** The picture with its type set smaller by so much, for letters that are wider than the layout has room for. */
export function narrowed(svg: string, times: number): string {
  return svg.replace(
    / font-size="([\d.]+)(px)?"/g,
    (_, size: string, unit = "") => ` font-size="${Math.round((Number(size) / times) * 100) / 100}${unit}"`,
  );
}
