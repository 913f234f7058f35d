import { Embeddings } from "@semblant/core";
import { applyAdaptation, type DetectOptions, type FaceReader, openFaceReader } from "@semblant/faces";
import { isFaceAlready } from "@semblant/faces/internals";
import { expose } from "comlink";
import type { FacesModel, FacesOptions, ReadPicture } from "./faces-shapes.ts";
import { ownFile } from "./own-file.ts";
import { hashOf, pixelsOf } from "./pixels.ts";
import { openRuntime } from "./runtime.ts";

const files = { best: "expression", small: "expression-small" } as const;

let reader: FaceReader | undefined;
/** Pictures are read one after the other: a network runs one at a time. */
let last: Promise<unknown> = Promise.resolve();

const worker = {
  async open({ base, model = "best", adapted, smallest, ...where }: FacesOptions & { readonly base: string }): Promise<FacesModel> {
    const { runtime, ...ran } = await openRuntime(base, where);
    const network = (name: string) => ownFile(`models/${name}.onnx`, base);
    const [detector, keypoints, mesh, expression] = await Promise.all(
      ["face-detector", "face-keypoints", "face-mesh", files[model]].map(network) as [Bytes, Bytes, Bytes, Bytes],
    );
    const named = adapted === undefined ? expression : applyAdaptation(expression, adapted);
    reader = await openFaceReader({ runtime, detector, keypoints, mesh, model: named, ...(smallest !== undefined && { smallest }) });
    const { card, classes, dimensions } = reader.model;
    return { card, classes, dimensions, ...ran };
  },

  read(picture: Blob | ImageBitmap, options: DetectOptions): Promise<ReadPicture> {
    const read = last.then(() => readPicture(reader as FaceReader, picture, options));
    last = read.catch(() => undefined);
    return read;
  },
};

type Bytes = Promise<Uint8Array>;
export type FacesWorker = typeof worker;

async function readPicture(from: FaceReader, picture: Blob | ImageBitmap, options: DetectOptions): Promise<ReadPicture> {
  const hash = picture instanceof Blob ? await hashOf(picture) : undefined;
  const pixels = await pixelsOf(picture, options.smallest ?? from.smallest);
  const faces = isFaceAlready(pixels) ? [await from.readCrop(pixels)] : await from.read(pixels, options);
  const X = new Embeddings(Float32Array.from(faces.flatMap(({ embedding }) => [...embedding])), from.model.dimensions);
  const { width, height } = pixels;
  return { width, height, ...(hash !== undefined && { hash }), faces, answers: from.model.classify(X) };
}

expose(worker);
