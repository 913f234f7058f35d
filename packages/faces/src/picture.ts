/** Pixels of a picture, upright: what a decoder hands in, in Node and in the browser alike. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** (height, width, 3): red, green, blue, 0 to 255. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** A place in a picture, in pixels from its upper left corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An upright rectangle, in pixels; `x`, `y` are its upper left corner and may lie outside of the picture. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
