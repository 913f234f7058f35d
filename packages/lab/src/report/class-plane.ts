/** A projected embedding or an ellipse's point: where, and of which class (a row of the class list). */
export interface PlanePoint {
  readonly x: number;
  readonly y: number;
  readonly class: number;
}

/** The classes in the plane: embeddings, means with their names, and for each class its ellipses at 1 and 2 sigma. */
export interface ClassPlane {
  readonly points: readonly PlanePoint[];
  readonly means: readonly (PlanePoint & { readonly name: string })[];
  readonly ellipses: readonly (PlanePoint & { readonly sigma: number; readonly order: number })[];
}
