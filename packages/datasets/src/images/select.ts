import type { ImageStore } from "./image-store.ts";
import { checkGather } from "./memory-images.ts";

/**
 * The rows asked for as a store of their own: row k of it is row `rows[k]` of `images`. Nothing is copied.
 *
 * @throws ShapeError when a row is gathered that is not there
 *
 * @example
 * const images = new MemoryImages(Uint8Array.of(10, 20, 30), { width: 1, height: 1, channels: 1 });
 * selectImages(images, [2, 0]).count; // 2
 */
export function selectImages(images: ImageStore, rows: ArrayLike<number>): ImageStore {
  const kept = Int32Array.from(rows);
  const { width, height, channels } = images;
  const selected: ImageStore = {
    count: kept.length,
    width,
    height,
    channels,
    gather(wanted, into) {
      checkGather("selectImages", selected, wanted, into);
      images.gather(
        Int32Array.from(wanted, (row) => kept[row] as number),
        into,
      );
    },
  };
  return selected;
}
