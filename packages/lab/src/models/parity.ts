import { EngineError } from "@semblant/core";
import { type LabeledImages, selectImages } from "@semblant/datasets";
import type { Session } from "@semblant/faces";
import { embedCrops } from "@semblant/faces/internals";
import { embed, type LoadedRun, type WeightType } from "@semblant/training";
import { cropsOf } from "./crops.ts";

/** How far the file is from the network that was trained: the greatest difference of a coordinate over so many faces. */
export interface Parity {
  readonly faces: number;
  readonly difference: number;
  /** The greatest coordinate of these faces, for comparison. */
  readonly greatest: number;
  /** The mean cosine of the angle between a face's embedding by the file and by the network: 1 where all point the same way. */
  readonly cosine: number;
}

/** What a file computes with between its layers. */
export const computeTypes = ["float32", "int8"] as const;
export type ComputeType = (typeof computeTypes)[number];

/** How far a coordinate may lie from the trained network's, as a share of the greatest there is. */
export const tolerances: Readonly<Record<WeightType, number>> = { float32: 1e-5, float16: 2e-3, int8: 0.05 };

/**
 * The least mean cosine of a file that computes in int8. Its coordinates are not looked at one by one: numbers beyond the calibrated
 * range are cut off, so that those of an odd face may be far off.
 */
export const leastCosine = 0.995;

/** Faces that parity is measured on. */
const compared = 256;

/** The same faces through the network that was trained, in float32, and through the file. */
export async function measureParity(
  { network, loss }: LoadedRun,
  { images, mirror, session }: { readonly images: LabeledImages; readonly mirror: boolean; readonly session: Session },
): Promise<Parity> {
  const rows = Int32Array.from({ length: Math.min(compared, images.images.count) }, (_, i) => i);
  const some: LabeledImages = {
    images: selectImages(images.images, rows),
    labels: images.labels.subarray(0, rows.length),
    ids: images.ids.slice(0, rows.length),
    classes: images.classes,
  };
  const trained = embed(network, some, { precision: "float32", mirror, normalize: loss.normalized ?? false }).values;
  const found = await embedCrops(session, cropsOf(some), { size: images.images.width, channels: network.input.channels });
  return {
    faces: rows.length,
    difference: trained.reduce((most, x, i) => Math.max(most, Math.abs(x - (found[i] as number))), 0),
    greatest: trained.reduce((most, x) => Math.max(most, Math.abs(x)), 0),
    cosine: meanCosine(trained, found, network.dimensions),
  };
}

function meanCosine(a: Float32Array, b: Float32Array, dimensions: number): number {
  const rows = a.length / dimensions;
  const along = (x: Float32Array, y: Float32Array, row: number) =>
    x.subarray(row * dimensions, (row + 1) * dimensions).reduce((sum, value, k) => sum + value * (y[row * dimensions + k] as number), 0);
  const cosines = Array.from({ length: rows }, (_, row) => along(a, b, row) / Math.sqrt(along(a, a, row) * along(b, b, row)));
  return cosines.reduce((sum, cosine) => sum + cosine, 0) / rows;
}

/**
 * Nothing, where the file embeds as the network does.
 *
 * @throws EngineError where it does not, within what its kind of weights may be off, or where either gives what is no number
 *
 * @example
 * const parity = { faces: 256, difference: 0.04, greatest: 4, cosine: 0.999 };
 * refuseOther(parity, "int8");
 * refuseOther(parity, "float16"); // throws EngineError: export: expected
 */
export function refuseOther({ difference, greatest, faces, cosine }: Parity, weights: WeightType, compute: ComputeType = "float32"): void {
  if (compute === "int8") {
    if (cosine >= leastCosine) return; // false for NaN
    throw new EngineError(
      `export: expected the file to embed ${faces} faces as the network does, with a mean cosine of ${leastCosine}, but got ` +
        `${cosine.toPrecision(4)}.\n  Nothing was written. Try --compute float32.`,
    );
  }
  const allowed = tolerances[weights] * greatest;
  if (difference <= allowed) return; // false for NaN
  throw new EngineError(
    `export: expected the file to embed ${faces} faces as the network does, within ${allowed.toPrecision(2)}, but it is ` +
      `off by ${difference.toPrecision(2)}.\n` +
      `  Nothing was written.${weights === "float32" ? "" : " Try --weights float32."}`,
  );
}
