import type { PictureKernels } from "@semblant/core/internals";
import type { Picture } from "../picture.ts";
import { placesOf } from "./places.ts";
import { tapsOf } from "./taps.ts";

/** Fields of a task, and which of them change from row to row. */
const fields = 10;
const [sourceField, downField] = [0, 3];
/** Bytes of the picture that are handed over at a time, so that memory has a bound. */
const band = 2 ** 20;

/** What `resizePicture` gives, by a kernel (packages/core/kernels/pictures/resize.ts). */
export function resizeByKernel(
  kernels: PictureKernels,
  picture: Picture,
  { width, height }: { readonly width: number; readonly height: number },
): Picture {
  const [across, down] = [tapsOf(picture.width, width), tapsOf(picture.height, height)];
  const length = 3 * picture.width;
  const rows = Math.min(picture.height, Math.max(down.each, Math.floor(band / length)));
  const lengths = [fields * 4, height * down.wide * 2, (length + 32) * 2, width * 4, width * across.wide * 2, width * 3 + 16];
  const places = placesOf([...lengths, rows * length + 16]);
  const [task, downAt, row, first, acrossAt, out, source] = places as [number, number, number, number, number, number, number];
  const memory = kernels.memory(places.at(-1) as number);
  new Int16Array(memory, downAt, down.weights.length).set(down.weights);
  new Int16Array(memory, acrossAt, across.weights.length).set(across.weights);
  const firsts = new Int32Array(memory, first, width);
  for (let x = 0; x < width; x++) firsts[x] = 3 * (across.first[x] as number);
  const given = new Int32Array(memory, task, fields);
  given.set([source, length, down.each, downAt, row, width, first, across.wide / 2, acrossAt, out]);
  const [handed, made] = [new Uint8Array(memory, source, rows * length), new Uint8Array(memory, out, 3 * width)];
  const data = new Uint8Array(width * height * 3);
  for (let y = 0, begin = 0, end = 0; y < height; y++) {
    const from = down.first[y] as number;
    if (from < begin || from + down.each > end) {
      begin = from;
      end = Math.min(picture.height, from + rows);
      handed.set(picture.data.subarray(begin * length, end * length));
    }
    given[sourceField] = source + (from - begin) * length;
    given[downField] = downAt + 2 * y * down.wide;
    kernels.resizeRow(task);
    data.set(made, 3 * width * y);
  }
  return { width, height, data };
}
