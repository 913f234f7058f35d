import { pixelChecksums } from "../images/pixel-checksums.ts";
import type { Dataset } from "./dataset.ts";

/** Test images that are pixel-identical to a training image. */
export interface Twins {
  /** Rows of test that equal any training image of the source, kept or dropped, in ascending order (FER+: 244 of 3,137). */
  readonly rows: Int32Array;
  /** Those of them that equal an image which is trained on (FER+ majority: 232). */
  readonly trained: Int32Array;
  /** All other rows of test: what to evaluate for a number without them. */
  readonly others: Int32Array;
}

/** The parts of a {@link Dataset} that are compared. */
export interface TwinSource extends Pick<Dataset, "unusedTrain"> {
  readonly train: Pick<Dataset["train"], "images">;
  readonly test: Pick<Dataset["test"], "images">;
}

/**
 * Finds the test images that also stand in the training split, by their pixels' checksums.
 *
 * @example
 * const pixels = { width: 1, height: 1, channels: 1 };
 * const split = (...grey) => ({ images: new MemoryImages(Uint8Array.from(grey), pixels) });
 * const { rows, others } = findTwins({ train: split(10, 20), test: split(20, 30) });
 * rows; // Int32Array [0]
 * others; // Int32Array [1]
 */
export function findTwins({ train, test, unusedTrain }: TwinSource): Twins {
  const trained = new Set(pixelChecksums(train.images));
  const unused = new Set(unusedTrain ? pixelChecksums(unusedTrain) : []);
  const sums = pixelChecksums(test.images);
  const where = (wanted: (sum: string) => boolean): Int32Array => Int32Array.from(sums.flatMap((sum, row) => (wanted(sum) ? [row] : [])));
  return {
    rows: where((sum) => trained.has(sum) || unused.has(sum)),
    trained: where((sum) => trained.has(sum)),
    others: where((sum) => !trained.has(sum) && !unused.has(sum)),
  };
}
