import type { LabeledImages } from "@semblant/datasets";
import type { Runtime } from "@semblant/faces";
import { type ActivationRanges, calibrate, type EmbeddingNetwork } from "@semblant/training";
import { cropsOf } from "./crops.ts";
import { evenly } from "./evenly.ts";

/** Faces that ranges are taken from: more widen them little. */
export const calibrated = 1024;

/** Between which numbers a network's values lie on faces, evenly taken from all. */
export function calibrateOn(
  network: EmbeddingNetwork,
  images: LabeledImages,
  { runtime, mirror }: { readonly runtime: Runtime; readonly mirror: boolean },
): Promise<ActivationRanges> {
  const { count, width } = images.images;
  return calibrate(network, cropsOf(images, evenly(count, calibrated)), runtime, { mirror, faces: width });
}
