import { remarkOnCut as remarkOn } from "@semblant/core/internals";

/** Of a JPEG that ends early, what is missing, where it may be read all the same; see `cutJpegRemark`. */
export async function remarkOnCut(bytes: Uint8Array): Promise<string | undefined> {
  const { default: sharp } = await import("sharp");
  return remarkOn(bytes, sharp(bytes, { failOn: "none", ignoreIcc: true, limitInputPixels: false }));
}
