import { ShapeError } from "@semblant/core";
import { invalidOption } from "@semblant/core/internals";
import { operation } from "./operations.ts";
import type { Pair } from "./pair.ts";
import { checkRank, type Shape, shown } from "./shapes.ts";
import { Tensor } from "./tensor.ts";

const ops = {
  nearest: operation("aten::upsample_nearest2d"),
  bilinear: operation("aten::upsample_bilinear2d"),
  bicubic: operation("aten::upsample_bicubic2d"),
  affineGrid: operation("aten::affine_grid_generator"),
  gridSample: operation("aten::grid_sampler"),
};
const images = "(batch, channels, height, width)";
const modes = { bilinear: 0, nearest: 1, bicubic: 2 } as const;
const paddings = { zeros: 0, border: 1, reflection: 2 } as const;

/** How values between pixels are made. */
export type SampleMode = keyof typeof modes;

/**
 * Images of another size.
 *
 * @param options `alignCorners`: the corner pixels' centres stay in the corners, instead of the images' edges on each other
 * @example
 * interpolate(tensor([[[[0, 1]]]]), { size: [1, 3], mode: "bilinear", alignCorners: true }).data(); // Float32Array [0, 0.5, 1]
 */
export function interpolate(x: Tensor, options: { size: Pair; mode?: SampleMode; alignCorners?: boolean }): Tensor {
  const { size, mode = "nearest", alignCorners = false } = options;
  checkRank("interpolate", "x", images, x.shape);
  const output = typeof size === "number" ? [size, size] : size;
  if (mode === "nearest") return new Tensor(ops.nearest(x.handle, output));
  if (mode !== "bilinear" && mode !== "bicubic") throw invalidOption("interpolate", "mode", '"nearest", "bilinear" or "bicubic"', mode);
  return new Tensor(ops[mode](x.handle, output, alignCorners));
}

/**
 * Where each pixel of an image of `shape` comes from under a map of the plane: theta (batch, 2, 3) → (batch, height, width, 2),
 * (x, y) from −1 to 1 across the image, for {@link gridSample}.
 */
export function affineGrid(theta: Tensor, shape: Shape, { alignCorners = false } = {}): Tensor {
  if (theta.shape.length !== 3 || theta.shape[1] !== 2 || theta.shape[2] !== 3 || theta.shape[0] !== shape[0])
    throw new ShapeError(`affineGrid: expected theta to be (${shape[0]}, 2, 3), but got ${shown(theta.shape)}.`);
  return new Tensor(ops.affineGrid(theta.handle, shape, alignCorners));
}

/**
 * Images read at the places of a grid: x (batch, channels, height, width), grid (batch, h, w, 2) → (batch, channels, h, w).
 *
 * @param options `padding`: what lies outside the image: zeros, its border, or its reflection
 */
export function gridSample(
  x: Tensor,
  grid: Tensor,
  options: { mode?: SampleMode; padding?: keyof typeof paddings; alignCorners?: boolean } = {},
): Tensor {
  const { mode = "bilinear", padding = "zeros", alignCorners = false } = options;
  checkRank("gridSample", "x", images, x.shape);
  checkRank("gridSample", "grid", "(batch, height, width, 2)", grid.shape);
  if (modes[mode] === undefined) throw invalidOption("gridSample", "mode", '"nearest", "bilinear" or "bicubic"', mode);
  if (paddings[padding] === undefined) throw invalidOption("gridSample", "padding", '"zeros", "border" or "reflection"', padding);
  return new Tensor(ops.gridSample(x.handle, grid.handle, modes[mode], paddings[padding], alignCorners));
}
