import type { Place } from "../timeline/moments.ts";

const side = 96;
/** The face with some of what is about it. */
const margin = 1.35;

/** A small picture of a face that the element shows, as an address that an image has. */
export function facePicture(video: HTMLVideoElement, { x, y, width, height }: Place): string | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (context === null) return undefined;
  const { videoWidth, videoHeight } = video;
  const cut = margin * Math.max(width * videoWidth, height * videoHeight);
  const [left, top] = [(x + width / 2) * videoWidth - cut / 2, (y + height / 2) * videoHeight - cut / 2];
  context.imageSmoothingQuality = "high";
  context.drawImage(video, left, top, cut, cut, 0, 0, side, side);
  return canvas.toDataURL("image/webp", 0.8);
}
