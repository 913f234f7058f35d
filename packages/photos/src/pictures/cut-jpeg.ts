import { cutJpegRemark } from "@semblant/core/internals";

/** Of a JPEG that ends early, what is missing, where it may be read all the same; see `cutJpegRemark`. */
export async function remarkOnCut(bytes: Uint8Array): Promise<string | undefined> {
  const { default: sharp } = await import("sharp");
  const image = sharp(bytes, { failOn: "none", ignoreIcc: true, limitInputPixels: false });
  const { width, height, isProgressive = false, space } = await image.metadata();
  const wide = Math.min(width, 8);
  const { data: edge, info } = await image
    .extract({ left: width - wide, top: 0, width: wide, height })
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return cutJpegRemark(bytes, { height, isProgressive, inks: space === "cmyk", edge, channels: info.channels });
}
