import { DataError } from "@semblant/core";
import type { LabeledImages } from "@semblant/datasets";
import { openExpressionModel } from "@semblant/faces";
import { nodeRuntime, readModel } from "@semblant/photos/internals";
import { cropsOf } from "./crops.ts";

/**
 * What an exported model says of faces, by its Gaussians: (faces, classes).
 *
 * @throws DataError if it knows other classes, or takes faces of another size
 */
export async function modelAnswers(
  name: string,
  faces: LabeledImages,
  { threads }: { readonly threads?: number | undefined } = {},
): Promise<ArrayLike<number>> {
  const model = await openExpressionModel(await readModel(name), await nodeRuntime(threads === undefined ? {} : { threads }));
  try {
    const { classes, size, gaussians, card } = model;
    const { width, height, channels } = faces.images;
    if (classes.join() !== faces.classes.join()) {
      throw new DataError(`model ${name}: expected one of the classes ${faces.classes.join(", ")}, but it knows ${classes.join(", ")}.`);
    }
    if (width !== size || height !== size || channels !== card.input.channels) {
      throw new DataError(
        `model ${name}: expected faces of ${size} × ${size} pixels and ${card.input.channels} channels, but got ` +
          `${width} × ${height} and ${channels}.\n` +
          `  Read them so: data.size=${size} data.channels=${card.input.channels}.`,
      );
    }
    return gaussians.posterior(await model.embed(cropsOf(faces)));
  } finally {
    await model.close();
  }
}
