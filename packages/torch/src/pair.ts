/** A number for both, or (height, width). */
export type Pair = number | readonly [number, number];
