/** The build of exifr for pages: JPEG and HEIC, nothing of Node. */
declare module "exifr/dist/lite.esm.mjs" {
  const exifr: { parse(file: Blob, options: object): Promise<object | undefined> };
  export default exifr;
}
