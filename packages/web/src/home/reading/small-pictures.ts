import { DataError } from "@semblant/core";
import type { Box } from "@semblant/faces";

/** Pixels along a face's small picture, and of the height of a photo's. */
const faceSide = 160;
const photoHeight = 320;
/** What a face's square shows, as a multiple of its box. */
const around = 1.5;

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** The square of a photo that is shown of a face in it: the face with what is around it, inside the photo. */
export function squareOfFace({ width, height }: Extent, face: Box): Box {
  const side = Math.min(width, height, around * Math.max(face.width, face.height));
  const place = (from: number, size: number, all: number) => Math.max(0, Math.min(all - side, from + size / 2 - side / 2));
  return { x: place(face.x, face.width, width), y: place(face.y, face.height, height), width: side, height: side };
}

/** WebP of a photo, 320 pixels high, or of a face in it, 160 pixels square. Faces are in pixels of the photo. */
export function smallPicture(photo: ImageBitmap, face?: Box): Promise<Blob> {
  if (face !== undefined) return encoded(photo, squareOfFace(photo, face), { width: faceSide, height: faceSide }, webp);
  const scale = Math.min(1, photoHeight / photo.height);
  return encoded(photo, whole(photo), scaled(photo, scale), webp);
}

/** JPEG of a photo; what it is made of has no metadata. */
export function uprightPicture(photo: ImageBitmap, side: number | "full"): Promise<Blob> {
  const scale = side === "full" ? 1 : Math.min(1, side / Math.max(photo.width, photo.height));
  return encoded(photo, whole(photo), scaled(photo, scale), { type: "image/jpeg", quality: 0.92 });
}

const webp = { type: "image/webp", quality: 0.8 };

const whole = ({ width, height }: Extent): Box => ({ x: 0, y: 0, width, height });

const scaled = ({ width, height }: Extent, scale: number): Extent => ({
  width: Math.max(1, Math.round(width * scale)),
  height: Math.max(1, Math.round(height * scale)),
});

async function encoded(photo: ImageBitmap, part: Box, { width, height }: Extent, as: ImageEncodeOptions): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) throw new DataError("photo: memory ran out while it was made smaller.");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(photo, part.x, part.y, part.width, part.height, 0, 0, width, height);
  return canvas.convertToBlob(as);
}
