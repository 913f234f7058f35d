import sharp from "sharp";
import { facesForPhotos } from "../generated-photos.ts";
import type { GreyFrame } from "./y4m.ts";

const [width, height] = [640, 360];
const side = 200;

/**
 * Pictures of a video of ours: two generated faces that sway a little. Half-way the left one is replaced by another of another expression,
 * in the same place.
 */
export async function faceFrames(count: number): Promise<GreyFrame[]> {
  const { images } = facesForPhotos();
  const labels = facesForPhotos().labels;
  const row = (label: number, nth = 0) => [...labels.keys()].filter((i) => labels[i] === label)[nth] as number;
  const [calm, glad, other] = await Promise.all([row(0), row(1), row(1, 1)].map(enlarged));
  return Array.from({ length: count }, (_, i) => {
    const data = new Uint8Array(width * height).fill(150);
    const sway = Math.round(8 * Math.sin((2 * Math.PI * i) / count));
    put(data, i < count / 2 ? (calm as Uint8Array) : (glad as Uint8Array), 70 + sway, 80);
    put(data, other as Uint8Array, 370 - sway, 80);
    return { width, height, data };
  });

  async function enlarged(of: number): Promise<Uint8Array> {
    const pixels = new Uint8Array(images.width * images.height);
    images.gather([of], pixels);
    const raw = { width: images.width, height: images.height, channels: 1 as const };
    const { data } = await sharp(Buffer.from(pixels), { raw })
      .resize(side, side, { kernel: "cubic" })
      .toColourspace("b-w")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return data;
  }
}

function put(data: Uint8Array, face: Uint8Array, left: number, top: number): void {
  for (let y = 0; y < side; y++) data.set(face.subarray(y * side, (y + 1) * side), (top + y) * width + left);
}
