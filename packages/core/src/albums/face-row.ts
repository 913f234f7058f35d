/** A face of an album, beside its embedding. */
export interface FaceRow {
  /** Row of its photo. */
  readonly photo: number;
  /** A coarse picture of head and shoulders as numbers, as many for every face: near for the same person in the same clothes. */
  readonly appearance?: ArrayLike<number>;
  /** How much of its picture it is, 0 to 1 (1): a face in a crowd stands for those of other photos the less. */
  readonly prominence?: number;
}
