/** What the packages of Semblant share among themselves. There is no promise about any of it: it may change with every version. */

// Embeddings: rows of numbers, with what is known of each

export { squaredDistance } from "./embeddings/distances.ts";

// Evaluation: all metrics at once, with intervals and paired tests

export { metricsOf, rangeOfMetric } from "./evaluation/metrics-of.ts";
export { type Outcomes, takeOutcomes } from "./evaluation/outcomes.ts";
export { mostProbable } from "./metrics/confidence.ts";

// Groups

export { clustersWithin, mostCompared } from "./clustering/clusters-within.ts";

// Kernels: which instructions and how many threads, for measurements

export { chooseKernels, type Instructions, kernels } from "./kernels/loaded.ts";

// Matrices

export { cholesky, inverseOfLower } from "./gaussians/cholesky.ts";

// Neighbours

export { firstNeighbors } from "./retrieval/first-neighbors.ts";

// Domain shift: faces unlike those that a model learned from

export { discountFaces } from "./shift/face-discount.ts";
export { fitShiftReference } from "./shift/fit-shift-reference.ts";
export { type MeasuredShift, measureShift, type ShiftModel } from "./shift/measure-shift.ts";
export { isShiftReference } from "./shift/shift-reference.ts";

// Albums: rows that sum up, near-duplicates, the best of several

export { hashDistance } from "./albums/near-duplicates.ts";

// Who is in a picture

export { isPersonFolder, type Who, whoInName } from "./people/who-in-name.ts";

// Kernels: the loops that carry most of the work, as WebAssembly

export { type PictureKernels, pictureKernels } from "./kernels/picture-kernels.ts";

// Pictures, by their bytes and names

export { type BitmapImage, decodeBmp } from "./pictures/bmp.ts";
export { cameraTime } from "./pictures/camera-time.ts";
export { type CutJpeg, cutJpegRemark, type JpegUnpacker, remarkOnCut } from "./pictures/cut-jpeg.ts";
export { type FileFormat, fileFormat, type PictureFormat } from "./pictures/file-format.ts";
export { type FullPicture, fullPicture } from "./pictures/full-picture.ts";
export { jpegNotRead } from "./pictures/jpeg-frame.ts";
export { endingOf, isPictureName, pictureEndings, picturesInWords } from "./pictures/picture-endings.ts";
export { type PictureHead, tooMuchToHold } from "./pictures/picture-memory.ts";
export { mostExtraBytes, packedExtras } from "./pictures/png-chunks.ts";

// Errors, randomness, expressions

export { csvField } from "./csv-field.ts";
export { duration } from "./duration.ts";
export { invalidOption, nearest, refuseUnknown, show } from "./errors.ts";
export { classesWithout, expressionNamed } from "./expressions.ts";
export { inFileWords, isFileFailure } from "./file-errors.ts";
export { guardFormula, withoutGuard } from "./formula-guard.ts";
export { makeFolders } from "./make-folders.ts";
export { numberIn, wholeIn } from "./numbers-in-text.ts";
export { above0, wholeAbove0 } from "./option-ranges.ts";
export { printable } from "./printable.ts";
export { hearingRemarks, remark } from "./remarks.ts";
export { InvertedLists, makeLists } from "./search/inverted-lists.ts";
export { QuantizedRows, widthOf } from "./search/quantized-rows.ts";
export { codeMemory } from "./search/wasm-codes.ts";
export { formatTable } from "./text-table.ts";
export * as rules from "./value-rules.ts";
