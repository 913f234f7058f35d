import { affineGrid, gridSample, type Tensor, tensor } from "@semblant/torch";

/**
 * Where an output image looks into its input, row by row: [a, b, tx, c, d, ty] sends the point (x, y) of the output to
 * (ax + by + tx, cx + dy + ty) of the input, both running from −1 (left, top) to 1 (right, bottom edge).
 */
export type Affine = readonly [a: number, b: number, tx: number, c: number, d: number, ty: number];

export const identity: Affine = [1, 0, 0, 0, 1, 0];

/** First `inner`, then `outer`. */
export function compose(outer: Affine, inner: Affine): Affine {
  const [a, b, tx, c, d, ty] = outer;
  const [e, f, ux, g, h, uy] = inner;
  return [a * e + b * g, a * f + b * h, a * ux + b * uy + tx, c * e + d * g, c * f + d * h, c * ux + d * uy + ty];
}

/** Looks at a centred part of the given size: 0.5 is its middle half, magnified twice. */
export const scaling = (x: number, y = x): Affine => [x, 0, 0, 0, y, 0];

/** Looks (x, y) further right and down; 2 is a whole image. */
export const translation = (x: number, y: number): Affine => [1, 0, x, 0, 1, y];

/** Looks at the image turned by an angle in radians. */
export const rotation = (angle: number): Affine => [Math.cos(angle), -Math.sin(angle), 0, Math.sin(angle), Math.cos(angle), 0];

/** Looks at the image from behind: left is right. */
export const mirror: Affine = [-1, 0, 0, 0, 1, 0];

/**
 * The map that sends the corners (−1, −1), (1, −1) and (−1, 1) each a little off: by (dx, dy) of the three given.
 */
export function cornerShift([dx0, dy0]: Offset, [dx1, dy1]: Offset, [dx2, dy2]: Offset): Affine {
  const [a, c] = [1 + (dx1 - dx0) / 2, (dy1 - dy0) / 2];
  const [b, d] = [(dx2 - dx0) / 2, 1 + (dy2 - dy0) / 2];
  return [a, b, dx0 - 1 + a + b, c, d, dy0 - 1 + c + d];
}
export type Offset = readonly [dx: number, dy: number];

/**
 * Each image seen through its own map, bilinearly, as images of `size`; what lies outside repeats the border.
 *
 * @param images (batch, channels, height, width), floating
 * @param maps one a row
 */
export function warp(images: Tensor, maps: readonly Affine[], size: number): Tensor {
  return warpBy(images, tensor(mapNumbers(maps), { device: images.device }), size);
}

/** The numbers of maps one after the other, as {@link warpBy} takes them. */
export const mapNumbers = (maps: readonly Affine[]): Float32Array => Float32Array.from(maps.flat());

/** {@link warp} by maps whose numbers lie where the images do. */
export function warpBy(images: Tensor, numbers: Tensor, size: number): Tensor {
  const [rows, channels] = images.shape as [number, number];
  const grid = affineGrid(numbers.reshape([rows, 2, 3]), [rows, channels, size, size], { alignCorners: false });
  return gridSample(images, grid, { mode: "bilinear", padding: "border", alignCorners: false });
}
